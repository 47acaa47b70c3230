//! Returning for completion: what is missing from the unit's list or in the reviewer's words, until when, and the message.

use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use pishkhan_office::ids::{LetterId, PaperId};
use pishkhan_office::letters::{
    self, Act, ITEM_CHARACTERS, ITEMS, Missing, RETURN_DAYS, RETURN_NOTE_CHARACTERS, ReturnError, Version,
};
use pishkhan_office::persian::calendar;
use pishkhan_office::persian::text::stored_text;
use pishkhan_office::texts::TextKind;
use pishkhan_office::words::Words;
use pishkhan_office::{StoreError, Tx, dispatch, papers};

use super::asked::{self, Named};
use super::panes::Panes;
use super::ready::{self, Ready};
use super::sms::{self, Sms};
use super::unrecorded::Unrecorded;
use super::{conflict, next};
use crate::form::{Fields, Posted};
use crate::layout::{Fault, Page, show_as};
use crate::links;
use crate::problem::Problem;
use crate::who::Reviewer;

const LONG_NOTE: (&str, &str) = ("note", "returning-long-note");

#[derive(Template)]
#[template(path = "desk/returning.html")]
struct ReturningPage {
    page: Page,
    panes: Panes,
    papers: Vec<Choosable>,
    others: String,
    note: String,
    ready: Vec<Ready>,
    terms: Vec<Choosable>,
    sms: Sms,
    faults: Vec<Fault>,
}

/// Something to choose.
struct Choosable {
    value: String,
    text: String,
    is_chosen: bool,
}

/// What the form brought.
#[derive(Default)]
struct Typed {
    papers: Vec<PaperId>,
    others: String,
    note: String,
    days: Option<u32>,
    seen: Option<Version>,
    /// The ready text whose button sent the form.
    ready: String,
}

impl Typed {
    fn of(fields: &Fields) -> Result<Typed, Problem> {
        let paper = |(id, _): (&str, &str)| PaperId::parse(id).ok_or(Problem::BadRequest);
        Ok(Typed {
            papers: fields.beginning("paper-").map(paper).collect::<Result<_, _>>()?,
            others: fields.get("others").to_owned(),
            note: fields.get("note").to_owned(),
            days: match fields.get("days") {
                "" => None,
                days => Some(days.parse().map_err(|_| Problem::BadRequest)?),
            },
            seen: asked::seen(fields).ok(),
            ready: ready::chosen(fields).to_owned(),
        })
    }

    fn missing(&self) -> Missing {
        let (papers, others, note) = (self.papers.clone(), self.others.clone(), self.note.clone());
        Missing { papers, others, note, days: self.days }
    }

    /// For somebody who came too late.
    fn written(&self) -> String {
        [self.others.trim(), self.note.trim()].join("\n").trim().to_owned()
    }
}

impl ReturningPage {
    fn fault(&self, field: &str) -> Option<&str> {
        Fault::of(&self.faults, field)
    }
}

pub async fn show(reviewer: Reviewer, Named(id): Named) -> Result<Response, Problem> {
    dialog(&reviewer, &id, &Typed::default(), &[]).await
}

pub async fn create(reviewer: Reviewer, Named(id): Named, Posted(fields): Posted) -> Result<Response, Problem> {
    let seen = asked::seen(&fields)?;
    let typed = Typed::of(&fields)?;
    if fields.get("next") == "preview" || !typed.ready.is_empty() {
        return dialog(&reviewer, &id, &typed, &[]).await;
    }
    let mut tx = reviewer.begin().await?;
    let missing = typed.missing();
    let rules = &reviewer.app.rules;
    let fault = match letters::return_for_completion(&mut tx, rules, &reviewer.actor, &id, seen, &missing).await {
        Ok(letter) => {
            tx.commit().await?;
            let there =
                next::after_review(&mut reviewer.read().await?, &reviewer.page("tray"), &reviewer.actor, &letter)
                    .await?;
            return Ok(there.see_other());
        }
        Err(ReturnError::NotOnDesk) => return Err(Problem::NotFound),
        Err(ReturnError::Stale(_) | ReturnError::NotUnderReview(_)) => {
            drop(tx);
            return too_late(&reviewer, &id, &typed).await;
        }
        Err(ReturnError::Nothing) => ("others", "returning-nothing"),
        Err(ReturnError::TooMany) => ("others", "returning-too-many"),
        Err(ReturnError::LongItem) => ("others", "returning-long-item"),
        Err(ReturnError::LongNote) => LONG_NOTE,
        Err(ReturnError::NoDeadline) => return Err(Problem::BadRequest),
        Err(ReturnError::Store(error)) => return Err(error.into()),
    };
    drop(tx);
    let is_long = stored_text(&typed.note).chars().count() > RETURN_NOTE_CHARACTERS;
    let faults: Vec<_> =
        [Some(fault).filter(|fault| *fault != LONG_NOTE), is_long.then_some(LONG_NOTE)].into_iter().flatten().collect();
    dialog(&reviewer, &id, &typed, &faults).await
}

