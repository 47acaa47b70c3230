//! Referring: to whom, what for, with which words, until when, and who is told of it besides.

use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use pishkhan_office::ids::LetterId;
use pishkhan_office::letters::{self, Act};
use pishkhan_office::referrals::Purpose;

use super::asked::{self, Named};
use super::conflict;
use super::onward::Onward;
use super::panes::Panes;
use super::ready;
use super::referral_form::{self, ReferralForm, Refused};
use crate::form::{Fields, Posted};
use crate::layout::{Fault, Page, show_as};
use crate::links;
use crate::problem::Problem;
use crate::who::Staff;

#[derive(Template)]
#[template(path = "desk/referral.html")]
struct ReferralPage {
    page: Page,
    panes: Panes,
    form: ReferralForm,
}

pub async fn show(staff: Staff, Named(id): Named) -> Result<Response, Problem> {
    dialog(&staff, &id, &Fields::default(), Vec::new()).await
}

pub async fn create(staff: Staff, Named(id): Named, Posted(fields): Posted) -> Result<Response, Problem> {
    if !staff.actor.refers() {
        return Err(Problem::NotFound);
    }
    if !ready::chosen(&fields).is_empty() {
        return dialog(&staff, &id, &fields, Vec::new()).await;
    }
    let seen = asked::seen(&fields)?;
    let page = staff.page("tray");
    let what = match referral_form::read(&page, &fields)? {
        Ok(what) => what,
        Err(faults) => return dialog(&staff, &id, &fields, faults).await,
    };
    let onward = Onward::of(&mut staff.read().await?, &page, &staff.actor, &id).await?;
    let mut tx = staff.begin().await?;
    let Err(error) = letters::refer(&mut tx, &staff.app.rules, &staff.actor, &id, seen, &what).await else {
        tx.commit().await?;
        let mut tx = staff.read().await?;
        // Whoever tells others of a letter still has it before them.
        let there = match what.purpose {
            Purpose::Information => onward.stay(&mut tx, &staff.actor).await?,
            Purpose::Action | Purpose::Answer => onward.go_on(&mut tx, &staff.actor).await?,
        };
        return Ok(there.see_other());
    };
    drop(tx);
    match referral_form::refused(&page, error) {
        Refused::NotThere => Err(Problem::NotFound),
        Refused::Changed => too_late(&staff, &id, &fields).await,
        Refused::Fault(fault) => dialog(&staff, &id, &fields, vec![fault]).await,
        Refused::Store(error) => Err(error.into()),
    }
}

/// The letter as it is now, with the whole form.
async fn too_late(staff: &Staff, id: &LetterId, typed: &Fields) -> Result<Response, Problem> {
    let page = staff.page("tray");
    let unrecorded = referral_form::unrecorded(&mut staff.read().await?, &page, typed).await?;
    conflict::page(staff, page, &staff.actor, id, unrecorded).await
}

async fn dialog(staff: &Staff, id: &LetterId, typed: &Fields, faults: Vec<Fault>) -> Result<Response, Problem> {
    let page = staff.page("tray");
    let mut tx = staff.read().await?;
    let Some(panes) = Panes::behind(&mut tx, &page, &staff.actor, id, Act::Refer).await? else {
        drop(tx);
        return too_late(staff, id, typed).await;
    };
    let panes = panes.having_seen(asked::seen(typed).ok());
    let field = panes.kept(links::desk_referrals(id)).at("text");
    let form =
        ReferralForm::of(&mut tx, &page, &staff.actor, panes.letter.classification, typed, faults, &field).await?;
    let status = if form.faults.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    Ok(show_as(status, &ReferralPage { page, panes, form }))
}
