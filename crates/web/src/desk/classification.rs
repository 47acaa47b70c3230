//! Classifying: who may see the letter, and how pressing it is.

use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use pishkhan_office::ids::LetterId;
use pishkhan_office::letters::{self, Classification, ClassifyError, Priority};

use super::asked::{self, Named};
use super::panes::Panes;
use super::unrecorded::Unrecorded;
use super::{beside, conflict, within};
use crate::form::Posted;
use crate::layout::{Fault, Page, show_as};
use crate::links;
use crate::problem::Problem;
use crate::who::Staff;

#[derive(Template)]
#[template(path = "desk/classification.html")]
struct ClassificationPage {
    page: Page,
    panes: Panes,
    classification: Classification,
    priority: Priority,
    faults: Vec<Fault>,
}

pub async fn show(staff: Staff, Named(id): Named) -> Result<Response, Problem> {
    dialog(&staff, &id, None, None).await
}

pub async fn create(staff: Staff, Named(id): Named, Posted(fields): Posted) -> Result<Response, Problem> {
    let seen = asked::seen(&fields)?;
    let classification = Classification::parse(fields.get("classification")).ok_or(Problem::BadRequest)?;
    let priority = Priority::parse(fields.get("priority")).ok_or(Problem::BadRequest)?;
    let chosen = Some((classification, priority));
    let mut tx = staff.begin().await?;
    match letters::classify(&mut tx, &staff.actor, &id, seen, classification, priority).await {
        Ok(_) => {
            tx.commit().await?;
            Ok(within::keeping(&staff.page("tray"), &staff.actor, links::desk_letter(&id)).see_other())
        }
        Err(ClassifyError::NotOnDesk) => Err(Problem::NotFound),
        Err(ClassifyError::Stale(_)) => {
            drop(tx);
            let page = staff.page("tray");
            let unrecorded = Unrecorded::default()
                .choosing(page.t("classification-title"), page.t(beside::word_of(classification)))
                .choosing(page.t("priority-title"), page.t(beside::word_of_priority(priority)));
            conflict::page(&staff, page, &staff.actor, &id, unrecorded).await
        }
        Err(ClassifyError::AboveClearance) => {
            drop(tx);
            let fault = staff.page("tray").t("classification-above").to_owned();
            dialog(&staff, &id, chosen, Some(fault)).await
        }
        Err(ClassifyError::NotCleared(name)) => {
            drop(tx);
            let fault = staff.page("tray").words.a("classification-not-cleared", "name", name);
            dialog(&staff, &id, chosen, Some(fault)).await
        }
        Err(ClassifyError::Store(error)) => Err(error.into()),
    }
}

async fn dialog(
    staff: &Staff,
    id: &LetterId,
    chosen: Option<(Classification, Priority)>,
    fault: Option<String>,
) -> Result<Response, Problem> {
    let page = staff.page("tray");
    let mut tx = staff.read().await?;
    let panes = Panes::find(&mut tx, &page, &staff.actor, id).await?;
    if !panes.beside.can_classify {
        return Err(Problem::NotFound);
    }
    let faults: Vec<Fault> = fault.map(|text| Fault { field: "classification-1", text }).into_iter().collect();
    let status = if faults.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let panes = Panes { is_covered: true, ..panes };
    let (classification, priority) = chosen.unwrap_or((panes.letter.classification, panes.letter.priority));
    Ok(show_as(status, &ClassificationPage { page, panes, classification, priority, faults }))
}

impl ClassificationPage {
    fn classifications(&self) -> Vec<(&'static str, &'static str, bool)> {
        beside::classifications(&self.page, self.classification)
    }

    fn priorities(&self) -> Vec<(&'static str, &'static str, bool)> {
        beside::priorities(&self.page, Some(self.priority))
    }
}
