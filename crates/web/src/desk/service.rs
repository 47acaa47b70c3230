//! The answer on paper, for a sender without a mobile: a clerk hands it over at the counter, and records that they did.

use askama::Template;
use axum::response::Response;
use pishkhan_office::files::{self, Part};
use pishkhan_office::filings::{self, HandError};
use pishkhan_office::letters::{self, Letter, Submission};
use pishkhan_office::{StoreError, answers, ledger, senders};

use super::asked::{self, Named};
use super::conflict;
use super::status::Number;
use super::within;
use crate::counter::Paper;
use crate::form::Posted;
use crate::layout::{Page, show as show_page};
use crate::links::{self, Link};
use crate::problem::Problem;
use crate::served::Given;
use crate::who::Reviewer;

#[derive(Template)]
#[template(path = "desk/service.html")]
struct ServicePage {
    page: Page,
    /// The letter's page.
    back: Link,
    /// Where it is recorded; None once it was.
    record: Option<Link>,
    letter: Letter,
    submission: Submission,
    number: Option<Number>,
    given: Given,
    files: Vec<Paper>,
    /// Until when they may object, if they still may.
    objection_until: Option<String>,
}

pub async fn show(reviewer: Reviewer, Named(id): Named) -> Result<Response, Problem> {
    let mut tx = reviewer.read().await?;
    let letter = letters::find_for_desk(&mut tx, &reviewer.actor, &id).await?.ok_or(Problem::NotFound)?;
    let sender = senders::find(&mut tx, &letter.sender).await?.ok_or(StoreError::Unreadable("sender"))?;
    let page = reviewer.page("filing");
    if !filings::could_hand_answer(&letter, &sender, page.now) {
        return Err(Problem::NotFound);
    }
    let submission = letter.state.submission().cloned().ok_or(Problem::NotFound)?;
    let issued = Given::all(&page, answers::of_letter(&mut tx, &id).await?);
    let given = issued.into_iter().rfind(|given| !given.is_former).ok_or(Problem::NotFound)?;
    let mut files = files::of_letter(&mut tx, &id).await?;
    files.retain(|file| file.part == Part::Answer);
    let happenings = ledger::of_letter(&mut tx, &id).await?;
    let kept = |link| within::keeping(&page, &reviewer.actor, link);
    Ok(show_page(&ServicePage {
        back: kept(links::desk_letter(&id)),
        record: letters::has_unopened_answer(&letter).then(|| kept(links::desk_service(&id))),
        number: letter.state.registration().map(|entry| Number::of(&page, &entry.number, entry.direction)),
        files: Paper::all(&page, &files),
        objection_until: letters::objection_window(&letter, &happenings, page.now)
            .ok()
            .map(|until| format!("{} {}", page.date(&until), page.clock(&until))),
        page,
        letter,
        submission,
        given,
    }))
}

pub async fn create(reviewer: Reviewer, Named(id): Named, Posted(fields): Posted) -> Result<Response, Problem> {
    let (page, seen) = (reviewer.page("filing"), asked::seen(&fields)?);
    let mut tx = reviewer.begin().await?;
    match filings::hand_answer(&mut tx, &reviewer.actor, &id, seen).await {
        Ok(()) => {}
        Err(HandError::NoAnswer) => return Err(Problem::NotFound),
        Err(HandError::Stale(_)) => {
            drop(tx);
            return conflict::page(&reviewer, reviewer.page("tray"), &reviewer.actor, &id, "").await;
        }
        Err(HandError::Store(error)) => return Err(error.into()),
    }
    tx.commit().await?;
    Ok(within::keeping(&page, &reviewer.actor, links::desk_service(&id)).see_other())
}
