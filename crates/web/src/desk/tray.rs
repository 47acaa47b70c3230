//! The tray: the letters that wait for this person, what is due first on top, through a sieve if they like.

use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use pishkhan_office::actor::Staff as Person;
use pishkhan_office::letters::Tray;
use pishkhan_office::search::{self, QUERY_CHARACTERS};
use pishkhan_office::units::{self, Unit};
use pishkhan_office::views::{self, SavedView};

use super::asked::Asked;
use super::next::{self, Done};
use super::row::{self, List, Together};
use super::selection::{self, done::Done as AllDone};
use super::sieve::{self, Sieved};
use super::trays::{self, View};
use crate::layout::{Fault, Page, show as show_page, show_as};
use crate::links;
use crate::problem::Problem;
use crate::who::Staff;

#[derive(Template)]
#[template(path = "desk/tray.html")]
struct TrayPage {
    page: Page,
    list: List,
    done: Option<Done>,
    kept: Vec<Kept>,
    sieve: Sieved,
    units: Vec<Unit>,
    faults: Vec<Fault>,
    /// How a view was to be called that isn't kept.
    view_name: String,
    /// What was done with several letters just now.
    all_done: Option<AllDone>,
    /// Whether this person finds letters.
    can_search: bool,
}

/// A view that the person has kept.
pub(super) struct Kept {
    pub view: View,
    pub id: String,
}

impl TrayPage {
    fn fault(&self, field: &str) -> Option<&str> {
        self.faults.iter().find(|fault| fault.field == field).map(|fault| fault.text.as_str())
    }
}

/// For those whose work is not with letters.
#[derive(Template)]
#[template(path = "desk/no_letters.html")]
pub struct NoLettersPage {
    pub page: Page,
}

pub async fn show(staff: Staff, asked: Asked) -> Result<Response, Problem> {
    page(&staff, &asked, Vec::new(), "").await
}

/// The tray, with what is wrong with a view that was to be kept under that name.
pub(super) async fn page(
    staff: &Staff,
    asked: &Asked,
    mut faults: Vec<Fault>,
    view_name: &str,
) -> Result<Response, Problem> {
    let mut page = staff.page("tray");
    let Some(tray) = tray_for(&staff.actor, &asked.show) else { return Ok(show_page(&NoLettersPage { page })) };
    let sieve = sieve::read(&page, tray, asked);
    if !faults.is_empty() {
        // A view that isn't kept stands at an address that has no page of its own.
        page.here = links::desk_query(&sieve.query).to_string();
    }
    faults.extend(sieve.faults.iter().cloned());
    let mut tx = staff.read().await?;
    let list = row::list(&mut tx, &page, &staff.actor, &sieve.wanted, None).await?;
    let done = next::done(&mut tx, &page, &staff.actor, &staff.app.rules, &asked.done, None).await?;
    let kept = all_kept(&mut tx, &page, &staff.actor, &sieve).await?;
    let units = units::list(&mut tx).await?;
    let all = selection::done::told(&asked.all);
    let all_done = AllDone::of(&mut tx, &page, &staff.actor, &staff.app.rules, &sieve.wanted, &all).await?;
    let can_search = search::may_search(&tx, &staff.actor);
    let status = if faults.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let view_name = view_name.to_owned();
    Ok(show_as(status, &TrayPage { page, list, done, kept, sieve, units, faults, view_name, all_done, can_search }))
}

/// The views that this person has kept.
pub(super) async fn all_kept(
    tx: &mut pishkhan_office::Tx,
    page: &Page,
    staff: &Person,
    here: &Sieved,
) -> Result<Vec<Kept>, Problem> {
    let mut kept = Vec::new();
    for saved in views::list(tx, staff).await? {
        kept.push(self::kept(tx, page, staff, here, saved).await?);
    }
    Ok(kept)
}

async fn kept(
    tx: &mut pishkhan_office::Tx,
    page: &Page,
    staff: &Person,
    here: &Sieved,
    saved: SavedView,
) -> Result<Kept, Problem> {
    let asked = sieve::of_query(&saved.query);
    // A post may have ended since it was kept: the view is then empty, and can be removed.
    let count = match tray_for(staff, &asked.show).filter(|tray| trays::name(*tray) == asked.show) {
        Some(tray) => {
            let sieve = sieve::read(page, tray, &asked).wanted.sieve;
            Some(pishkhan_office::letters::tray_count(tx, staff, tray, &sieve).await?)
        }
        None => Some(0),
    };
    let id = saved.id.to_string();
    let is_current = saved.query == here.query;
    let view = View { name: id.clone(), url: links::desk_query(&saved.query), is_current, label: saved.name, count };
    Ok(Kept { view, id })
}

/// The part that was asked for, if it is open to this person; else the first that is.
pub(super) fn tray_for(staff: &Person, asked: &str) -> Option<Tray> {
    let open = trays::of(staff);
    open.iter().copied().find(|tray| trays::name(*tray) == asked).or(open.first().copied())
}
