//! Registering: the dialog shows the number and the message that will come of it, the act makes them true.

use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use pishkhan_office::ids::LetterId;
use pishkhan_office::letters::{self, Act, RegisterError};
use pishkhan_office::{StoreError, Tx, registry};

use super::asked::{self, Named};
use super::panes::Panes;
use super::sms::{self, Sms};
use super::status::Number;
use super::{conflict, next};
use crate::form::Posted;
use crate::layout::{Page, show_as};
use crate::problem::Problem;
use crate::who::Reviewer;

#[derive(Template)]
#[template(path = "desk/registration.html")]
struct RegistrationPage {
    page: Page,
    panes: Panes,
    number: Number,
    date: String,
    sms: Sms,
    /// Why it could not be done; nothing of it was.
    problem: Option<&'static str>,
}

pub async fn show(reviewer: Reviewer, Named(id): Named) -> Result<Response, Problem> {
    dialog(&reviewer, &id, StatusCode::OK, None).await
}

pub async fn create(reviewer: Reviewer, Named(id): Named, Posted(fields): Posted) -> Result<Response, Problem> {
    let seen = asked::seen(&fields)?;
    let mut tx = reviewer.begin().await?;
    let letter = match letters::register(&mut tx, &reviewer.app.rules, &reviewer.actor, &id, seen).await {
        Ok(letter) => letter,
        Err(RegisterError::NotOnDesk) => return Err(Problem::NotFound),
        Err(RegisterError::Stale(_) | RegisterError::NotUnderReview(_)) => {
            drop(tx);
            return conflict::page(&reviewer, reviewer.page("tray"), &reviewer.actor, &id, "").await;
        }
        Err(RegisterError::ClockWentBack) => {
            drop(tx);
            return dialog(&reviewer, &id, StatusCode::SERVICE_UNAVAILABLE, Some("desk-registration-clock")).await;
        }
        Err(RegisterError::Store(error)) => return Err(error.into()),
    };
    tx.commit().await?;
    let there =
        next::after_review(&mut reviewer.read().await?, &reviewer.page("tray"), &reviewer.actor, &letter).await?;
    Ok(there.see_other())
}

async fn dialog(
    reviewer: &Reviewer,
    id: &LetterId,
    status: StatusCode,
    problem: Option<&'static str>,
) -> Result<Response, Problem> {
    let page = reviewer.page("tray");
    let mut tx = reviewer.read().await?;
    let Some(panes) = Panes::behind(&mut tx, &page, &reviewer.actor, id, Act::Register).await? else {
        drop(tx);
        return conflict::page(reviewer, page, &reviewer.actor, id, "").await;
    };
    let (printed, number) = number(&mut tx, &page, &panes).await?;
    let sms = sms::registered(&mut tx, &page, panes.sender_language(), &printed).await?;
    let problem = problem.map(|key| page.t(key));
    let dialog = RegistrationPage { date: page.date(&page.now), page, panes, number, sms, problem };
    Ok(show_as(status, &dialog))
}

/// The number that a registration now would print: as the message has it, and as the page shows it.
async fn number(tx: &mut Tx, page: &Page, panes: &Panes) -> Result<(String, Number), Problem> {
    let printed = registry::preview(tx, &panes.unit).await?;
    let register = registry::find(tx, &panes.unit.register).await?.ok_or(StoreError::Unreadable("register"))?;
    let number = Number::of(page, &printed, register.direction);
    Ok((printed, number))
}
