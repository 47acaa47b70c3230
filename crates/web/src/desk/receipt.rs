//! The receipt of a letter, printed at the counter for whoever handed it in.

use askama::Template;
use axum::response::Response;
use pishkhan_office::files::{self, File, Part};
use pishkhan_office::kinds::{self, Kind};
use pishkhan_office::ledger::{self, Event};
use pishkhan_office::letters::{self, Letter, Submission};
use pishkhan_office::units::{self, Unit};

use super::asked::Named;
use super::within;
use crate::counter::Paper;
use crate::counter::receipt::acknowledged_files;
use crate::layout::{Page, show as show_page};
use crate::links::{self, Link};
use crate::problem::Problem;
use crate::who::Reviewer;

#[derive(Template)]
#[template(path = "desk/receipt.html")]
struct DeskReceipt {
    page: Page,
    /// The letter's page.
    back: Link,
    letter: Letter,
    submission: Submission,
    unit: Option<Unit>,
    kind: Option<Kind>,
    /// Those that came with the letter.
    files: Vec<Paper>,
    /// Those that followed it.
    added_files: Vec<Added>,
    /// Who wrote it down.
    clerk: Option<String>,
    /// Whether the person confirmed it by a code; without one, they sign the paper.
    is_confirmed: bool,
    base_url: String,
}

/// A file that followed the letter, and when it came, so that it is still true on the paper tomorrow.
struct Added {
    paper: Paper,
    at: String,
}

pub async fn show(reviewer: Reviewer, Named(id): Named) -> Result<Response, Problem> {
    let mut tx = reviewer.read().await?;
    let letter = letters::find_for_desk(&mut tx, &reviewer.actor, &id).await?.ok_or(Problem::NotFound)?;
    let submission = letter.state.submission().cloned().ok_or(Problem::NotFound)?;
    let mut files = files::of_letter(&mut tx, &id).await?;
    files.retain(|file| file.part == Part::Letter);
    let unit = match letter.unit() {
        Some(unit) => units::find(&mut tx, unit).await?,
        None => None,
    };
    let kind = kinds::chosen(&mut tx, letter.content.kind.as_ref()).await?;
    let happenings = ledger::of_letter(&mut tx, &id).await?;
    let filing = happenings.iter().find_map(|happening| match happening.event {
        Event::LetterFiledForSender { confirmed } => Some((happening.name.clone(), confirmed)),
        _ => None,
    });
    let page = reviewer.page("filing");
    let (files, added_files) = files.split_at(acknowledged_files(&happenings).min(files.len()));
    let added = |file| Added { paper: Paper::of(&page, file), at: came(&page, file) };
    let receipt = DeskReceipt {
        files: Paper::all(&page, files),
        added_files: added_files.iter().map(added).collect(),
        clerk: filing.as_ref().map(|(name, _)| name.clone()),
        is_confirmed: filing.is_none_or(|(_, confirmed)| confirmed),
        base_url: reviewer.organisation.base_url.clone(),
        back: within::keeping(&page, &reviewer.actor, links::desk_letter(&id)),
        page,
        letter,
        submission,
        unit,
        kind,
    };
    Ok(show_page(&receipt))
}

fn came(page: &Page, file: &File) -> String {
    format!("{} {}", page.date(&file.stored_at), page.clock(&file.stored_at))
}
