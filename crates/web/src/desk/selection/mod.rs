//! Deciding about several letters at once: what was selected is shown with the messages that will go out, and then each letter is
//! decided by itself, as if its own dialog had been sent. Whoever was faster on one of them stops that one only. The view that they were selected
//! in goes along.

mod decision;
mod deed;
pub(super) mod done;
mod selected;

pub mod handover;
pub mod referral;
pub mod undoing;

use askama::Template;
use axum::extract::RawQuery;
use axum::http::StatusCode;
use axum::response::Response;
use pishkhan_office::ids::{LetterId, ReasonId, UnitId};
use pishkhan_office::letters::{Act, Letter, REJECTION_NOTE_CHARACTERS, Version};
use pishkhan_office::persian::text::{stored_line, stored_text};
use pishkhan_office::reasons::{self, Reason};
use pishkhan_office::senders::{self, Sender};
use pishkhan_office::units::{self, Unit};
use pishkhan_office::{StoreError, Tx, dispatch, registry};

use self::decision::{Decided, NEEDS_GROUND, decide};
use self::deed::Deed;
use self::done::Done;
use self::selected::{Chosen, Failed, Selected, asking_information, selected};
use super::sms::{self, Sms};
use super::within::{self, Wanted};
use crate::form::{Fields, Posted};
use crate::layout::{Fault, Page, show_as};
use crate::links::{self, Link};
use crate::problem::Problem;
use crate::who::Reviewer;

#[derive(Template)]
#[template(path = "desk/selection.html")]
struct SelectionPage {
    page: Page,
    deed: Deed,
    letters: Vec<Selected>,
    units: Vec<Unit>,
    reasons: Vec<Reason>,
    unit: String,
    reason: String,
    note: String,
    /// What tells the reason of a rejection that the message shows; empty as long as it shows none.
    shown: String,
    /// The first message that goes out.
    first: Option<Sms>,
    /// How many go out: some letters have nobody who could be told.
    messages: usize,
    /// What could not be done, and why.
    failed: Vec<Failed>,
    /// What was done before this page.
    done: Option<Done>,
    faults: Vec<Fault>,
    /// Where the form goes, within the view.
    there: Link,
    tray: Link,
}

pub async fn show(reviewer: Reviewer, RawQuery(query): RawQuery) -> Result<Response, Problem> {
    let fields = Fields::of_query(query.as_deref().unwrap_or_default());
    let deed = Deed::of(&fields)?;
    let mut faults = Vec::new();
    let chosen = selected(&fields);
    if chosen.is_empty() {
        faults.push(fault("selection-none", &reviewer.page("tray"), "selection"));
    }
    // Nothing was typed yet: what else the address has is the view.
    page(&reviewer, deed, &Fields::default(), chosen, Outcome::default(), faults).await
}

pub async fn create(reviewer: Reviewer, Posted(fields): Posted) -> Result<Response, Problem> {
    let deed = Deed::of(&fields)?;
    let chosen = selected(&fields);
    let frame = reviewer.page("tray");
    let faults: Vec<Fault> = match deed {
        _ if chosen.is_empty() => vec![fault("selection-none", &frame, "selection")],
        Deed::Redirect if UnitId::parse(fields.get("unit")).is_none() => {
            vec![fault("desk-redirection-no-unit", &frame, "unit-1")]
        }
        Deed::Reject if fields.get("reason").is_empty() && fields.get("note").trim().is_empty() => {
            vec![fault("desk-rejection-no-reason", &frame, "reason-1")]
        }
        Deed::Reject if stored_text(fields.get("note")).chars().count() > REJECTION_NOTE_CHARACTERS => {
            vec![fault("desk-rejection-long-note", &frame, "note")]
        }
        Deed::Register | Deed::Redirect | Deed::Reject => Vec::new(),
    };
    if deed == Deed::Reject && is_gone(&reviewer, fields.get("reason")).await? {
        // It was taken out of the list while the page was open: the reviewer chooses again.
        let faults = vec![fault("desk-rejection-no-reason", &frame, "reason-1")];
        return page(&reviewer, deed, &fields, chosen, Outcome::default(), faults).await;
    }
    // Whoever rejects has seen the message with this very reason.
    let is_unseen =
        deed == Deed::Reject && (fields.get("next") == "preview" || fields.get("shown") != because(&fields));
    if !faults.is_empty() || is_unseen {
        return page(&reviewer, deed, &fields, chosen, Outcome::default(), faults).await;
    }
    let mut outcome = Outcome::default();
    for (id, seen) in chosen {
        match decide(&reviewer, deed, &fields, &id, seen).await? {
            Decided::Done => outcome.done.push(id),
            Decided::Not(why) => outcome.failed.push((id, why)),
            Decided::ToMend(fault) => {
                outcome.again.push((id, seen));
                outcome.to_mend = Some(fault);
            }
        }
    }
    if let Some((field, key)) = outcome.to_mend {
        let again = std::mem::take(&mut outcome.again);
        return page(&reviewer, deed, &fields, again, outcome, vec![fault(key, &frame, field)]).await;
    }
    if outcome.failed.is_empty() {
        let wanted = Wanted::carried_or_first(&frame, &reviewer.actor);
        let there = wanted.rest(&mut reviewer.read().await?, &reviewer.actor).await?;
        return Ok(there.telling_all(&outcome.done).see_other());
    }
    page(&reviewer, deed, &fields, Vec::new(), outcome, Vec::new()).await
}

