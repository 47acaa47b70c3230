//! Taking a referral back: whoever asked for an opinion, or told of a letter, needs it no more, or asked the wrong ones.

use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use pishkhan_office::referrals::{self, Purpose, REFERRAL_CHARACTERS, RecallError};

use super::conflict;
use super::panes::Panes;
use super::referral_end::Pair;
use super::within;
use crate::form::Posted;
use crate::layout::{Fault, Page, show_as};
use crate::links::{self, Link};
use crate::problem::Problem;
use crate::who::Staff;

#[derive(Template)]
#[template(path = "desk/recall.html")]
struct RecallPage {
    page: Page,
    panes: Panes,
    action: Link,
    lead: String,
    /// What had been asked or told; may be empty.
    asked: String,
    text: String,
    faults: Vec<Fault>,
}

pub async fn show(staff: Staff, pair: Pair) -> Result<Response, Problem> {
    dialog(&staff, &pair, "", None).await
}

pub async fn create(staff: Staff, pair: Pair, Posted(fields): Posted) -> Result<Response, Problem> {
    let Pair(letter, referral) = &pair;
    let (page, text) = (staff.page("tray"), fields.get("text"));
    let mut tx = staff.begin().await?;
    let fault = match referrals::recall(&mut tx, &staff.actor, letter, referral, text).await {
        Ok(()) => {
            tx.commit().await?;
            return Ok(within::keeping(&page, &staff.actor, links::desk_letter(letter)).at("circulation").see_other());
        }
        Err(RecallError::NotOnDesk) => return Err(Problem::NotFound),
        Err(RecallError::Ended) => {
            drop(tx);
            return conflict::page(&staff, page, &staff.actor, letter, text).await;
        }
        Err(RecallError::Long) => page.words.a("work-refer-long", "most", page.number(REFERRAL_CHARACTERS as u64)),
        Err(RecallError::Store(error)) => return Err(error.into()),
    };
    drop(tx);
    dialog(&staff, &pair, text, Some(fault)).await
}

async fn dialog(
    staff: &Staff,
    Pair(letter, id): &Pair,
    text: &str,
    fault: Option<String>,
) -> Result<Response, Problem> {
    let page = staff.page("tray");
    let mut tx = staff.read().await?;
    let panes = Panes::find(&mut tx, &page, &staff.actor, letter).await?;
    let found = referrals::of_letter(&mut tx, letter).await?.into_iter().find(|referral| referral.id == *id);
    drop(tx);
    let mut referral = found.ok_or(Problem::NotFound)?;
    let has_ended = referral.end.take().is_some();
    if !referrals::could_recall(&staff.actor, &panes.letter, &referral) {
        return Err(Problem::NotFound);
    }
    if has_ended {
        return conflict::page(staff, page, &staff.actor, letter, text).await;
    }
    let lead = if referral.purpose == Purpose::Answer { "work-recall-lead-answer" } else { "work-recall-lead-told" };
    let faults: Vec<Fault> = fault.map(|text| Fault { field: "text", text }).into_iter().collect();
    let status = if faults.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let line = panes.circulation.lines.iter().find(|line| line.id == *id);
    let lead = page.words.a(lead, "to", line.map_or("", |line| line.to.as_str()));
    let action = within::keeping(&page, &staff.actor, links::desk_referral_recall(letter, id));
    let dialog = RecallPage {
        panes: Panes { is_covered: true, ..panes },
        action,
        lead,
        asked: referral.text,
        text: text.to_owned(),
        page,
        faults,
    };
    Ok(show_as(status, &dialog))
}
