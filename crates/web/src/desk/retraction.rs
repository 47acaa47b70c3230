//! Retraction: the officer takes a proposed answer back before it is signed.

use askama::Template;
use axum::response::Response;
use pishkhan_office::letters::{self, Act, RetractError};

use super::asked::{self, Named};
use super::conflict;
use super::panes::Panes;
use super::within;
use crate::form::Posted;
use crate::layout::{Page, show as show_page};
use crate::links;
use crate::problem::Problem;
use crate::who::Officer;

#[derive(Template)]
#[template(path = "desk/retraction.html")]
struct RetractionPage {
    page: Page,
    panes: Panes,
}

pub async fn show(officer: Officer, Named(id): Named) -> Result<Response, Problem> {
    let page = officer.page("tray");
    let mut tx = officer.read().await?;
    let Some(panes) = Panes::behind(&mut tx, &page, &officer.actor, &id, Act::Retract).await? else {
        drop(tx);
        return conflict::page(&officer, page, &officer.actor, &id, "").await;
    };
    Ok(show_page(&RetractionPage { page, panes }))
}

pub async fn create(officer: Officer, Named(id): Named, Posted(fields): Posted) -> Result<Response, Problem> {
    let seen = asked::seen(&fields)?;
    let mut tx = officer.begin().await?;
    match letters::retract(&mut tx, &officer.actor, &id, seen).await {
        Ok(_) => {
            tx.commit().await?;
            Ok(within::keeping(&officer.page("tray"), &officer.actor, links::desk_letter(&id)).telling(&id).see_other())
        }
        Err(RetractError::NotOnDesk) => Err(Problem::NotFound),
        Err(RetractError::Stale(_) | RetractError::NotProposed(_) | RetractError::NotYours) => {
            drop(tx);
            conflict::page(&officer, officer.page("tray"), &officer.actor, &id, "").await
        }
        Err(RetractError::Store(error)) => Err(error.into()),
    }
}
