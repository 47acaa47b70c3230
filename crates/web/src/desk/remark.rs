//! Remarking: the signer sends a proposed answer back to its officer and says why.

use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use pishkhan_office::ids::LetterId;
use pishkhan_office::letters::{self, Act, REMARK_CHARACTERS, SaidError, SendBackError};

use super::asked::{self, Named};
use super::conflict;
use super::onward::Onward;
use super::panes::Panes;
use crate::form::Posted;
use crate::layout::{Fault, Page, show_as};
use crate::problem::Problem;
use crate::who::Signer;

#[derive(Template)]
#[template(path = "desk/remark.html")]
struct RemarkPage {
    page: Page,
    panes: Panes,
    text: String,
    faults: Vec<Fault>,
}

pub async fn show(signer: Signer, Named(id): Named) -> Result<Response, Problem> {
    dialog(&signer, &id, "", Vec::new()).await
}

pub async fn create(signer: Signer, Named(id): Named, Posted(fields): Posted) -> Result<Response, Problem> {
    let seen = asked::seen(&fields)?;
    let text = fields.get("text");
    let page = signer.page("tray");
    let onward = Onward::of(&mut signer.read().await?, &page, &signer.actor, &id).await?;
    let mut tx = signer.begin().await?;
    let fault = match letters::send_back(&mut tx, &signer.actor, &id, seen, text).await {
        Ok(_) => {
            tx.commit().await?;
            return Ok(onward.go_on(&mut signer.read().await?, &signer.actor).await?.see_other());
        }
        Err(SendBackError::NotOnDesk) => return Err(Problem::NotFound),
        Err(SendBackError::Stale(_) | SendBackError::NotProposed(_)) => {
            drop(tx);
            return conflict::page(&signer, page, &signer.actor, &id, text).await;
        }
        Err(SendBackError::Said(error)) => said_fault(&page, "text", error),
        Err(SendBackError::Store(error)) => return Err(error.into()),
    };
    drop(tx);
    dialog(&signer, &id, text, vec![fault]).await
}

/// What is wrong with the words that an act needs.
pub(super) fn said_fault(page: &Page, field: &'static str, error: SaidError) -> Fault {
    let text = match error {
        SaidError::Nothing => page.t("said-nothing").to_owned(),
        SaidError::Long => page.words.a("said-long", "most", page.number(REMARK_CHARACTERS as u64)),
    };
    Fault { field, text }
}

async fn dialog(signer: &Signer, id: &LetterId, text: &str, faults: Vec<Fault>) -> Result<Response, Problem> {
    let page = signer.page("tray");
    let mut tx = signer.read().await?;
    let Some(panes) = Panes::behind(&mut tx, &page, &signer.actor, id, Act::SendBack).await? else {
        drop(tx);
        return conflict::page(signer, page, &signer.actor, id, text).await;
    };
    let dialog = RemarkPage { page, panes, text: text.to_owned(), faults };
    let status = if dialog.faults.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    Ok(show_as(status, &dialog))
}