/// The letter as it is now, with all that was to be asked of its sender.
async fn too_late(reviewer: &Reviewer, id: &LetterId, typed: &Typed) -> Result<Response, Problem> {
    let page = reviewer.page("tray");
    let mut tx = reviewer.read().await?;
    let letter = letters::find_for_desk(&mut tx, &reviewer.actor, id).await?.ok_or(Problem::NotFound)?;
    let papers = match letter.unit() {
        Some(unit) => papers::list_open(&mut tx, unit).await?,
        None => Vec::new(),
    };
    drop(tx);
    let mut unrecorded = Unrecorded::words(&typed.written());
    for paper in papers.iter().filter(|paper| typed.papers.contains(&paper.id)) {
        unrecorded = unrecorded.choosing(page.t("returning-papers"), paper.name_in(page.words.language));
    }
    let days = typed.days.map(|days| page.words.a("desk-conflict-days", "days", page.number(u64::from(days))));
    let unrecorded = unrecorded.choosing(page.t("returning-until"), days.unwrap_or_default());
    conflict::page(reviewer, page, &reviewer.actor, id, unrecorded).await
}

/// The dialog with what was typed; the ready text that was chosen stands in the note.
async fn dialog(
    reviewer: &Reviewer,
    id: &LetterId,
    typed: &Typed,
    faults: &[(&'static str, &'static str)],
) -> Result<Response, Problem> {
    let page = reviewer.page("tray");
    let mut tx = reviewer.read().await?;
    let Some(panes) = Panes::behind(&mut tx, &page, &reviewer.actor, id, Act::Return).await? else {
        drop(tx);
        return too_late(reviewer, id, typed).await;
    };
    let panes = panes.having_seen(typed.seen);
    let ready = ready::texts(&mut tx, TextKind::Return, &panes.kept(links::desk_return(id)).at("note"), 0).await?;
    let dialog = ReturningPage {
        sms: message(&mut tx, reviewer, &page, &panes, &typed.missing()).await?,
        papers: ticks(&mut tx, &page, &panes, typed).await?,
        others: typed.others.clone(),
        note: ready::put(&ready, &typed.ready, &typed.note),
        ready,
        terms: terms(&mut tx, reviewer, &page, &panes, typed).await?,
        faults: faults.iter().map(|&(field, key)| said(&page, field, key)).collect(),
        panes,
        page,
    };
    let status = if dialog.faults.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    Ok(show_as(status, &dialog))
}

fn said(page: &Page, field: &'static str, key: &'static str) -> Fault {
    let number = |n: usize| page.number(n as u64);
    let text = match key {
        "returning-too-many" => page.words.a(key, "most", number(ITEMS)),
        "returning-long-item" => page.words.a(key, "most", number(ITEM_CHARACTERS)),
        _ => page.t(key).to_owned(),
    };
    Fault { field, text }
}

/// The message as it would go out now.
async fn message(
    tx: &mut Tx,
    reviewer: &Reviewer,
    page: &Page,
    panes: &Panes,
    missing: &Missing,
) -> Result<Sms, StoreError> {
    let language = panes.sender_language();
    let mut items = letters::listed(tx, &panes.letter, missing, language).await?;
    if items.is_empty() {
        items.push(sms::UNKNOWN_REASON.to_owned());
    }
    let until = letters::return_until(tx, &reviewer.app.rules, &panes.letter, missing.days).await?;
    let date = calendar::in_tehran(until.unwrap_or(page.now).0).date.slashed();
    let draft = dispatch::returned(Words::of(language), &items, &date, reviewer.organisation.host());
    sms::preview(tx, page, &draft).await
}

async fn ticks(tx: &mut Tx, page: &Page, panes: &Panes, typed: &Typed) -> Result<Vec<Choosable>, StoreError> {
    let papers = papers::list_open(tx, &panes.unit.id).await?;
    let tick = |paper: &papers::Paper| Choosable {
        value: paper.id.to_string(),
        text: paper.name_in(page.words.language).to_owned(),
        is_chosen: typed.papers.contains(&paper.id),
    };
    Ok(papers.iter().map(tick).collect())
}

/// The deadlines, each with its day.
async fn terms(
    tx: &mut Tx,
    reviewer: &Reviewer,
    page: &Page,
    panes: &Panes,
    typed: &Typed,
) -> Result<Vec<Choosable>, StoreError> {
    let mut terms = Vec::new();
    for days in [None].into_iter().chain(RETURN_DAYS.map(Some)) {
        let until = letters::return_until(tx, &reviewer.app.rules, &panes.letter, days).await?;
        let day = until.map(|until| page.day(&until)).unwrap_or_default();
        let text = match days {
            None => page.words.a("returning-usual", "day", &day),
            Some(days) => page.words.fill("returning-days", &[("days", &page.number(u64::from(days))), ("day", &day)]),
        };
        let value = days.map(|days| days.to_string()).unwrap_or_default();
        terms.push(Choosable { value, text, is_chosen: typed.days == days });
    }
    Ok(terms)
}
