//! The page of a letter at the desk.

use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use pishkhan_office::actor::Role;
use pishkhan_office::letters;
use pishkhan_office::{messages, referrals};

use super::asked::{Asked, Named};
use super::conflict::Conflict;
use super::next::{self, Done};
use super::panes::Panes;
use super::presence;
use crate::layout::{Page, show as show_page, show_as};
use crate::problem::Problem;
use crate::who::Staff;

#[derive(Template)]
#[template(path = "desk/letter.html")]
struct LetterPage {
    page: Page,
    panes: Panes,
    done: Option<Done>,
    conflict: Option<Conflict>,
}

pub async fn show(staff: Staff, Named(id): Named, asked: Asked) -> Result<Response, Problem> {
    let page = staff.page("tray");
    let mut tx = staff.read().await?;
    let panes = Panes::find(&mut tx, &page, &staff.actor, &id).await?;
    // Who decided it a moment ago, alone or among others, finds the way back here.
    let can_undo = letters::undo_until(&mut tx, &panes.letter, &staff.actor, &staff.app.rules).await?;
    let can_undo = asked.done.is_empty() && can_undo.is_some_and(|until| page.now < until);
    let told = if can_undo { id.as_str() } else { &asked.done };
    let done = next::done(&mut tx, &page, &staff.actor, &staff.app.rules, told, Some(&id)).await?;
    let back = letters::find_back(&mut tx, &staff.actor, &panes.letter).await?;
    drop(tx);
    // Of a unit in which nobody works the reviewers read what comes; the office knows which those are.
    let is_news = panes.is_news_to(&staff.actor) || (panes.thread.is_new && staff.actor.has(Role::Reviewer));
    if is_news || back.is_some() {
        let mut tx = staff.begin().await?;
        if let Some(back) = &back {
            letters::see_back(&mut tx, &id, back).await?;
        }
        messages::mark_seen(&mut tx, &staff.actor, &id).await?;
        referrals::mark_read(&mut tx, &staff.actor, &id).await?;
        tx.commit().await?;
    }
    presence::open(&staff, &staff.actor, &id).await;
    Ok(show_page(&LetterPage { page, panes, done, conflict: None }))
}

/// The page of a letter that was found.
pub(super) fn shown(page: Page, panes: Panes) -> Response {
    show_page(&LetterPage { page, panes, done: None, conflict: None })
}

/// The page with something to mend in it.
pub(super) fn mended(page: Page, panes: Panes) -> Response {
    show_as(StatusCode::UNPROCESSABLE_ENTITY, &LetterPage { page, panes, done: None, conflict: None })
}

/// The fresh page for somebody who came too late.
pub(super) fn conflicting(page: Page, panes: Panes, conflict: Conflict) -> Response {
    let page = Page { here: panes.url.to_string(), ..page };
    let page = LetterPage { page, panes, done: None, conflict: Some(conflict) };
    show_as(StatusCode::CONFLICT, &page)
}
