//! The slip that is printed when a clerk has recorded what a sender said at the counter: the sender signs it.

use askama::Template;
use axum::response::Response;
use pishkhan_office::files::{self, Part};
use pishkhan_office::ledger::{self, Event, Happening, Who};
use pishkhan_office::letters::{self, Letter, Submission};

use super::asked::Named;
use super::status::Number;
use super::within;
use crate::counter::Paper;
use crate::layout::{Page, show as show_page};
use crate::links::{self, Link};
use crate::problem::Problem;
use crate::who::Reviewer;

#[derive(Template)]
#[template(path = "desk/slip.html")]
struct SlipPage {
    page: Page,
    /// The letter's page.
    back: Link,
    letter: Letter,
    submission: Submission,
    number: Option<Number>,
    said: Said,
    files: Vec<Paper>,
}

/// What was recorded.
struct Said {
    what: &'static str,
    /// In the sender's words; may be empty.
    text: String,
    date: String,
    clock: String,
    iso: String,
    /// Who recorded it.
    clerk: String,
}

pub async fn show(reviewer: Reviewer, Named(id): Named) -> Result<Response, Problem> {
    let mut tx = reviewer.read().await?;
    let letter = letters::find_for_desk(&mut tx, &reviewer.actor, &id).await?.ok_or(Problem::NotFound)?;
    let submission = letter.state.submission().cloned().ok_or(Problem::NotFound)?;
    let page = reviewer.page("filing");
    let happenings = ledger::of_letter(&mut tx, &id).await?;
    let (said, digests) = happenings.iter().rev().find_map(|it| said(&page, it)).ok_or(Problem::NotFound)?;
    let mut files = files::of_letter(&mut tx, &id).await?;
    files.retain(|file| file.part == Part::Thread && digests.contains(&file.sha256));
    let number = letter.state.registration().map(|entry| Number::of(&page, &entry.number, entry.direction));
    let back = within::keeping(&page, &reviewer.actor, links::desk_letter(&id));
    Ok(show_page(&SlipPage { files: Paper::all(&page, &files), page, back, letter, submission, number, said }))
}

/// What a clerk recorded for the sender, with the digests of the papers that came with it; nothing else is on a slip.
fn said<'a>(page: &Page, happening: &'a Happening) -> Option<(Said, &'a [String])> {
    let (what, text, digests) = match &happening.event {
        Event::LetterWithdrawn { reason, files_sha256 } => ("slip-withdrawal", reason, files_sha256),
        Event::LetterObjected { text, files_sha256, .. } => ("slip-objection", text, files_sha256),
        _ => return None,
    };
    let said = Said {
        what: page.t(what),
        text: text.clone(),
        date: page.date(&happening.at),
        clock: page.clock(&happening.at),
        iso: page.iso(&happening.at),
        clerk: happening.name.clone(),
    };
    matches!(happening.who, Who::Staff(_)).then_some((said, digests.as_slice()))
}
