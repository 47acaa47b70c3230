//! Asking the sender: what, until when, with files or without, and the SMS that tells of it.

use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use pishkhan_office::ids::LetterId;
use pishkhan_office::letters::{self, Act, AskError};
use pishkhan_office::messages::{MESSAGE_CHARACTERS, Unsaid, Written};
use pishkhan_office::persian::calendar;
use pishkhan_office::texts::TextKind;
use pishkhan_office::words::Words;
use pishkhan_office::{StoreError, dispatch};

use super::answer_faults::lost_file_faults;
use super::asked::{self, Named};
use super::conflict;
use super::onward::Onward;
use super::panes::Panes;
use super::ready::{self, Ready};
use super::sms::{self, Sms};
use super::unrecorded::Unrecorded;
use crate::form::Upload;
use crate::layout::{Fault, Page, show_as};
use crate::links;
use crate::problem::Problem;
use crate::who::Officer;

/// How many working days are offered; besides them the unit's own term.
const DAYS: [u32; 3] = [3, 7, 14];
/// The value of the unit's own term.
const USUAL: &str = "usual";

#[derive(Template)]
#[template(path = "desk/question.html")]
struct QuestionPage {
    page: Page,
    panes: Panes,
    text: String,
    ready: Vec<Ready>,
    terms: Vec<Choosable>,
    limits: String,
    sms: Sms,
    faults: Vec<Fault>,
    text_fault: Option<String>,
    file_faults: Vec<String>,
}

/// A time for the reply beside its button.
struct Choosable {
    value: String,
    text: String,
    is_chosen: bool,
    key: Option<char>,
}

pub async fn show(officer: Officer, Named(id): Named) -> Result<Response, Problem> {
    dialog(&officer, &id, &Upload::default(), Vec::new()).await
}

pub async fn create(officer: Officer, Named(id): Named, upload: Upload) -> Result<Response, Problem> {
    ask(&officer, &id, &upload).await
}

async fn ask(officer: &Officer, id: &LetterId, upload: &Upload) -> Result<Response, Problem> {
    let page = officer.page("tray");
    let mut faults = lost_file_faults(&page, officer.app.rules.letters.files, upload);
    if !faults.is_empty() {
        let mut response = dialog(officer, id, upload, faults).await?;
        if upload.has_fault_of_ours() {
            *response.status_mut() = StatusCode::SERVICE_UNAVAILABLE;
        }
        return Ok(response);
    }
    if !ready::chosen(&upload.fields).is_empty() {
        return dialog(officer, id, upload, files_again(&page, upload)).await;
    }
    let seen = asked::seen(&upload.fields)?;
    let days = match upload.fields.get("days") {
        "" | USUAL => None,
        days => Some(days.parse().map_err(|_| Problem::BadRequest)?),
    };
    let written = Written { text: upload.fields.get("text").to_owned(), arrivals: upload.arrivals() };
    let onward = Onward::of(&mut officer.read().await?, &page, &officer.actor, id).await?;
    let mut tx = officer.begin().await?;
    let asked = letters::ask(&mut tx, &officer.app.rules, &officer.actor, id, seen, &written, days).await;
    let fault = match asked {
        Ok(_) => {
            tx.commit().await?;
            return Ok(onward.go_on(&mut officer.read().await?, &officer.actor).await?.see_other());
        }
        Err(AskError::NotOnDesk) => return Err(Problem::NotFound),
        Err(AskError::BadDays) => return Err(Problem::BadRequest),
        Err(AskError::Stale(_) | AskError::NotInHand(_) | AskError::NotYours) => {
            drop(tx);
            let unrecorded = unrecorded(&page, upload);
            return conflict::page(officer, page, &officer.actor, id, unrecorded).await;
        }
        Err(AskError::NoWords | AskError::Unsaid(Unsaid::Nothing)) => page.t("work-question-nothing").to_owned(),
        Err(AskError::Unsaid(Unsaid::Long)) => {
            page.words.a("work-question-long", "most", page.number(MESSAGE_CHARACTERS as u64))
        }
        Err(AskError::Store(error)) => return Err(error.into()),
    };
    drop(tx);
    faults.push(Fault { field: "text", text: fault });
    faults.extend(files_again(&page, upload));
    dialog(officer, id, upload, faults).await
}

