//! Rejecting: a reason from the organisation's list, words of the reviewer's own, or both.

use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use pishkhan_office::ids::{LetterId, ReasonId};
use pishkhan_office::letters::{
    self, Act, GROUND_CHARACTERS, REJECTION_NOTE_CHARACTERS, Refusal, RejectError, Version,
};
use pishkhan_office::persian::text::stored_text;
use pishkhan_office::reasons::{self, Reason};

use super::answer_faults::ground_fault;
use super::asked::{self, Named};
use super::panes::Panes;
use super::sms::{self, Sms};
use super::unrecorded::Unrecorded;
use super::{conflict, next};
use crate::form::Posted;
use crate::layout::{Fault, Page, show_as};
use crate::problem::Problem;
use crate::who::Reviewer;

/// The choice that is no reason of the list: the note tells it.
const OTHER: &str = "other";

const LONG_NOTE: (&str, &str) = ("note", "desk-rejection-long-note");

#[derive(Template)]
#[template(path = "desk/rejection.html")]
struct RejectionPage {
    page: Page,
    panes: Panes,
    reasons: Vec<Choosable>,
    note: String,
    /// The letter asks for information.
    needs_ground: bool,
    ground: String,
    sms: Sms,
    faults: Vec<Fault>,
}

/// A reason beside its button.
struct Choosable {
    value: String,
    text: String,
    is_chosen: bool,
    /// The digit that chooses it; the tenth has none.
    key: Option<char>,
}

/// What the form brought.
#[derive(Default)]
struct Typed<'a> {
    reason: &'a str,
    note: &'a str,
    ground: &'a str,
    /// None: the form was not sent yet.
    seen: Option<Version>,
}

impl Typed<'_> {
    /// What is wrong with a form without a reason that can be chosen.
    fn without_reason(&self) -> Vec<(&'static str, &'static str)> {
        let is_long = stored_text(self.note).chars().count() > REJECTION_NOTE_CHARACTERS;
        [Some(("reason-1", "desk-rejection-no-reason")), is_long.then_some(LONG_NOTE)].into_iter().flatten().collect()
    }
}

impl RejectionPage {
    fn fault(&self, field: &str) -> Option<&str> {
        Fault::of(&self.faults, field)
    }
}

pub async fn show(reviewer: Reviewer, Named(id): Named) -> Result<Response, Problem> {
    dialog(&reviewer, &id, &Typed::default(), &[]).await
}

pub async fn create(reviewer: Reviewer, Named(id): Named, Posted(fields): Posted) -> Result<Response, Problem> {
    let seen = asked::seen(&fields)?;
    let typed = Typed {
        reason: fields.get("reason"),
        note: fields.get("note"),
        ground: fields.get("ground"),
        seen: Some(seen),
    };
    let reason = match typed.reason {
        OTHER => None,
        "" => return dialog(&reviewer, &id, &typed, &typed.without_reason()).await,
        text => Some(ReasonId::parse(text).ok_or(Problem::BadRequest)?),
    };
    let mut tx = reviewer.begin().await?;
    if let Some(reason) = &reason
        && reasons::find(&mut tx, reason).await?.is_none()
    {
        // It was taken out of the list while the page was open, or forged: the reviewer chooses again.
        drop(tx);
        return dialog(&reviewer, &id, &typed, &typed.without_reason()).await;
    }
    let refusal = Refusal { reason, note: typed.note.to_owned(), ground: typed.ground.to_owned() };
    let fault = match letters::reject(&mut tx, &reviewer.app.rules, &reviewer.actor, &id, seen, &refusal).await {
        Ok(letter) => {
            tx.commit().await?;
            let there =
                next::after_review(&mut reviewer.read().await?, &reviewer.page("tray"), &reviewer.actor, &letter)
                    .await?;
            return Ok(there.see_other());
        }
        Err(RejectError::NotOnDesk) => return Err(Problem::NotFound),
        Err(RejectError::Stale(_) | RejectError::NotUnderReview(_)) => {
            drop(tx);
            return too_late(&reviewer, &id, &typed).await;
        }
        Err(RejectError::NoReason) => Some(("note", "desk-rejection-no-note")),
        Err(RejectError::LongNote) => Some(LONG_NOTE),
        // The dialog says so, beside whatever else is wrong.
        Err(RejectError::Ground(_)) => None,
        Err(RejectError::Store(error)) => return Err(error.into()),
    };
    drop(tx);
    dialog(&reviewer, &id, &typed, fault.as_slice()).await
}

/// The letter as it is now, with the reason and the note that were given for it.
async fn too_late(reviewer: &Reviewer, id: &LetterId, typed: &Typed<'_>) -> Result<Response, Problem> {
    let page = reviewer.page("tray");
    let reason = match ReasonId::parse(typed.reason) {
        _ if typed.reason == OTHER => page.t("desk-rejection-other").to_owned(),
        Some(reason) => {
            let found = reasons::find(&mut reviewer.read().await?, &reason).await?;
            found.map(|reason| reason.short_in(page.words.language).to_owned()).unwrap_or_default()
        }
        None => String::new(),
    };
    let unrecorded = Unrecorded::words(typed.note)
        .choosing(page.t("desk-rejection-reason"), reason)
        .choosing(page.t("ground-label"), typed.ground);
    conflict::page(reviewer, page, &reviewer.actor, id, unrecorded).await
}

async fn dialog(
    reviewer: &Reviewer,
    id: &LetterId,
    typed: &Typed<'_>,
    faults: &[(&'static str, &'static str)],
) -> Result<Response, Problem> {
    let page = reviewer.page("tray");
    let mut tx = reviewer.read().await?;
    let Some(panes) = Panes::behind(&mut tx, &page, &reviewer.actor, id, Act::Reject).await? else {
        drop(tx);
        return too_late(reviewer, id, typed).await;
    };
    let panes = panes.having_seen(typed.seen);
    let reasons = reasons::list_open(&mut tx).await?;
    let chosen = reasons.iter().find(|reason| reason.id.as_str() == typed.reason);
    let host = reviewer.organisation.host();
    let sms = sms::rejected(&mut tx, &page, panes.sender_language(), chosen, host).await?;
    let needs_ground = panes.kind.as_ref().is_some_and(|kind| kind.asks_information);
    let of_ground = if needs_ground && typed.seen.is_some() { ground_fault(typed.ground) } else { None };
    let faults = faults.iter().copied().chain(of_ground);
    let dialog = RejectionPage {
        reasons: choosable(&page, &reasons, typed.reason),
        note: typed.note.to_owned(),
        needs_ground,
        ground: typed.ground.to_owned(),
        sms,
        faults: faults.map(|(field, key)| Fault { field, text: page.t(key).to_owned() }).collect(),
        panes,
        page,
    };
    let status = if dialog.faults.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    Ok(show_as(status, &dialog))
}

/// The list, and at its end the reason that is none of it.
fn choosable(page: &Page, reasons: &[Reason], chosen: &str) -> Vec<Choosable> {
    let listed = reasons.iter().map(|reason| (reason.id.as_str(), reason.short_in(page.words.language)));
    let other = (OTHER, page.t("desk-rejection-other"));
    let keys = ('1'..='9').map(Some).chain(std::iter::repeat(None));
    listed
        .chain([other])
        .zip(keys)
        .map(|((value, text), key)| Choosable {
            value: value.to_owned(),
            text: text.to_owned(),
            is_chosen: value == chosen,
            key,
        })
        .collect()
}
