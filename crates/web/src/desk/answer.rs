//! Answering: the officer who has the letter writes the unit's answer, with files or without.
//!
//! An answer has no draft yet: when the form has to be shown again, its text is there and its files must be chosen again, and
//! the page says so.

use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use pishkhan_office::dispatch;
use pishkhan_office::ids::LetterId;
use pishkhan_office::letters::{self, Act, AnswerError, AnswerText};
use pishkhan_office::words::Words;

use super::asked::{self, Named};
use super::conflict;
use super::panes::Panes;
use super::sms::{self, Sms};
use crate::arrivals;
use crate::form::{Brought, Upload};
use crate::layout::{Fault, Page, show_as};
use crate::links;
use crate::problem::Problem;
use crate::who::Officer;

#[derive(Template)]
#[template(path = "desk/answer.html")]
struct AnswerPage {
    page: Page,
    panes: Panes,
    text: String,
    limits: String,
    sms: Option<Sms>,
    faults: Vec<Fault>,
    text_fault: Option<String>,
    file_faults: Vec<String>,
}

pub async fn show(officer: Officer, Named(id): Named) -> Result<Response, Problem> {
    dialog(&officer, &id, "", Vec::new()).await
}

pub async fn create(officer: Officer, Named(id): Named, upload: Upload) -> Result<Response, Problem> {
    answer(&officer, &id, &upload).await
}

async fn answer(officer: &Officer, id: &LetterId, upload: &Upload) -> Result<Response, Problem> {
    let text = upload.fields.get("text");
    let page = officer.page("tray");
    let mut faults = file_faults(&page, officer.app.rules.letters.files, upload);
    if !faults.is_empty() {
        let mut response = dialog(officer, id, text, faults).await?;
        if upload.has_fault_of_ours() {
            *response.status_mut() = StatusCode::SERVICE_UNAVAILABLE;
        }
        return Ok(response);
    }
    let seen = asked::seen(&upload.fields)?;
    let written = AnswerText { text: text.to_owned(), arrivals: upload.arrivals() };
    let mut tx = officer.begin().await?;
    let fault = match letters::answer(&mut tx, &officer.app.rules, &officer.actor, id, seen, &written).await {
        Ok(_) => {
            tx.commit().await?;
            return Ok(links::desk_letter(id).telling(id).see_other());
        }
        Err(AnswerError::NotOnDesk) => return Err(Problem::NotFound),
        Err(AnswerError::Stale(_) | AnswerError::NotInHand(_) | AnswerError::NotYours) => {
            drop(tx);
            return conflict::page(officer, page, &officer.actor, id, text).await;
        }
        Err(AnswerError::Nothing) => page.t("desk-answer-nothing").to_owned(),
        Err(AnswerError::Long(most)) => page.words.a("desk-answer-long", "most", page.number(most as u64)),
        Err(AnswerError::Store(error)) => return Err(error.into()),
    };
    drop(tx);
    faults.push(Fault { field: "text", text: fault });
    if !upload.files.is_empty() {
        faults.push(Fault { field: "files", text: page.t("desk-files-again").to_owned() });
    }
    dialog(officer, id, text, faults).await
}

async fn dialog(officer: &Officer, id: &LetterId, text: &str, faults: Vec<Fault>) -> Result<Response, Problem> {
    let page = officer.page("tray");
    let mut tx = officer.read().await?;
    let Some(panes) = Panes::behind(&mut tx, &page, &officer.actor, id, Act::Answer).await? else {
        drop(tx);
        return conflict::page(officer, page, &officer.actor, id, text).await;
    };
    let rules = &officer.app.rules.letters;
    let language = panes.sender_language();
    let sms = panes.letter.state.registration().map(|registration| {
        let text = dispatch::answered(Words::of(language), &registration.number, officer.organisation.host());
        sms::preview(&page, language, &text)
    });
    let (most, size) = (page.number(u64::from(rules.files)), page.size(rules.file_bytes));
    let of_field =
        |field: &'static str| faults.iter().filter(move |fault| fault.field == field).map(|fault| fault.text.clone());
    let dialog = AnswerPage {
        limits: page.words.fill("desk-files-hint", &[("most", &most), ("size", &size)]),
        text_fault: of_field("text").next(),
        file_faults: of_field("files").collect(),
        text: text.to_owned(),
        panes,
        sms,
        page,
        faults,
    };
    let status = if dialog.faults.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    Ok(show_as(status, &dialog))
}

/// A sentence for every file that did not come as it should, and one that says what to do.
pub(super) fn file_faults(page: &Page, most: u32, upload: &Upload) -> Vec<Fault> {
    let mut texts: Vec<String> = upload.files.iter().filter_map(|file| file_fault(page, file)).collect();
    if upload.has_too_many {
        texts.push(page.words.n("desk-files-many", most));
    }
    if upload.is_cut_off && texts.is_empty() {
        texts.push(page.t("desk-form-cut").to_owned());
    }
    if !texts.is_empty() {
        texts.push(page.t("desk-files-again").to_owned());
    }
    texts.into_iter().map(|text| Fault { field: "files", text }).collect()
}

fn file_fault(page: &Page, file: &Brought) -> Option<String> {
    file.outcome.as_ref().err().map(|error| arrivals::fault(page, &file.name, error))
}