/// The whole form, for whoever came too late; the usual time is no choice.
fn unrecorded(page: &Page, typed: &Upload) -> Unrecorded {
    let days = typed.fields.get("days").parse::<u32>();
    let days = days.map(|days| page.words.a("desk-conflict-days", "days", page.number(u64::from(days))));
    Unrecorded::words(typed.fields.get("text"))
        .choosing(page.t("work-question-until"), days.unwrap_or_default())
        .with_files(page.t("work-question-files"), typed)
}

/// A page that comes back has no files in its form: whoever chose some chooses them again.
fn files_again(page: &Page, upload: &Upload) -> Vec<Fault> {
    let fault = || Fault { field: "files", text: page.t("desk-files-again").to_owned() };
    (!upload.files.is_empty()).then(fault).into_iter().collect()
}

async fn dialog(officer: &Officer, id: &LetterId, typed: &Upload, faults: Vec<Fault>) -> Result<Response, Problem> {
    let (text, chosen) = (typed.fields.get("text"), typed.fields.get("days"));
    let page = officer.page("tray");
    let mut tx = officer.read().await?;
    let Some(panes) = Panes::behind(&mut tx, &page, &officer.actor, id, Act::Ask).await? else {
        drop(tx);
        let unrecorded = unrecorded(&page, typed);
        return conflict::page(officer, page, &officer.actor, id, unrecorded).await;
    };
    let panes = panes.having_seen(asked::seen(&typed.fields).ok());
    let rules = &officer.app.rules;
    let ready = ready::texts(&mut tx, TextKind::Question, &panes.kept(links::desk_questions(id)).at("text"), 0).await?;
    let text = ready::put(&ready, ready::chosen(&typed.fields), text);
    let keys = ('1'..='9').skip(ready.len()).map(Some).chain(std::iter::repeat(None));
    let (mut terms, mut until) = (Vec::new(), page.now);
    for (days, key) in [None].into_iter().chain(DAYS.map(Some)).zip(keys) {
        let due = letters::reply_due(&mut tx, rules, &panes.letter, days).await?;
        let due = due.ok_or(StoreError::Unreadable("term"))?;
        let value = days.map_or_else(|| USUAL.to_owned(), |days| days.to_string());
        let is_chosen = value == chosen || (chosen.is_empty() && days.is_none());
        if is_chosen {
            until = due;
        }
        let day = page.day(&due);
        let text = match days {
            None => page.words.a("work-question-term", "day", day),
            Some(days) => {
                page.words.fill("work-question-days", &[("days", &page.number(u64::from(days))), ("day", &day)])
            }
        };
        terms.push(Choosable { value, text, is_chosen, key });
    }
    let language = panes.sender_language();
    let number = panes.letter.state.registration().map_or("", |registration| &registration.number);
    let date = calendar::in_tehran(until.0).date.slashed();
    let draft = dispatch::asked(Words::of(language), number, &date, officer.organisation.host());
    let sms = sms::preview(&mut tx, &page, &draft).await?;
    let (most, size) = (page.number(u64::from(rules.letters.files)), page.size(rules.letters.file_bytes));
    let of_field =
        |field: &'static str| faults.iter().filter(move |fault| fault.field == field).map(|fault| fault.text.clone());
    let dialog = QuestionPage {
        limits: page.words.fill("desk-files-hint", &[("most", &most), ("size", &size)]),
        text_fault: of_field("text").next(),
        file_faults: of_field("files").collect(),
        text,
        ready,
        sms,
        terms,
        panes,
        page,
        faults,
    };
    let status = if dialog.faults.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    Ok(show_as(status, &dialog))
}
