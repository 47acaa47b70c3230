//! Assigning: who should review the letter.

use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use pishkhan_office::accounts::staff::{self, StaffError};
use pishkhan_office::actor::Role;
use pishkhan_office::ids::{LetterId, StaffId};
use pishkhan_office::letters::{self, Act, AssignError};

use super::asked::{self, Named};
use super::conflict;
use super::panes::Panes;
use super::unrecorded::Unrecorded;
use super::within;
use crate::form::Posted;
use crate::layout::{Fault, Page, show_as};
use crate::links;
use crate::problem::Problem;
use crate::who::Reviewer;

#[derive(Template)]
#[template(path = "desk/assignment.html")]
struct AssignmentPage {
    page: Page,
    panes: Panes,
    reviewers: Vec<Choosable>,
    is_open: bool,
    faults: Vec<Fault>,
}

struct Choosable {
    value: String,
    name: String,
    is_chosen: bool,
}

pub async fn show(reviewer: Reviewer, Named(id): Named) -> Result<Response, Problem> {
    dialog(&reviewer, &id, None, None).await
}

pub async fn create(reviewer: Reviewer, Named(id): Named, Posted(fields): Posted) -> Result<Response, Problem> {
    let seen = asked::seen(&fields)?;
    let typed = fields.get("staff");
    let to = match typed {
        "" => None,
        text => Some(StaffId::parse(text).ok_or(Problem::BadRequest)?),
    };
    let mut tx = reviewer.begin().await?;
    let fault = match letters::assign(&mut tx, &reviewer.actor, &id, seen, to.as_ref()).await {
        Ok(_) => {
            tx.commit().await?;
            return Ok(within::keeping(&reviewer.page("tray"), &reviewer.actor, links::desk_letter(&id)).see_other());
        }
        Err(AssignError::NotOnDesk) => return Err(Problem::NotFound),
        Err(AssignError::Stale(_) | AssignError::NotUnderReview(_)) => {
            drop(tx);
            return too_late(&reviewer, &id, Some(typed)).await;
        }
        Err(AssignError::NoReviewer) => "assignment-nobody",
        Err(AssignError::NotCleared) => "assignment-not-cleared",
        Err(AssignError::Store(error)) => return Err(error.into()),
    };
    drop(tx);
    dialog(&reviewer, &id, Some(typed), Some(fault)).await
}

/// The letter as it is now, with the reviewer who was chosen for it.
async fn too_late(reviewer: &Reviewer, id: &LetterId, typed: Option<&str>) -> Result<Response, Problem> {
    let page = reviewer.page("tray");
    let name = match (typed, typed.and_then(StaffId::parse)) {
        (_, Some(to)) => staff::name_of(&mut reviewer.read().await?, &to).await?.unwrap_or_default(),
        (Some(_), None) => page.t("assignment-anybody").to_owned(),
        (None, None) => String::new(),
    };
    let unrecorded = Unrecorded::default().choosing(page.t("assignment-reviewer"), name);
    conflict::page(reviewer, page, &reviewer.actor, id, unrecorded).await
}

async fn dialog(
    reviewer: &Reviewer,
    id: &LetterId,
    typed: Option<&str>,
    fault: Option<&'static str>,
) -> Result<Response, Problem> {
    let page = reviewer.page("tray");
    let mut tx = reviewer.read().await?;
    let Some(panes) = Panes::behind(&mut tx, &page, &reviewer.actor, id, Act::Register).await? else {
        drop(tx);
        return too_late(reviewer, id, typed).await;
    };
    let now = panes.letter.reviewer.as_ref().map(StaffId::to_string).unwrap_or_default();
    let chosen = typed.unwrap_or(&now);
    let members = staff::list(&mut tx).await.map_err(|error| match error {
        StaffError::Store(error) => Problem::from(error),
        _ => Problem::NotFound,
    })?;
    let reviewers = members
        .into_iter()
        .filter(|member| member.disabled_at.is_none() && member.staff.has(Role::Reviewer))
        .map(|member| Choosable {
            value: member.staff.id.to_string(),
            is_chosen: member.staff.id.as_str() == chosen,
            name: member.staff.name,
        })
        .collect();
    let dialog = AssignmentPage {
        is_open: chosen.is_empty(),
        reviewers,
        faults: fault.map(|key| Fault { field: "staff-0", text: page.t(key).to_owned() }).into_iter().collect(),
        panes,
        page,
    };
    let status = if dialog.faults.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    Ok(show_as(status, &dialog))
}
