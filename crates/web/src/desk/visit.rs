//! What a sender without a mobile brings to the counter: for the items of a returned letter, as a reply to the unit's question, or of their
//! own accord.

use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use pishkhan_office::ids::LetterId;
use pishkhan_office::letters::{Brought, CompleteError, REPLY_CHARACTERS, ReplyError, State, missing_now};
use pishkhan_office::messages::{self, Kind, MESSAGE_CHARACTERS, SendError, Unsaid, Written};
use pishkhan_office::{completion, filings};

use super::asked::{self, Named};
use super::conflict;
use super::panes::Panes;
use super::spoken;
use super::unrecorded::Unrecorded;
use super::within;
use crate::counter::{brought, file_faults, typed_to_items};
use crate::form::{Fields, Upload};
use crate::layout::{Fault, Page, show_as};
use crate::links;
use crate::problem::Problem;
use crate::who::Reviewer;

#[derive(Template)]
#[template(path = "desk/visit.html")]
struct VisitPage {
    page: Page,
    panes: Panes,
    /// What a returned letter lacks; empty for all others.
    items: Vec<Item>,
    /// What the unit asked.
    question: Option<String>,
    /// Whether nobody waits for them, and they have something to add.
    is_message: bool,
    /// What they said, as it was typed.
    text: String,
    limits: String,
    faults: Vec<Fault>,
}

struct Item {
    id: String,
    text: String,
    reply: String,
    files: Vec<String>,
    is_done: bool,
}

pub async fn show(reviewer: Reviewer, Named(id): Named) -> Result<Response, Problem> {
    dialog(&reviewer, &id, StatusCode::OK, &Fields::default(), Vec::new()).await
}

pub async fn create(reviewer: Reviewer, Named(id): Named, upload: Upload) -> Result<Response, Problem> {
    let faults = file_faults(&reviewer, &upload);
    if upload.fields.has("version") {
        reply(&reviewer, &id, upload, faults).await
    } else if upload.fields.has("message") {
        message(&reviewer, &id, upload, faults).await
    } else {
        complete(&reviewer, &id, upload, faults).await
    }
}

async fn complete(
    reviewer: &Reviewer,
    id: &LetterId,
    upload: Upload,
    mut faults: Vec<Fault>,
) -> Result<Response, Problem> {
    for fault in &mut faults {
        // Which of the items it was is said in the sentence.
        fault.field = "visit";
    }
    let brought: Vec<Brought> = brought(&upload)?;
    let mut tx = reviewer.begin().await?;
    let rules = &reviewer.app.rules;
    let done = match filings::complete(&mut tx, rules, &reviewer.actor, id, &brought, faults.is_empty()).await {
        Ok(done) => done,
        Err(CompleteError::NoLetter) => return Err(Problem::NotFound),
        Err(CompleteError::NotReturned(_) | CompleteError::OtherItems) => {
            drop(tx);
            return too_late(reviewer, id, &typed_to_items(&upload), &upload).await;
        }
        Err(CompleteError::Store(error)) => return Err(error.into()),
    };
    tx.commit().await?;
    if done.is_whole {
        return Ok(within::keeping(&reviewer.page("tray"), &reviewer.actor, links::desk_letter(id)).see_other());
    }
    let (page, number) = (reviewer.page(""), |n: usize| reviewer.page("").number(n as u64));
    if !done.long.is_empty() {
        let text = page.words.a("completion-long", "most", number(REPLY_CHARACTERS));
        faults.push(Fault { field: "visit", text });
    }
    if !done.full.is_empty() {
        let text = page.words.a("file-too-many", "most", number(rules.letters.files as usize));
        faults.push(Fault { field: "visit", text });
    }
    if faults.is_empty() {
        faults.push(Fault { field: "visit", text: page.t("visit-not-whole").to_owned() });
    }
    dialog(reviewer, id, spoken::status(&upload, &faults), &upload.fields, faults).await
}

async fn reply(
    reviewer: &Reviewer,
    id: &LetterId,
    upload: Upload,
    mut faults: Vec<Fault>,
) -> Result<Response, Problem> {
    if !faults.is_empty() {
        faults.push(Fault { field: "files", text: reviewer.page("").t("desk-files-again").to_owned() });
        return dialog(reviewer, id, spoken::status(&upload, &faults), &upload.fields, faults).await;
    }
    let seen = asked::seen(&upload.fields)?;
    let text = upload.fields.get("text");
    let written = Written { text: text.to_owned(), arrivals: upload.arrivals() };
    let mut tx = reviewer.begin().await?;
    let why = match filings::reply(&mut tx, &reviewer.actor, id, seen, &written).await {
        Ok(_) => {
            tx.commit().await?;
            return Ok(within::keeping(&reviewer.page("tray"), &reviewer.actor, links::desk_letter(id)).see_other());
        }
        Err(ReplyError::NoLetter) => return Err(Problem::NotFound),
        Err(ReplyError::Stale(_) | ReplyError::NotAsked(_)) => {
            drop(tx);
            return too_late(reviewer, id, text, &upload).await;
        }
        Err(ReplyError::Unsaid(why)) => why,
        Err(ReplyError::Store(error)) => return Err(error.into()),
    };
    drop(tx);
    let page = reviewer.page("");
    let faults = spoken::faults(&page, &upload, unsaid(&page, why));
    dialog(reviewer, id, StatusCode::UNPROCESSABLE_ENTITY, &upload.fields, faults).await
}

