//! Closing: the officer closes an answered letter, and goes back to what is in hand.

use askama::Template;
use axum::response::Response;
use pishkhan_office::letters::{self, Act, CloseError, Tray};

use super::asked::{self, Named};
use super::panes::Panes;
use super::{conflict, row};
use crate::form::Posted;
use crate::layout::{Page, show as show_page};
use crate::links;
use crate::problem::Problem;
use crate::who::Officer;

#[derive(Template)]
#[template(path = "desk/closing.html")]
struct ClosingPage {
    page: Page,
    panes: Panes,
}

pub async fn show(officer: Officer, Named(id): Named) -> Result<Response, Problem> {
    let page = officer.page("tray");
    let mut tx = officer.read().await?;
    let Some(panes) = Panes::behind(&mut tx, &page, &officer.actor, &id, Act::Close).await? else {
        drop(tx);
        return conflict::page(&officer, page, &officer.actor, &id, "").await;
    };
    Ok(show_page(&ClosingPage { page, panes }))
}

pub async fn create(officer: Officer, Named(id): Named, Posted(fields): Posted) -> Result<Response, Problem> {
    let seen = asked::seen(&fields)?;
    let mut tx = officer.begin().await?;
    match letters::close(&mut tx, &officer.actor, &id, seen).await {
        Ok(_) => {
            tx.commit().await?;
            let tray = links::desk_tray(row::tray_name(Tray::Mine), None);
            Ok(tray.telling(&id).see_other())
        }
        Err(CloseError::NotOnDesk) => Err(Problem::NotFound),
        Err(CloseError::Stale(_) | CloseError::NotAnswered(_)) => {
            drop(tx);
            conflict::page(&officer, officer.page("tray"), &officer.actor, &id, "").await
        }
        Err(CloseError::Store(error)) => Err(error.into()),
    }
}
