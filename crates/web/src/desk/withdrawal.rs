//! A sender without a mobile takes a letter back at the counter: a clerk records it, with the paper that was signed.

use askama::Template;
use axum::response::Response;
use pishkhan_office::filings;
use pishkhan_office::ids::LetterId;
use pishkhan_office::letters::{self, WITHDRAWAL_CHARACTERS, WithdrawError};

use super::answer_faults::lost_file_faults;
use super::asked::{self, Named};
use super::conflict;
use super::panes::Panes;
use super::spoken::{self, Spoken};
use super::within;
use crate::form::Upload;
use crate::layout::{Fault, Page, show_as};
use crate::links;
use crate::problem::Problem;
use crate::who::Reviewer;

#[derive(Template)]
#[template(path = "desk/withdrawal.html")]
struct WithdrawalPage {
    page: Page,
    panes: Panes,
    spoken: Spoken,
}

pub async fn show(reviewer: Reviewer, Named(id): Named) -> Result<Response, Problem> {
    dialog(&reviewer, &id, &Upload::default(), Vec::new()).await
}

pub async fn create(reviewer: Reviewer, Named(id): Named, upload: Upload) -> Result<Response, Problem> {
    let page = reviewer.page("tray");
    let faults = lost_file_faults(&page, reviewer.app.rules.letters.files, &upload);
    if !faults.is_empty() {
        return dialog(&reviewer, &id, &upload, faults).await;
    }
    let (seen, said) = (asked::seen(&upload.fields)?, spoken::said(&upload));
    let mut tx = reviewer.begin().await?;
    match filings::withdraw(&mut tx, &reviewer.actor, &id, seen, &said).await {
        Ok(_) => {
            tx.commit().await?;
            return Ok(within::keeping(&page, &reviewer.actor, links::desk_slip(&id)).see_other());
        }
        Err(WithdrawError::NoLetter) => return Err(Problem::NotFound),
        Err(WithdrawError::Stale(_) | WithdrawError::NotOpen(_)) => {
            drop(tx);
            let unrecorded = spoken::unrecorded(&page, &upload);
            return conflict::page(&reviewer, page, &reviewer.actor, &id, unrecorded).await;
        }
        Err(WithdrawError::Long) => {}
        Err(WithdrawError::Store(error)) => return Err(error.into()),
    }
    drop(tx);
    let long = page.words.a("withdrawal-long", "most", page.number(WITHDRAWAL_CHARACTERS as u64));
    let faults = spoken::faults(&page, &upload, long);
    dialog(&reviewer, &id, &upload, faults).await
}

async fn dialog(reviewer: &Reviewer, id: &LetterId, typed: &Upload, faults: Vec<Fault>) -> Result<Response, Problem> {
    let page = reviewer.page("tray");
    let panes = Panes::find(&mut reviewer.read().await?, &page, &reviewer.actor, id).await?;
    if !filings::could_be_said(&panes.letter, &panes.sender, page.now) {
        return Err(Problem::NotFound);
    }
    if !letters::can_withdraw(&panes.letter) {
        let (why, unrecorded) = (page.t("withdrawal-not-open").to_owned(), spoken::unrecorded(&page, typed));
        return conflict::saying(reviewer, page, &reviewer.actor, id, why, unrecorded).await;
    }
    let status = spoken::status(typed, &faults);
    let spoken = Spoken::of(&page, &reviewer.app.rules, typed, faults);
    let panes = Panes { is_covered: true, ..panes.having_seen(asked::seen(&typed.fields).ok()) };
    Ok(show_as(status, &WithdrawalPage { page, panes, spoken }))
}