async fn message(
    reviewer: &Reviewer,
    id: &LetterId,
    upload: Upload,
    mut faults: Vec<Fault>,
) -> Result<Response, Problem> {
    let page = reviewer.page("tray");
    if !faults.is_empty() {
        faults.push(Fault { field: "files", text: page.t("desk-files-again").to_owned() });
        return dialog(reviewer, id, spoken::status(&upload, &faults), &upload.fields, faults).await;
    }
    let mut tx = reviewer.begin().await?;
    let rules = &reviewer.app.rules;
    let (status, text) = match filings::message(&mut tx, rules, &reviewer.actor, id, &spoken::said(&upload)).await {
        Ok(_) => {
            tx.commit().await?;
            return Ok(within::keeping(&page, &reviewer.actor, links::desk_letter(id)).see_other());
        }
        Err(SendError::Twice) => {
            return Ok(within::keeping(&page, &reviewer.actor, links::desk_letter(id)).see_other());
        }
        Err(SendError::NoLetter) => return Err(Problem::NotFound),
        Err(SendError::Closed) => {
            drop(tx);
            return too_late(reviewer, id, upload.fields.get("text"), &upload).await;
        }
        Err(SendError::Unsaid(why)) => (StatusCode::UNPROCESSABLE_ENTITY, unsaid(&page, why)),
        Err(SendError::TooMany { until }) => {
            let time = page.again_when(&until);
            (StatusCode::TOO_MANY_REQUESTS, page.words.a("visit-too-many", "time", time))
        }
        Err(SendError::Store(error)) => return Err(error.into()),
    };
    drop(tx);
    let faults = spoken::faults(&page, &upload, text);
    dialog(reviewer, id, status, &upload.fields, faults).await
}

fn unsaid(page: &Page, why: Unsaid) -> String {
    match why {
        Unsaid::Nothing => page.t("thread-nothing").to_owned(),
        Unsaid::Long => page.words.a("thread-long", "most", page.number(MESSAGE_CHARACTERS as u64)),
    }
}

/// The letter as it is now, with what the visitor had said and brought.
async fn too_late(reviewer: &Reviewer, id: &LetterId, text: &str, upload: &Upload) -> Result<Response, Problem> {
    let page = reviewer.page("tray");
    let unrecorded = Unrecorded::words(text).with_files(page.t("visit-files"), upload);
    conflict::page(reviewer, page, &reviewer.actor, id, unrecorded).await
}

async fn dialog(
    reviewer: &Reviewer,
    id: &LetterId,
    status: StatusCode,
    fields: &Fields,
    faults: Vec<Fault>,
) -> Result<Response, Problem> {
    let page = reviewer.page("tray");
    let mut tx = reviewer.read().await?;
    let panes = Panes::find(&mut tx, &page, &reviewer.actor, id).await?;
    let is_message = filings::takes_message(&panes.letter, &panes.sender, page.now);
    if !is_message && !filings::waits_for_visit(&panes.letter, &panes.sender, page.now) {
        // A clerk may have come from a page on which it still waited.
        if filings::could_be_said(&panes.letter, &panes.sender, page.now) {
            drop(tx);
            return too_late(reviewer, id, fields.get("text"), &Upload::default()).await;
        }
        return Err(Problem::NotFound);
    }
    let mut items = Vec::new();
    for item in missing_now(&mut tx, &panes.letter).await? {
        let files = completion::files(&mut tx, id, &item.id).await?.into_iter().map(|(name, _)| name).collect();
        let typed = fields.get(&format!("reply-{}", item.id));
        let reply = if typed.is_empty() { item.reply } else { typed.to_owned() };
        items.push(Item { id: item.id.to_string(), text: item.text, reply, files, is_done: item.done_at.is_some() });
    }
    let question = match panes.letter.state {
        State::AwaitingSender(..) => {
            let said = messages::of_letter(&mut tx, id).await?;
            said.into_iter().rev().find(|message| message.kind == Kind::Question).map(|message| message.text)
        }
        _ => None,
    };
    let rules = &reviewer.app.rules.letters;
    let (most, size) = (page.number(u64::from(rules.files)), page.size(rules.file_bytes));
    let limits = page.words.fill("draft-files-hint", &[("most", &most), ("size", &size)]);
    let panes = Panes { is_covered: true, ..panes.having_seen(asked::seen(fields).ok()) };
    let text = fields.get("text").to_owned();
    Ok(show_as(status, &VisitPage { page, panes, items, question, is_message, text, limits, faults }))
}

impl VisitPage {
    fn fault(&self, field: &str) -> Option<&Fault> {
        self.faults.iter().find(|fault| fault.field == field)
    }
}
