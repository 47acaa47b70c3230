//! Another number for the sender of a letter, who stands at the counter and has the old phone no more: a reviewer sees who it is, and a code
//! proves the number that they have now.

use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use pishkhan_office::Tx;
use pishkhan_office::accounts::sign_in::{
    Confirmed, Manner, Way, confirm_counter_number, pending_counter_number, send_counter_number_code,
};
use pishkhan_office::dispatch;
use pishkhan_office::ids::LetterId;
use pishkhan_office::letters::{self, SaidError};
use pishkhan_office::persian::Mobile;
use pishkhan_office::senders::{self, ChangeNumberError, Sender};

use super::asked::Named;
use super::filing_check::why;
use super::identity::{self, Identity, fault};
use super::panes::Panes;
use super::remark::said_fault;
use super::within;
use crate::form::{Fields, Posted};
use crate::layout::{Fault, Page, show_as};
use crate::links;
use crate::problem::Problem;
use crate::who::Reviewer;

#[derive(Template)]
#[template(path = "desk/number.html")]
struct NumberPage {
    page: Page,
    panes: Panes,
    identity: Identity,
    /// What was seen, and why the old number is of no use.
    text: String,
}

pub async fn show(reviewer: Reviewer, Named(id): Named) -> Result<Response, Problem> {
    dialog(&reviewer, &id, StatusCode::OK, &Fields::default(), Vec::new()).await
}

/// Sends a code to the number that the person has now; or takes it, and changes the number.
pub async fn create(reviewer: Reviewer, Named(id): Named, Posted(fields): Posted) -> Result<Response, Problem> {
    let mut tx = reviewer.begin().await?;
    let sender = with_number(&mut tx, &reviewer, &id).await?;
    match identity::way(&fields) {
        Some(way) => send_code(&reviewer, tx, way, &sender, &id, &fields).await,
        None => change(&reviewer, tx, &id, &fields).await,
    }
}

async fn send_code(
    reviewer: &Reviewer,
    mut tx: Tx,
    way: Way,
    sender: &Sender,
    id: &LetterId,
    fields: &Fields,
) -> Result<Response, Problem> {
    let mobile = match Mobile::parse(fields.get("mobile")) {
        Ok(mobile) if sender.mobile.as_ref() != Some(&mobile) => mobile,
        typed => {
            drop(tx);
            let key = if typed.is_ok() { "number-same-here" } else { "sign-in-mobile-malformed" };
            let faults = vec![fault(reviewer, "mobile", key)];
            return dialog(reviewer, id, StatusCode::UNPROCESSABLE_ENTITY, fields, faults).await;
        }
    };
    let (secret, rules, clerk) = (&reviewer.app.secret, &reviewer.app.rules, &reviewer.actor.id);
    let manner = Manner { language: reviewer.words.language, way };
    let resent = send_counter_number_code(&mut tx, secret, rules, manner, clerk, id, &mobile).await?;
    match identity::sent(&reviewer.page("tray"), tx, resent, "mobile").await? {
        None => Ok(within::keeping(&reviewer.page("tray"), &reviewer.actor, links::desk_number(id)).see_other()),
        Some(fault) => dialog(reviewer, id, StatusCode::TOO_MANY_REQUESTS, fields, vec![fault]).await,
    }
}

async fn change(reviewer: &Reviewer, mut tx: Tx, id: &LetterId, fields: &Fields) -> Result<Response, Problem> {
    let paper = fields.get("text");
    let mut faults = identity::gaps(reviewer, fields);
    let pending = pending_counter_number(&mut tx, &reviewer.app.rules, id).await?;
    faults.extend(identity::other_number(reviewer, fields, pending.as_ref()));
    if paper.trim().is_empty() {
        faults.push(said_fault(&reviewer.page("tray"), "text", SaidError::Nothing));
    }
    if !faults.is_empty() {
        drop(tx);
        return dialog(reviewer, id, StatusCode::UNPROCESSABLE_ENTITY, fields, faults).await;
    }
    let (secret, rules, visitor) = (&reviewer.app.secret, &reviewer.app.rules, &reviewer.visitor);
    let mobile = match confirm_counter_number(&mut tx, secret, rules, visitor, id, fields.get("code")).await? {
        Confirmed::Right { mobile } => mobile,
        wrong => {
            // A wrong try counts.
            tx.commit().await?;
            let (status, text) = match wrong {
                Confirmed::Unknown => {
                    (StatusCode::UNPROCESSABLE_ENTITY, reviewer.words.t("number-code-none").to_owned())
                }
                wrong => why(reviewer, &wrong),
            };
            return dialog(reviewer, id, status, fields, vec![Fault { field: "code", text }]).await;
        }
    };
    let faults = match senders::change_number_at_counter(&mut tx, rules, &reviewer.actor, id, &mobile, paper).await {
        Ok(()) => {
            tx.commit().await?;
            return Ok(within::keeping(&reviewer.page("tray"), &reviewer.actor, links::desk_letter(id)).see_other());
        }
        // The device is asked about where a sender changes their own number only.
        Err(ChangeNumberError::NotHere | ChangeNumberError::Unproved | ChangeNumberError::Unsettled) => {
            return Err(Problem::NotFound);
        }
        Err(ChangeNumberError::Store(error)) => return Err(error.into()),
        Err(ChangeNumberError::Taken) => vec![fault(reviewer, "mobile", "number-taken-here")],
        Err(ChangeNumberError::Said(error)) => vec![said_fault(&reviewer.page("tray"), "text", error)],
    };
    // Nothing is done, and the code is still good.
    drop(tx);
    dialog(reviewer, id, StatusCode::UNPROCESSABLE_ENTITY, fields, faults).await
}

/// The sender of the letter. Where they sleep, or have no number, there is nothing to change here.
async fn with_number(tx: &mut Tx, reviewer: &Reviewer, id: &LetterId) -> Result<Sender, Problem> {
    let letter = letters::find_for_desk(tx, &reviewer.actor, id).await?.ok_or(Problem::NotFound)?;
    let sender = senders::find(tx, &letter.sender).await?;
    sender.filter(|sender| sender.mobile.is_some()).ok_or(Problem::NotFound)
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
    if panes.sender.mobile.is_none() {
        return Err(Problem::NotFound);
    }
    let pending = pending_counter_number(&mut tx, &reviewer.app.rules, id).await?;
    let can_call = dispatch::call_for(&mut tx, "new_number_code", page.words.language).await?.is_some();
    let identity = Identity { can_call, ..Identity::of(&page, &reviewer.actor.id, fields, pending, faults) };
    let panes = Panes { is_covered: true, ..panes };
    Ok(show_as(status, &NumberPage { page, panes, identity, text: fields.get("text").to_owned() }))
}
