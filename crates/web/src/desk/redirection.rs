//! Redirecting: the letter goes to another unit than its sender chose, and stays under review.

use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use pishkhan_office::ids::{LetterId, UnitId};
use pishkhan_office::letters::{self, Act, RedirectError};
use pishkhan_office::units;

use super::asked::{self, Named};
use super::panes::Panes;
use super::unrecorded::{Unrecorded, unit_name};
use super::{conflict, next};
use crate::form::Posted;
use crate::layout::{Fault, Page, show_as};
use crate::problem::Problem;
use crate::who::Reviewer;

#[derive(Template)]
#[template(path = "desk/redirection.html")]
struct RedirectionPage {
    page: Page,
    panes: Panes,
    units: Vec<Choosable>,
    faults: Vec<Fault>,
}

/// A unit beside its button.
struct Choosable {
    value: String,
    name: String,
    is_chosen: bool,
    key: Option<char>,
}

pub async fn show(reviewer: Reviewer, Named(id): Named) -> Result<Response, Problem> {
    dialog(&reviewer, &id, "", None).await
}

pub async fn create(reviewer: Reviewer, Named(id): Named, Posted(fields): Posted) -> Result<Response, Problem> {
    let seen = asked::seen(&fields)?;
    let typed = fields.get("unit");
    let unit = match typed {
        "" => None,
        text => Some(UnitId::parse(text).ok_or(Problem::BadRequest)?),
    };
    let mut tx = reviewer.begin().await?;
    let fault = match letters::redirect(&mut tx, &reviewer.actor, &id, seen, unit.as_ref()).await {
        Ok(letter) => {
            tx.commit().await?;
            let there =
                next::after_review(&mut reviewer.read().await?, &reviewer.page("tray"), &reviewer.actor, &letter)
                    .await?;
            return Ok(there.see_other());
        }
        Err(RedirectError::NotOnDesk) => return Err(Problem::NotFound),
        Err(RedirectError::Stale(_) | RedirectError::NotUnderReview(_)) => {
            drop(tx);
            return too_late(&reviewer, &id, typed).await;
        }
        Err(RedirectError::NoUnit) => "desk-redirection-no-unit",
        Err(RedirectError::SameUnit) => "desk-redirection-same-unit",
        Err(RedirectError::Store(error)) => return Err(error.into()),
    };
    drop(tx);
    dialog(&reviewer, &id, typed, Some(fault)).await
}

/// The letter as it is now, with the unit that was chosen for it.
async fn too_late(reviewer: &Reviewer, id: &LetterId, typed: &str) -> Result<Response, Problem> {
    let page = reviewer.page("tray");
    let unit = match UnitId::parse(typed) {
        Some(unit) => unit_name(&mut reviewer.read().await?, &page, &unit).await?,
        None => String::new(),
    };
    let unrecorded = Unrecorded::default().choosing(page.t("desk-unit"), unit);
    conflict::page(reviewer, page, &reviewer.actor, id, unrecorded).await
}

async fn dialog(
    reviewer: &Reviewer,
    id: &LetterId,
    typed: &str,
    fault: Option<&'static str>,
) -> Result<Response, Problem> {
    let page = reviewer.page("tray");
    let mut tx = reviewer.read().await?;
    let Some(panes) = Panes::behind(&mut tx, &page, &reviewer.actor, id, Act::Redirect).await? else {
        drop(tx);
        return too_late(reviewer, id, typed).await;
    };
    let keys = ('1'..='9').map(Some).chain(std::iter::repeat(None));
    let others = units::list_open(&mut tx).await?.into_iter().filter(|unit| unit.id != panes.unit.id);
    let units = others.zip(keys).map(|(unit, key)| Choosable {
        name: unit.name_in(page.words.language).to_owned(),
        is_chosen: unit.id.as_str() == typed,
        value: unit.id.to_string(),
        key,
    });
    let dialog = RedirectionPage {
        units: units.collect(),
        faults: fault.map(|key| Fault { field: "unit-1", text: page.t(key).to_owned() }).into_iter().collect(),
        panes,
        page,
    };
    let status = if dialog.faults.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    Ok(show_as(status, &dialog))
}
