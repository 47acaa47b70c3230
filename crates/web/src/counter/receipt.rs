//! The receipt: permanent, printable, and there before anybody reviews.

use askama::Template;
use axum::response::Response;
use pishkhan_office::files::{self, File, Part};
use pishkhan_office::ids::LetterId;
use pishkhan_office::letters::{self, Letter, Submission};
use pishkhan_office::units::{self, Unit};

use super::asked::Named;
use crate::layout::{self, Page};
use crate::problem::Problem;
use crate::who::Sender;

#[derive(Template)]
#[template(path = "counter/receipt.html")]
struct ReceiptPage {
    page: Page,
    letter: Letter,
    submission: Submission,
    unit: Option<Unit>,
    files: Vec<File>,
    mobile: String,
    base_url: String,
}

pub async fn show(sender: Sender, Named(letter): Named) -> Result<Response, Problem> {
    let id = LetterId::parse(&letter).ok_or(Problem::NotFound)?;
    let mut tx = sender.read().await?;
    let letter = letters::find_own(&mut tx, &sender.actor.id, &id).await?.ok_or(Problem::NotFound)?;
    let submission = letter.state.submission().cloned().ok_or(Problem::NotFound)?;
    let mut files = files::of_letter(&mut tx, &id).await?;
    files.retain(|file| file.part == Part::Letter);
    let unit = match letter.unit() {
        Some(unit) => units::find(&mut tx, unit).await?,
        None => None,
    };
    let mobile = sender.actor.mobile.grouped();
    let base_url = sender.organisation.base_url.clone();
    Ok(layout::show(&ReceiptPage { page: sender.page("letters"), letter, submission, unit, files, mobile, base_url }))
}
