//! Referring: to whom, what for, with which words, until when, and who is told of it besides.

use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use pishkhan_office::ids::LetterId;
use pishkhan_office::letters::{self, Act};

use super::asked::{self, Named};
use super::conflict;
use super::panes::Panes;
use super::ready;
use super::referral_form::{self, ReferralForm, Refused};
use super::within;
use crate::form::{Fields, Posted};
use crate::layout::{Fault, Page, show_as};
use crate::links;
use crate::problem::Problem;
use crate::who::Officer;

#[derive(Template)]
#[template(path = "desk/referral.html")]
struct ReferralPage {
    page: Page,
    panes: Panes,
    form: ReferralForm,
}

pub async fn show(officer: Officer, Named(id): Named) -> Result<Response, Problem> {
    dialog(&officer, &id, &Fields::default(), Vec::new()).await
}

pub async fn create(officer: Officer, Named(id): Named, Posted(fields): Posted) -> Result<Response, Problem> {
    if !ready::chosen(&fields).is_empty() {
        return dialog(&officer, &id, &fields, Vec::new()).await;
    }
    let seen = asked::seen(&fields)?;
    let page = officer.page("tray");
    let what = match referral_form::read(&page, &fields)? {
        Ok(what) => what,
        Err(faults) => return dialog(&officer, &id, &fields, faults).await,
    };
    let mut tx = officer.begin().await?;
    let Err(error) = letters::refer(&mut tx, &officer.app.rules, &officer.actor, &id, seen, &what).await else {
        tx.commit().await?;
        return there(&officer, &id).await;
    };
    drop(tx);
    match referral_form::refused(&page, error) {
        Refused::NotThere => Err(Problem::NotFound),
        Refused::Changed => too_late(&officer, &id, &fields).await,
        Refused::Fault(fault) => dialog(&officer, &id, &fields, vec![fault]).await,
        Refused::Store(error) => Err(error.into()),
    }
}

/// The letter's page, or the tray when the letter is out of this person's sight now.
async fn there(officer: &Officer, id: &LetterId) -> Result<Response, Problem> {
    let found = letters::find_for_desk(&mut officer.read().await?, &officer.actor, id).await?;
    let letter = || within::keeping(&officer.page("tray"), &officer.actor, links::desk_letter(id)).telling(id);
    let there = if found.is_some() { letter() } else { links::desk() };
    Ok(there.see_other())
}

/// The letter as it is now, with the whole form.
async fn too_late(officer: &Officer, id: &LetterId, typed: &Fields) -> Result<Response, Problem> {
    let page = officer.page("tray");
    let unrecorded = referral_form::unrecorded(&mut officer.read().await?, &page, typed).await?;
    conflict::page(officer, page, &officer.actor, id, unrecorded).await
}

async fn dialog(officer: &Officer, id: &LetterId, typed: &Fields, faults: Vec<Fault>) -> Result<Response, Problem> {
    let page = officer.page("tray");
    let mut tx = officer.read().await?;
    let Some(panes) = Panes::behind(&mut tx, &page, &officer.actor, id, Act::Refer).await? else {
        drop(tx);
        return too_late(officer, id, typed).await;
    };
    let panes = panes.having_seen(asked::seen(typed).ok());
    let field = panes.kept(links::desk_referrals(id)).at("text");
    let form =
        ReferralForm::of(&mut tx, &page, &officer.actor, panes.letter.classification, typed, faults, &field).await?;
    let status = if form.faults.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    Ok(show_as(status, &ReferralPage { page, panes, form }))
}
