//! The receipt: permanent, printable, and there before anybody reviews.

use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use pishkhan_office::files::{self, Part};
use pishkhan_office::ids::LetterId;
use pishkhan_office::kinds::{self, Kind};
use pishkhan_office::ledger::{self, Event, Happening};
use pishkhan_office::letters::{self, Letter, Submission};
use pishkhan_office::units::{self, Unit};

use super::addition::Addition;
use super::asked::Named;
use super::paper::Paper;
use super::promise;
use crate::layout::{Fault, Page, show_as};
use crate::problem::Problem;
use crate::who::Sender;

#[derive(Template)]
#[template(path = "counter/receipt.html")]
struct ReceiptPage {
    page: Page,
    letter: Letter,
    submission: Submission,
    unit: Option<Unit>,
    kind: Option<Kind>,
    /// By when it is usually reviewed, in words.
    promise: Option<String>,
    /// Those that came with the letter.
    files: Vec<Paper>,
    /// Those that followed it.
    added_files: Vec<Paper>,
    addition: Option<Addition>,
    faults: Vec<Fault>,
    mobile: String,
    base_url: String,
}

pub async fn show(sender: Sender, Named(letter): Named) -> Result<Response, Problem> {
    let id = LetterId::parse(&letter).ok_or(Problem::NotFound)?;
    page(&sender, &id, StatusCode::OK, Vec::new()).await
}

/// The page, with what is wrong with files that were to be added.
pub(super) async fn page(
    sender: &Sender,
    id: &LetterId,
    status: StatusCode,
    faults: Vec<Fault>,
) -> Result<Response, Problem> {
    let mut tx = sender.read().await?;
    let letter = letters::find_own(&mut tx, &sender.actor.id, id).await?.ok_or(Problem::NotFound)?;
    let submission = letter.state.submission().cloned().ok_or(Problem::NotFound)?;
    let mut files = files::of_letter(&mut tx, id).await?;
    files.retain(|file| file.part == Part::Letter);
    // By what was acknowledged, and not by the time: a clock can go back, an event can't.
    let acknowledged = acknowledged_files(&ledger::of_letter(&mut tx, id).await?).min(files.len());
    let (files, added_files) = files.split_at(acknowledged);
    let unit = match letter.unit() {
        Some(unit) => units::find(&mut tx, unit).await?,
        None => None,
    };
    let kind = kinds::chosen(&mut tx, letter.content.kind.as_ref()).await?;
    let mobile = sender.actor.grouped_mobile();
    let base_url = sender.organisation.base_url.clone();
    let page = sender.page("letters");
    let (files, added_files) = (Paper::all(&page, files), Paper::all(&page, added_files));
    // It stands beside the step that comes next after the receipt.
    let is_registered = letter.state.registration().is_some();
    let promise = if is_registered { None } else { letters::promise(&mut tx, &letter).await? };
    let promise = promise.map(|promise| promise::words(&page, promise));
    let addition = Addition::of(sender, &letter, "receipt", faults.clone());
    let shown = ReceiptPage {
        page,
        letter,
        submission,
        unit,
        kind,
        promise,
        files,
        added_files,
        addition,
        faults,
        mobile,
        base_url,
    };
    Ok(show_as(status, &shown))
}

/// How many files came with the letter: of those that it has, the first so many. The others followed it.
pub(crate) fn acknowledged_files(happenings: &[Happening]) -> usize {
    let count = |happening: &Happening| match &happening.event {
        Event::LetterSubmitted { files_sha256, .. } => Some(files_sha256.len()),
        _ => None,
    };
    happenings.iter().find_map(count).unwrap_or(0)
}
