//! The end of a referral: it is done, with a word, or goes back to whoever made it, with the reason.

use askama::Template;
use axum::extract::{FromRequestParts, Path};
use axum::http::StatusCode;
use axum::http::request::Parts;
use axum::response::Response;
use pishkhan_office::ids::{LetterId, ReferralId};
use pishkhan_office::letters::Tray;
use pishkhan_office::referrals::{self, CompleteError, Purpose, REFERRAL_CHARACTERS, SendBackError};

use super::asked;
use super::conflict;
use super::onward::Onward;
use super::panes::Panes;
use super::within;
use crate::form::Posted;
use crate::layout::{Fault, Page, show_as};
use crate::links::{self, Link};
use crate::problem::Problem;
use crate::who::Staff;

#[derive(Template)]
#[template(path = "desk/referral_end.html")]
struct EndPage {
    page: Page,
    panes: Panes,
    action: Link,
    is_return: bool,
    title: &'static str,
    lead: &'static str,
    label: &'static str,
    button: &'static str,
    text: String,
    faults: Vec<Fault>,
}

/// The letter and the referral that an address names.
pub struct Pair(pub(super) LetterId, pub(super) ReferralId);

impl<S: Send + Sync> FromRequestParts<S> for Pair {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Pair, Problem> {
        let path = Path::<(String, String)>::from_request_parts(parts, state).await;
        let Path((letter, referral)) = path.map_err(|_| Problem::NotFound)?;
        match (LetterId::parse(&letter), ReferralId::parse(&referral)) {
            (Some(letter), Some(referral)) => Ok(Pair(letter, referral)),
            _ => Err(Problem::NotFound),
        }
    }
}

pub async fn show_completion(staff: Staff, pair: Pair) -> Result<Response, Problem> {
    dialog(&staff, &pair, false, "", None).await
}

pub async fn show_return(staff: Staff, pair: Pair) -> Result<Response, Problem> {
    dialog(&staff, &pair, true, "", None).await
}

pub async fn complete(staff: Staff, pair: Pair, Posted(fields): Posted) -> Result<Response, Problem> {
    let Pair(letter, referral) = &pair;
    let (page, text) = (staff.page("tray"), fields.get("text"));
    let onward = Onward::of(&mut staff.read().await?, &page, &staff.actor, letter).await?;
    let mut tx = staff.begin().await?;
    let fault = match referrals::complete(&mut tx, &staff.actor, letter, referral, text).await {
        Ok(()) => {
            tx.commit().await?;
            return there(&staff, &page, letter, onward).await;
        }
        Err(CompleteError::NotOnDesk) => return Err(Problem::NotFound),
        Err(CompleteError::Ended) => {
            drop(tx);
            return conflict::page(&staff, page, &staff.actor, letter, text).await;
        }
        Err(CompleteError::Nothing) => page.t("work-finish-nothing").to_owned(),
        Err(CompleteError::Long) => long(&page),
        Err(CompleteError::Store(error)) => return Err(error.into()),
    };
    drop(tx);
    dialog(&staff, &pair, false, text, Some(fault)).await
}

pub async fn send_back(staff: Staff, pair: Pair, Posted(fields): Posted) -> Result<Response, Problem> {
    let Pair(letter, referral) = &pair;
    let (page, text) = (staff.page("tray"), fields.get("text"));
    let seen = asked::seen(&fields)?;
    let onward = Onward::of(&mut staff.read().await?, &page, &staff.actor, letter).await?;
    let mut tx = staff.begin().await?;
    let fault = match referrals::send_back(&mut tx, &staff.actor, letter, seen, referral, text).await {
        Ok(_) => {
            tx.commit().await?;
            return there(&staff, &page, letter, onward).await;
        }
        Err(SendBackError::NotOnDesk) => return Err(Problem::NotFound),
        Err(SendBackError::Stale(_) | SendBackError::NotFree(_) | SendBackError::Ended) => {
            drop(tx);
            return conflict::page(&staff, page, &staff.actor, letter, text).await;
        }
        Err(SendBackError::NoReason) => page.t("work-send-back-no-reason").to_owned(),
        Err(SendBackError::Long) => long(&page),
        Err(SendBackError::NoUnit) => page.t("work-send-back-no-unit").to_owned(),
        Err(SendBackError::Store(error)) => return Err(error.into()),
    };
    drop(tx);
    dialog(&staff, &pair, true, text, Some(fault)).await
}

/// To end a referral is the work of the list of what was referred, which goes on; elsewhere there may be more to do with the letter.
async fn there(staff: &Staff, page: &Page, letter: &LetterId, onward: Onward) -> Result<Response, Problem> {
    let there = if onward.is_in(Tray::Referred) {
        onward.go_on(&mut staff.read().await?, &staff.actor).await?
    } else {
        within::keeping(page, &staff.actor, links::desk_letter(letter)).at("circulation")
    };
    Ok(there.see_other())
}

fn long(page: &Page) -> String {
    page.words.a("work-refer-long", "most", page.number(REFERRAL_CHARACTERS as u64))
}

async fn dialog(
    staff: &Staff,
    Pair(letter, id): &Pair,
    is_return: bool,
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
    if !referrals::could_finish(&staff.actor, &referral) || (is_return && referral.purpose == Purpose::Information) {
        return Err(Problem::NotFound);
    }
    if has_ended || (is_return && !referrals::could_send_back(&staff.actor, &panes.letter, &referral)) {
        return conflict::page(staff, page, &staff.actor, letter, text).await;
    }
    let (title, lead, label, button) = match (is_return, referral.purpose) {
        (true, _) => ("work-send-back-title", "work-send-back-lead", "work-send-back-text", "work-send-back"),
        (false, Purpose::Answer) => ("work-answer-title", "work-answer-lead", "work-answer-text", "work-answer-go"),
        (false, Purpose::Action) => ("work-finish-title", "work-finish-lead", "work-finish-text", "work-finish"),
        (false, Purpose::Information) => ("work-told-title", "work-told-lead", "work-finish-text", "work-told"),
    };
    let action =
        if is_return { links::desk_referral_return(letter, id) } else { links::desk_referral_completion(letter, id) };
    let faults: Vec<Fault> = fault.map(|text| Fault { field: "text", text }).into_iter().collect();
    let status = if faults.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let dialog = EndPage {
        panes: Panes { is_covered: true, ..panes },
        title: page.t(title),
        lead: page.t(lead),
        label: page.t(label),
        button: page.t(button),
        text: text.to_owned(),
        action: within::keeping(&page, &staff.actor, action),
        is_return,
        page,
        faults,
    };
    Ok(show_as(status, &dialog))
}
