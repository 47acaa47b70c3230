//! The representation of a letter's sender: a reviewer renews it by a new paper, or ends it.

use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use pishkhan_office::ids::LetterId;
use pishkhan_office::letters::{self, RepresentationError, RepresentationFault, Representative};

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
#[template(path = "desk/representative.html")]
struct RepresentativePage {
    page: Page,
    panes: Panes,
    /// Paper and last day, as they stand in the form.
    given: Representative,
    faults: Vec<Fault>,
}

pub async fn show(reviewer: Reviewer, Named(id): Named) -> Result<Response, Problem> {
    dialog(&reviewer, &id, None, Vec::new()).await
}

/// Renews it, or ends it.
pub async fn create(reviewer: Reviewer, Named(id): Named, Posted(fields): Posted) -> Result<Response, Problem> {
    let seen = asked::seen(&fields)?;
    let (paper, until) = (fields.get("paper"), fields.get("until"));
    let mut tx = reviewer.begin().await?;
    let is_end = fields.get("next") == "end";
    let done = if is_end {
        letters::end_representation(&mut tx, &reviewer.actor, &id, seen).await
    } else {
        letters::renew_representation(&mut tx, &reviewer.actor, &id, seen, paper, until).await
    };
    let faults = match done {
        Ok(_) => {
            tx.commit().await?;
            return Ok(within::keeping(&reviewer.page("tray"), &reviewer.actor, links::desk_letter(&id)).see_other());
        }
        Err(RepresentationError::NotOnDesk) => return Err(Problem::NotFound),
        Err(RepresentationError::Stale(_)) => {
            drop(tx);
            let page = reviewer.page("tray");
            let unrecorded = if is_end {
                Unrecorded::default().choosing(page.t("representative-renew-title"), page.t("representative-end"))
            } else {
                let with_paper = Unrecorded::default().choosing(page.t("representative-paper"), paper);
                with_paper.choosing(page.t("representative-until"), until)
            };
            return conflict::page(&reviewer, page, &reviewer.actor, &id, unrecorded).await;
        }
        Err(RepresentationError::Unfit(faults)) => faults,
        Err(RepresentationError::Store(error)) => return Err(error.into()),
    };
    drop(tx);
    let typed = Representative { paper: paper.to_owned(), until: until.to_owned(), ..Representative::default() };
    let page = reviewer.page("tray");
    dialog(&reviewer, &id, Some(typed), faults.into_iter().map(|fault| said(&page, fault)).collect()).await
}

fn said(page: &Page, fault: RepresentationFault) -> Fault {
    let (field, key) = match fault {
        RepresentationFault::NoPaper => ("paper", "representative-no-paper"),
        RepresentationFault::LongPaper => ("paper", "representative-long-paper"),
        RepresentationFault::NoDay => ("until", "representative-no-date"),
        RepresentationFault::Passed => ("until", "representative-expired"),
    };
    Fault { field, text: page.t(key).to_owned() }
}

impl RepresentativePage {
    fn fault(&self, field: &str) -> Option<&str> {
        Fault::of(&self.faults, field)
    }
}

async fn dialog(
    reviewer: &Reviewer,
    id: &LetterId,
    typed: Option<Representative>,
    faults: Vec<Fault>,
) -> Result<Response, Problem> {
    let page = reviewer.page("tray");
    let panes = Panes::find(&mut reviewer.read().await?, &page, &reviewer.actor, id).await?;
    let representative = panes.letter.content.representative.clone().ok_or(Problem::NotFound)?;
    let given = typed.unwrap_or(representative);
    let status = if faults.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let panes = Panes { is_covered: true, ..panes };
    Ok(show_as(status, &RepresentativePage { page, panes, given, faults }))
}