/// Whether that reason was chosen and is none of the list any more.
async fn is_gone(reviewer: &Reviewer, reason: &str) -> Result<bool, Problem> {
    let Some(reason) = ReasonId::parse(reason) else { return Ok(false) };
    Ok(reasons::find(&mut reviewer.read().await?, &reason).await?.is_none())
}

#[derive(Default)]
struct Outcome {
    done: Vec<LetterId>,
    failed: Vec<(LetterId, &'static str)>,
    /// Those for which the form can be mended, and what is wrong in it: field and sentence.
    again: Vec<(LetterId, Version)>,
    to_mend: Option<(&'static str, &'static str)>,
}

async fn page(
    reviewer: &Reviewer,
    deed: Deed,
    fields: &Fields,
    chosen: Vec<(LetterId, Version)>,
    outcome: Outcome,
    faults: Vec<Fault>,
) -> Result<Response, Problem> {
    let page = reviewer.page("tray");
    let wanted = Wanted::carried_or_first(&page, &reviewer.actor);
    let mut tx = reviewer.read().await?;
    let done = Done::of(&mut tx, &page, &reviewer.actor, &reviewer.app.rules, &wanted, &outcome.done).await?;
    let Chosen { open: mut letters, left_out } = Chosen::of(&mut tx, &reviewer.actor, Act::Register, chosen).await?;
    let left_out = left_out.into_iter().map(|id| (id, "selection-changed"));
    let alone = if deed == Deed::Reject { asking_information(&mut tx, &letters).await? } else { Vec::new() };
    letters.retain(|(letter, _)| !alone.contains(&letter.id));
    let alone = alone.into_iter().map(|id| (id, NEEDS_GROUND));
    let mut failed = Vec::new();
    for (id, why) in outcome.failed.into_iter().chain(left_out).chain(alone) {
        failed.push(Failed::of(&mut tx, &reviewer.actor, &id, page.t(why).to_owned()).await?);
    }
    let reasons = reasons::list_open(&mut tx).await?;
    let (mut first, mut messages) = (None, 0);
    for (letter, _) in &letters {
        let sender = senders::find(&mut tx, &letter.sender).await?.ok_or(StoreError::Unreadable("sender"))?;
        if deed == Deed::Redirect || dispatch::recipient(&sender, letter, page.now, page.least_here).is_err() {
            continue;
        }
        messages += 1;
        if first.is_none() {
            let reason = reasons.iter().find(|reason| reason.id.as_str() == fields.get("reason"));
            let reason = reason.map_or_else(|| first_line(fields), |it| it.short_in(sender.language).to_owned());
            first = Some(message(&mut tx, reviewer, &page, deed, letter, &sender, &reason).await?);
        }
    }
    let selection = SelectionPage {
        deed,
        letters: letters.into_iter().map(Selected::of).collect(),
        units: units::list_open(&mut tx).await?,
        reasons,
        shown: if deed == Deed::Reject { because(fields) } else { String::new() },
        first,
        messages,
        unit: fields.get("unit").to_owned(),
        reason: fields.get("reason").to_owned(),
        note: fields.get("note").to_owned(),
        failed,
        done,
        faults,
        there: within::keeping(&page, &reviewer.actor, links::desk_selection()),
        tray: wanted.link(),
        page,
    };
    let status = if selection.faults.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    Ok(show_as(status, &selection))
}

/// The message that the deed sends about a letter.
async fn message(
    tx: &mut Tx,
    reviewer: &Reviewer,
    page: &Page,
    deed: Deed,
    letter: &Letter,
    to: &Sender,
    reason: &str,
) -> Result<Sms, StoreError> {
    if deed == Deed::Reject {
        let reason = if reason.is_empty() { sms::UNKNOWN_REASON } else { reason };
        return sms::rejected_because(tx, page, to.language, reason, reviewer.organisation.host()).await;
    }
    let unit = match letter.unit() {
        Some(unit) => units::find(tx, unit).await?,
        None => None,
    };
    let printed = registry::preview(tx, &unit.ok_or(StoreError::Unreadable("unit"))?).await?;
    sms::registered(tx, page, to.language, &printed).await
}

/// By what the reason of a rejection in the message is told from another one: the reason of the list, or else the note's first line.
fn because(fields: &Fields) -> String {
    match fields.get("reason") {
        "" => first_line(fields),
        reason => reason.to_owned(),
    }
}

/// What the act takes for the reason when none of the list is chosen.
fn first_line(fields: &Fields) -> String {
    stored_line(fields.get("note").trim().lines().next().unwrap_or_default())
}

fn fault(key: &'static str, page: &Page, field: &'static str) -> Fault {
    Fault { field, text: page.t(key).to_owned() }
}

impl SelectionPage {
    fn title(&self) -> &'static str {
        self.page.t(self.deed.title())
    }

    /// The verb with the number of letters.
    fn go(&self) -> String {
        self.page.words.n(self.deed.verb(), self.letters.len())
    }

    fn fault(&self, field: &str) -> Option<&str> {
        Fault::of(&self.faults, field)
    }

    fn is(&self, deed: &str) -> bool {
        self.deed.as_str() == deed
    }
}
