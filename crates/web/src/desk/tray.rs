//! The tray: the letters that wait for this person, oldest due first.

use askama::Template;
use axum::response::Response;
use pishkhan_office::actor::Staff as Person;
use pishkhan_office::letters::{Place, Tray};

use super::asked::Asked;
use super::next::{self, Done};
use super::row::{self, List};
use crate::layout::{Page, show as show_page};
use crate::problem::Problem;
use crate::who::Staff;

#[derive(Template)]
#[template(path = "desk/tray.html")]
struct TrayPage {
    page: Page,
    list: List,
    done: Option<Done>,
}

/// For those whose work is not with letters.
#[derive(Template)]
#[template(path = "desk/no_letters.html")]
pub struct NoLettersPage {
    pub page: Page,
}

pub async fn show(staff: Staff, asked: Asked) -> Result<Response, Problem> {
    let page = staff.page("tray");
    let Some(tray) = tray_for(&staff.actor, &asked.show) else { return Ok(show_page(&NoLettersPage { page })) };
    let after = Place::parse(&asked.after);
    let mut tx = staff.read().await?;
    let list = row::list(&mut tx, &page, &staff.actor, tray, after.as_ref(), None).await?;
    let done = next::done(&mut tx, &page, &staff.actor, &asked.done, None).await?;
    Ok(show_page(&TrayPage { page, list, done }))
}

/// The part that was asked for, if it is open to this person; else the first that is.
fn tray_for(staff: &Person, asked: &str) -> Option<Tray> {
    let open = row::trays(staff);
    open.iter().copied().find(|tray| row::tray_name(*tray) == asked).or(open.first().copied())
}
