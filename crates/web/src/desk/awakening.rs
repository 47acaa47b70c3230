//! Awakening: the sender of a letter stands at the counter, and their account sleeps since their number was idle, or became somebody
//! else's. A reviewer sees who they are, a code proves the number that they have now, and their letters come into its account.

use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use pishkhan_office::Tx;
use pishkhan_office::accounts::sign_in::{Confirmed, Manner, Way, confirm_filing, pending_filing, send_filing_code};
use pishkhan_office::dispatch;
use pishkhan_office::ids::LetterId;
use pishkhan_office::letters;
use pishkhan_office::persian::Mobile;
use pishkhan_office::senders::{self, AwakenError};

use super::asked::Named;
use super::filing_check::why;
use super::identity::{self, Identity, fault};
use super::panes::Panes;
use super::within;
use crate::form::{Fields, Posted};
use crate::layout::{Fault, Page, show_as};
use crate::links;
use crate::problem::Problem;
use crate::who::Reviewer;

#[derive(Template)]
#[template(path = "desk/awakening.html")]
struct AwakeningPage {
    page: Page,
    panes: Panes,
    identity: Identity,
}

pub async fn show(reviewer: Reviewer, Named(id): Named) -> Result<Response, Problem> {
    dialog(&reviewer, &id, StatusCode::OK, &Fields::default(), Vec::new()).await
}

/// Sends a code to the number that the person has now; or takes it, and wakes the account.
pub async fn create(reviewer: Reviewer, Named(id): Named, Posted(fields): Posted) -> Result<Response, Problem> {
    let mut tx = reviewer.begin().await?;
    must_sleep(&mut tx, &reviewer, &id).await?;
    match identity::way(&fields) {
        Some(way) => send_code(&reviewer, tx, way, &id, &fields).await,
        None => wake(&reviewer, tx, &id, &fields).await,
    }
}

async fn send_code(
    reviewer: &Reviewer,
    mut tx: Tx,
    way: Way,
    id: &LetterId,
    fields: &Fields,
) -> Result<Response, Problem> {
    let Ok(mobile) = Mobile::parse(fields.get("mobile")) else {
        drop(tx);
        let faults = vec![fault(reviewer, "mobile", "sign-in-mobile-malformed")];
        return dialog(reviewer, id, StatusCode::UNPROCESSABLE_ENTITY, fields, faults).await;
    };
    let (secret, rules, clerk) = (&reviewer.app.secret, &reviewer.app.rules, &reviewer.actor.id);
    let manner = Manner { language: reviewer.words.language, way };
    let resent = send_filing_code(&mut tx, secret, rules, manner, clerk, id, &mobile).await?;
    match identity::sent(&reviewer.page("tray"), tx, resent, "mobile").await? {
        None => Ok(within::keeping(&reviewer.page("tray"), &reviewer.actor, links::desk_awakening(id)).see_other()),
        Some(fault) => dialog(reviewer, id, StatusCode::TOO_MANY_REQUESTS, fields, vec![fault]).await,
    }
}

async fn wake(reviewer: &Reviewer, mut tx: Tx, id: &LetterId, fields: &Fields) -> Result<Response, Problem> {
    let mut faults = identity::gaps(reviewer, fields);
    let pending = pending_filing(&mut tx, &reviewer.app.rules, id).await?;
    faults.extend(identity::other_number(reviewer, fields, pending.as_ref()));
    if !faults.is_empty() {
        drop(tx);
        return dialog(reviewer, id, StatusCode::UNPROCESSABLE_ENTITY, fields, faults).await;
    }
    let (secret, rules, visitor) = (&reviewer.app.secret, &reviewer.app.rules, &reviewer.visitor);
    let mobile = match confirm_filing(&mut tx, secret, rules, visitor, id, fields.get("code")).await? {
        Confirmed::Right { mobile } => mobile,
        wrong => {
            // A wrong try counts.
            tx.commit().await?;
            let (status, text) = why(reviewer, &wrong);
            return dialog(reviewer, id, status, fields, vec![Fault { field: "code", text }]).await;
        }
    };
    match senders::awaken(&mut tx, rules, &reviewer.actor, id, &mobile).await {
        Ok(_) => {
            tx.commit().await?;
            Ok(within::keeping(&reviewer.page("tray"), &reviewer.actor, links::desk_letter(id)).see_other())
        }
        Err(AwakenError::NotAsleep) => Err(Problem::NotFound),
        Err(AwakenError::Store(error)) => Err(error.into()),
    }
}

/// Where the sender is awake, there is nothing to do here.
async fn must_sleep(tx: &mut Tx, reviewer: &Reviewer, id: &LetterId) -> Result<(), Problem> {
    let letter = letters::find_for_desk(tx, &reviewer.actor, id).await?.ok_or(Problem::NotFound)?;
    let sender = senders::find(tx, &letter.sender).await?;
    sender.filter(|sender| sender.asleep.is_some()).map(drop).ok_or(Problem::NotFound)
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
    if panes.sender.asleep.is_none() {
        return Err(Problem::NotFound);
    }
    let pending = pending_filing(&mut tx, &reviewer.app.rules, id).await?;
    let can_call = dispatch::call_for(&mut tx, "filing_code", page.words.language).await?.is_some();
    let identity = Identity { can_call, ..Identity::of(&page, &reviewer.actor.id, fields, pending, faults) };
    let panes = Panes { is_covered: true, ..panes };
    Ok(show_as(status, &AwakeningPage { page, panes, identity }))
}
