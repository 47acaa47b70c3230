//! Issuing: the signer gives the answer that an officer proposed, under its number.

use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use pishkhan_office::answers::{self, Places};
use pishkhan_office::ids::LetterId;
use pishkhan_office::letters::{self, Act, IssueError};
use pishkhan_office::{StoreError, units};

use super::answer_faults::text_faults;
use super::answer_form::{self, Numbered};
use super::asked::{self, Named};
use super::conflict;
use super::onward::Onward;
use super::panes::Panes;
use super::sms::Sms;
use crate::form::Posted;
use crate::layout::{Page, show_as};
use crate::problem::Problem;
use crate::who::Signer;

#[derive(Template)]
#[template(path = "desk/issue.html")]
struct IssuePage {
    page: Page,
    panes: Panes,
    /// As its sender will read it.
    text: String,
    numbered: Numbered,
    sms: Option<Sms>,
    /// Why it could not be done; nothing of it was.
    problems: Vec<String>,
}

pub async fn show(signer: Signer, Named(id): Named) -> Result<Response, Problem> {
    dialog(&signer, &id, StatusCode::OK, Vec::new()).await
}

pub async fn create(signer: Signer, Named(id): Named, Posted(fields): Posted) -> Result<Response, Problem> {
    let seen = asked::seen(&fields)?;
    let page = signer.page("tray");
    let onward = Onward::of(&mut signer.read().await?, &page, &signer.actor, &id).await?;
    let mut tx = signer.begin().await?;
    let (status, problems) = match letters::issue(&mut tx, &signer.app.rules, &signer.actor, &id, seen).await {
        Ok(_) => {
            tx.commit().await?;
            return Ok(onward.go_on(&mut signer.read().await?, &signer.actor).await?.see_other());
        }
        Err(IssueError::NotOnDesk) => return Err(Problem::NotFound),
        Err(IssueError::Stale(_) | IssueError::NotProposed(_)) => {
            drop(tx);
            return conflict::page(&signer, page, &signer.actor, &id, "").await;
        }
        Err(IssueError::OwnProposal) => {
            drop(tx);
            let text = page.t("issue-own-proposal").to_owned();
            return conflict::saying(&signer, page, &signer.actor, &id, text, "").await;
        }
        Err(IssueError::Text(error)) => {
            let faults = text_faults(&page, error)?;
            (StatusCode::UNPROCESSABLE_ENTITY, faults.into_iter().map(|fault| fault.text).collect())
        }
        Err(IssueError::ClockWentBack) => (StatusCode::SERVICE_UNAVAILABLE, vec![page.t("answer-clock").to_owned()]),
        Err(IssueError::Store(error)) => return Err(error.into()),
    };
    drop(tx);
    dialog(&signer, &id, status, problems).await
}

async fn dialog(
    signer: &Signer,
    id: &LetterId,
    status: StatusCode,
    mut problems: Vec<String>,
) -> Result<Response, Problem> {
    let page = signer.page("tray");
    let mut tx = signer.read().await?;
    let Some(panes) = Panes::behind(&mut tx, &page, &signer.actor, id, Act::Issue).await? else {
        let letter = letters::find_for_desk(&mut tx, &signer.actor, id).await?.ok_or(Problem::NotFound)?;
        let is_own = letters::needs_another_signer(&mut tx, &signer.actor, &letter).await?;
        drop(tx);
        if is_own {
            let text = page.t("issue-own-proposal").to_owned();
            return conflict::saying(signer, page, &signer.actor, id, text, "").await;
        }
        return conflict::page(signer, page, &signer.actor, id, "").await;
    };
    let unit = match panes.letter.acting_unit() {
        Some(unit) => units::find(&mut tx, unit).await?,
        None => None,
    };
    let unit = unit.ok_or(StoreError::Unreadable("unit"))?;
    let draft = panes.outcome.proposal.as_ref().map(|draft| draft.text.clone()).unwrap_or_default();
    let text = match answers::fill(&draft, &Places::of(&mut tx, &panes.letter, &unit).await?) {
        Ok(text) => text,
        Err(unknown) if problems.is_empty() => {
            problems.extend(text_faults(&page, unknown.into())?.into_iter().map(|fault| fault.text));
            draft
        }
        Err(_) => draft,
    };
    let numbered = answer_form::numbered(&mut tx, &page, &unit).await?;
    let host = signer.organisation.host();
    let sms = answer_form::message(&mut tx, &page, &panes, numbered.printed.as_deref(), host).await?;
    Ok(show_as(status, &IssuePage { page, panes, text, numbered, sms, problems }))
}
