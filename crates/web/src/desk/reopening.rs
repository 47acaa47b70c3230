//! Reopening: an administrator opens a closed letter again, with a reason that its sender reads.

use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use pishkhan_office::dispatch;
use pishkhan_office::ids::LetterId;
use pishkhan_office::letters::{self, Act, ReopenError};
use pishkhan_office::words::Words;

use super::asked::{self, Named};
use super::conflict;
use super::panes::Panes;
use super::remark::said_fault;
use super::sms::{self, Sms};
use crate::form::Posted;
use crate::layout::{Fault, Page, show_as};
use crate::links;
use crate::problem::Problem;
use crate::who::Administrator;

#[derive(Template)]
#[template(path = "desk/reopening.html")]
struct ReopeningPage {
    page: Page,
    panes: Panes,
    text: String,
    sms: Sms,
    faults: Vec<Fault>,
}

pub async fn show(administrator: Administrator, Named(id): Named) -> Result<Response, Problem> {
    dialog(&administrator, &id, "", Vec::new()).await
}

pub async fn create(
    administrator: Administrator,
    Named(id): Named,
    Posted(fields): Posted,
) -> Result<Response, Problem> {
    let seen = asked::seen(&fields)?;
    let text = fields.get("text");
    let page = administrator.page("tray");
    let rules = &administrator.app.rules;
    let mut tx = administrator.begin().await?;
    let fault = match letters::reopen(&mut tx, rules, &administrator.actor, &id, seen, text).await {
        Ok(_) => {
            tx.commit().await?;
            return Ok(links::desk_after_reopening(&id).see_other());
        }
        Err(ReopenError::NotOnDesk) => {
            drop(tx);
            return reopened_before(&administrator, &id).await;
        }
        Err(ReopenError::Stale(_) | ReopenError::NotClosed(_)) => {
            drop(tx);
            return match conflict::page(&administrator, page, &administrator.actor, &id, text).await {
                Err(Problem::NotFound) => reopened_before(&administrator, &id).await,
                said => said,
            };
        }
        Err(ReopenError::Said(error)) => said_fault(&page, "text", error),
        Err(ReopenError::Store(error)) => return Err(error.into()),
    };
    drop(tx);
    dialog(&administrator, &id, text, vec![fault]).await
}

/// Whoever pressed twice has reopened it by then, or another administrator has, and they see it no more; the note says which of the two. Else
/// there is no such letter for them.
async fn reopened_before(administrator: &Administrator, id: &LetterId) -> Result<Response, Problem> {
    // In the writer's turn, and committed with what was done there: the note's page reads it.
    let mut tx = administrator.begin().await?;
    let is_reopened = letters::is_reopened(&mut tx, &administrator.actor, id).await?;
    tx.commit().await?;
    if is_reopened { Ok(links::desk_after_reopening(id).see_other()) } else { Err(Problem::NotFound) }
}

async fn dialog(
    administrator: &Administrator,
    id: &LetterId,
    text: &str,
    faults: Vec<Fault>,
) -> Result<Response, Problem> {
    let page = administrator.page("tray");
    let mut tx = administrator.read().await?;
    let Some(panes) = Panes::behind(&mut tx, &page, &administrator.actor, id, Act::Reopen).await? else {
        drop(tx);
        return conflict::page(administrator, page, &administrator.actor, id, text).await;
    };
    let mark = dispatch::mark(&panes.letter)?;
    let words = Words::of(panes.sender_language());
    let draft = dispatch::reopened(words, &mark, administrator.organisation.host());
    let sms = sms::preview(&mut tx, &page, &draft).await?;
    let dialog = ReopeningPage { page, panes, text: text.to_owned(), sms, faults };
    let status = if dialog.faults.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    Ok(show_as(status, &dialog))
}
