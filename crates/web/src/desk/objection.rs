//! A sender without a mobile objects at the counter to what was decided: a clerk records it, with the paper that was signed.

use askama::Template;
use axum::response::Response;
use pishkhan_office::ids::LetterId;
use pishkhan_office::letters::{self, NoObjection, OBJECTION_CHARACTERS, ObjectError};
use pishkhan_office::{filings, ledger};

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
#[template(path = "desk/objection.html")]
struct ObjectionPage {
    page: Page,
    panes: Panes,
    until: String,
    spoken: Spoken,
}

pub async fn show(reviewer: Reviewer, Named(id): Named) -> Result<Response, Problem> {
    dialog(&reviewer, &id, &Upload::default(), Vec::new()).await
}

pub async fn create(reviewer: Reviewer, Named(id): Named, upload: Upload) -> Result<Response, Problem> {
    let page = reviewer.page("tray");
    let rules = &reviewer.app.rules;
    let faults = lost_file_faults(&page, rules.letters.files, &upload);
    if !faults.is_empty() {
        return dialog(&reviewer, &id, &upload, faults).await;
    }
    let (seen, said) = (asked::seen(&upload.fields)?, spoken::said(&upload));
    let mut tx = reviewer.begin().await?;
    let fault = match filings::object(&mut tx, rules, &reviewer.actor, &id, seen, &said).await {
        Ok(_) => {
            tx.commit().await?;
            return Ok(within::keeping(&page, &reviewer.actor, links::desk_slip(&id)).see_other());
        }
        Err(ObjectError::NoLetter) => return Err(Problem::NotFound),
        Err(ObjectError::Stale(_)) => {
            drop(tx);
            let unrecorded = spoken::unrecorded(&page, &upload);
            return conflict::page(&reviewer, page, &reviewer.actor, &id, unrecorded).await;
        }
        Err(ObjectError::Closed(_) | ObjectError::WrongState(_)) => {
            drop(tx);
            return dialog(&reviewer, &id, &upload, Vec::new()).await;
        }
        Err(ObjectError::Nothing) => page.t("objection-nothing").to_owned(),
        Err(ObjectError::Long) => page.words.a("said-long", "most", page.number(OBJECTION_CHARACTERS as u64)),
        Err(ObjectError::Store(error)) => return Err(error.into()),
    };
    drop(tx);
    let faults = spoken::faults(&page, &upload, fault);
    dialog(&reviewer, &id, &upload, faults).await
}

/// The dialog; where nobody may object (any more), the letter's page with the reason and what was typed.
async fn dialog(reviewer: &Reviewer, id: &LetterId, typed: &Upload, faults: Vec<Fault>) -> Result<Response, Problem> {
    let page = reviewer.page("tray");
    let mut tx = reviewer.read().await?;
    let panes = Panes::find(&mut tx, &page, &reviewer.actor, id).await?;
    if !filings::could_be_said(&panes.letter, &panes.sender, page.now) {
        return Err(Problem::NotFound);
    }
    let happenings = ledger::of_letter(&mut tx, id).await?;
    drop(tx);
    let until = match letters::objection_window(&panes.letter, &happenings, page.now) {
        Ok(until) => page.when(&until),
        Err(why) => {
            let (why, unrecorded) = (page.t(word_of(why)).to_owned(), spoken::unrecorded(&page, typed));
            return conflict::saying(reviewer, page, &reviewer.actor, id, why, unrecorded).await;
        }
    };
    let status = spoken::status(typed, &faults);
    let spoken = Spoken::of(&page, &reviewer.app.rules, typed, faults);
    let panes = Panes { is_covered: true, ..panes.having_seen(asked::seen(&typed.fields).ok()) };
    Ok(show_as(status, &ObjectionPage { page, panes, until, spoken }))
}

fn word_of(why: NoObjection) -> &'static str {
    match why {
        NoObjection::NotDecided => "objection-not-decided",
        NoObjection::Pending => "spoken-objection-pending",
        NoObjection::Second => "spoken-objection-second",
        NoObjection::TooLate => "objection-too-late",
    }
}
