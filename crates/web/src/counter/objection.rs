//! Objecting: within its window, the sender asks for an answer or a rejection to be decided again, one level up.

use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use pishkhan_office::ids::LetterId;
use pishkhan_office::ledger;
use pishkhan_office::letters::{self, Letter, NoObjection, OBJECTION_CHARACTERS, ObjectError};

use super::asked::Named;
use crate::form::Posted;
use crate::layout::{Fault, Page, show_as};
use crate::links;
use crate::problem::Problem;
use crate::who::Sender;

#[derive(Template)]
#[template(path = "counter/objection.html")]
struct ObjectionPage {
    page: Page,
    letter: Letter,
    /// Until when; None when nobody may object (any more).
    until: Option<String>,
    /// Why the form is as it is: closed, or shown again because the letter has changed.
    told: Option<String>,
    text: String,
    faults: Vec<Fault>,
}

pub async fn show(sender: Sender, Named(letter): Named) -> Result<Response, Problem> {
    let id = LetterId::parse(&letter).ok_or(Problem::NotFound)?;
    page(&sender, &id, "", None, Vec::new()).await
}

pub async fn create(sender: Sender, Named(letter): Named, Posted(fields): Posted) -> Result<Response, Problem> {
    let id = LetterId::parse(&letter).ok_or(Problem::NotFound)?;
    let text = fields.get("text");
    let words = sender.words;
    let seen = fields.get("version").parse().map_err(|_| Problem::BadRequest)?;
    let mut tx = sender.begin().await?;
    let fault = match letters::object(&mut tx, &sender.app.rules, &sender.actor, &id, seen, text).await {
        Ok(_) => {
            tx.commit().await?;
            return Ok(links::letter(&id).at("status").see_other());
        }
        Err(ObjectError::NoLetter) => return Err(Problem::NotFound),
        Err(ObjectError::Stale(_)) => {
            drop(tx);
            return page(&sender, &id, text, Some(words.t("objection-stale")), Vec::new()).await;
        }
        Err(ObjectError::Closed(_) | ObjectError::WrongState(_)) => {
            drop(tx);
            return page(&sender, &id, text, None, Vec::new()).await;
        }
        Err(ObjectError::Nothing) => words.t("objection-nothing").to_owned(),
        Err(ObjectError::Long) => words.a("said-long", "most", sender.page("").number(OBJECTION_CHARACTERS as u64)),
        Err(ObjectError::Store(error)) => return Err(error.into()),
    };
    drop(tx);
    page(&sender, &id, text, None, vec![Fault { field: "text", text: fault }]).await
}

async fn page(
    sender: &Sender,
    id: &LetterId,
    text: &str,
    stale: Option<&str>,
    faults: Vec<Fault>,
) -> Result<Response, Problem> {
    super::letter::see(sender, id).await?;
    let mut tx = sender.read().await?;
    let letter = letters::find_own(&mut tx, &sender.actor.id, id).await?;
    let letter = letter.filter(|letter| letter.state.submission().is_some()).ok_or(Problem::NotFound)?;
    let page = sender.page("letters");
    let window = letters::objection_window(&letter, &ledger::of_letter(&mut tx, id).await?, page.now);
    let (until, status, closed) = match window {
        Ok(until) => (Some(page.when(&until)), StatusCode::OK, None),
        Err(NoObjection::NotDecided) => (None, StatusCode::CONFLICT, Some("objection-not-decided")),
        Err(NoObjection::Pending) => (None, StatusCode::CONFLICT, Some("objection-pending")),
        Err(NoObjection::Second) => (None, StatusCode::CONFLICT, Some("objection-second")),
        Err(NoObjection::TooLate) => (None, StatusCode::CONFLICT, Some("objection-too-late")),
    };
    let status = match (status, stale) {
        (StatusCode::OK, Some(_)) => StatusCode::CONFLICT,
        (StatusCode::OK, None) if !faults.is_empty() => StatusCode::UNPROCESSABLE_ENTITY,
        (status, _) => status,
    };
    let told = closed.map(|key| page.t(key)).or(stale).map(ToOwned::to_owned);
    Ok(show_as(status, &ObjectionPage { page, letter, until, told, text: text.to_owned(), faults }))
}
