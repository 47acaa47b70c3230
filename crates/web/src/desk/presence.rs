//! Who else has a letter open: marking, telling, and leaving.

use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use pishkhan_office::actor;
use pishkhan_office::ids::LetterId;
use pishkhan_office::presence::{self, Looker};
use pishkhan_office::{Moment, Tx};

use super::asked::Named;
use crate::form::Posted;
use crate::layout::Page;
use crate::problem::Problem;
use crate::visit::Visit;
use crate::who::Staff;

/// Takes the mark away that was set when the page was opened; its script says so when the page goes.
pub async fn leave(staff: Staff, Named(id): Named, Posted(fields): Posted) -> Result<Response, Problem> {
    // What is no moment is none at which a page was opened.
    let opened = fields.get("opened").parse().map_or(Moment(0), Moment);
    let mut tx = staff.begin().await?;
    if !presence::leave(&mut tx, &staff.actor, &id, opened).await? {
        return Err(Problem::NotFound);
    }
    tx.commit().await?;
    Ok(StatusCode::NO_CONTENT.into_response())
}

/// Marks the letter as open before this person. That the others are told is a courtesy, for which no page fails.
pub(super) async fn open(visit: &Visit, staff: &actor::Staff, letter: &LetterId) {
    if mark(visit, staff, letter).await.is_err() {
        tracing::debug!("a letter could not be marked as open");
    }
}

/// When the mark was set that says that this person has the letter open; a new one when there is none.
pub(super) async fn still_there(visit: &Visit, staff: &actor::Staff, letter: &LetterId) -> Result<Moment, Problem> {
    let opened = presence::opened_at(&mut visit.read().await?, staff, letter).await?;
    match opened {
        Some(opened) => Ok(opened),
        None => mark(visit, staff, letter).await,
    }
}

async fn mark(visit: &Visit, staff: &actor::Staff, letter: &LetterId) -> Result<Moment, Problem> {
    let mut tx = visit.begin().await?;
    let now = tx.now();
    presence::open(&mut tx, staff, letter).await?;
    tx.commit().await?;
    Ok(now)
}

/// Who else has the letter open, in one sentence or none, and until when that is true as far as it is known now.
pub(super) async fn told(
    tx: &mut Tx,
    page: &Page,
    staff: &actor::Staff,
    letter: &LetterId,
) -> Result<(String, Option<Moment>), Problem> {
    let lookers = presence::lookers(tx, staff, letter).await?;
    let until = lookers.iter().map(|looker| looker.until).min();
    Ok((sentence(page, &lookers), until))
}

fn sentence(page: &Page, lookers: &[Looker]) -> String {
    let Some(first) = lookers.first() else { return String::new() };
    match lookers.len() as u64 - 1 {
        0 => page.words.a("live-looking", "name", &first.name),
        more => page.words.fill("live-looking-more", &[("name", &first.name), ("count", &page.number(more))]),
    }
}
