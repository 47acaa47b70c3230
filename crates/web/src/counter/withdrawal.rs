//! Withdrawing a letter: the page that asks once more, with a reason if its sender likes, and doing it.

use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use pishkhan_office::ids::LetterId;
use pishkhan_office::letters::{self, Letter, WITHDRAWAL_CHARACTERS, WithdrawError};

use super::asked::Named;
use super::letter::{self, Notice, Said};
use crate::form::Posted;
use crate::layout::{Fault, Page, show_as};
use crate::links;
use crate::problem::Problem;
use crate::who::Sender;

#[derive(Template)]
#[template(path = "counter/withdrawal.html")]
struct WithdrawalPage {
    page: Page,
    letter: Letter,
    reason: String,
    /// It changed after the page was shown.
    is_stale: bool,
    faults: Vec<Fault>,
}

pub async fn show(sender: Sender, Named(letter): Named) -> Result<Response, Problem> {
    let id = LetterId::parse(&letter).ok_or(Problem::NotFound)?;
    ask(&sender, &id, StatusCode::OK, "", None).await
}

pub async fn create(sender: Sender, Named(letter): Named, Posted(fields): Posted) -> Result<Response, Problem> {
    let id = LetterId::parse(&letter).ok_or(Problem::NotFound)?;
    let reason = fields.get("reason");
    let mut tx = sender.begin().await?;
    let seen = fields.get("version").parse().map_err(|_| Problem::BadRequest)?;
    let result = letters::withdraw(&mut tx, &sender.actor, &id, seen, reason).await;
    match result {
        Ok(_) => {
            tx.commit().await?;
            Ok(links::letter(&id).see_other())
        }
        Err(WithdrawError::NoLetter) => Err(Problem::NotFound),
        Err(WithdrawError::Store(error)) => Err(error.into()),
        Err(WithdrawError::Stale(_)) => {
            drop(tx);
            ask(&sender, &id, StatusCode::CONFLICT, reason, None).await
        }
        Err(WithdrawError::NotOpen(_)) => {
            drop(tx);
            closed(&sender, &id, StatusCode::CONFLICT, reason).await
        }
        Err(WithdrawError::Long) => {
            drop(tx);
            let most = sender.page("").number(WITHDRAWAL_CHARACTERS as u64);
            let fault = Fault { field: "reason", text: sender.words.a("withdrawal-long", "most", most) };
            ask(&sender, &id, StatusCode::UNPROCESSABLE_ENTITY, reason, Some(fault)).await
        }
    }
}

/// The page that asks; the letter's own page when it can't be withdrawn (any more).
async fn ask(
    sender: &Sender,
    id: &LetterId,
    status: StatusCode,
    reason: &str,
    fault: Option<Fault>,
) -> Result<Response, Problem> {
    let is_stale = status == StatusCode::CONFLICT;
    let mut tx = if is_stale { sender.begin().await? } else { sender.read().await? };
    let letter = letters::find_own(&mut tx, &sender.actor.id, id).await?;
    drop(tx);
    let letter = letter.filter(|letter| letter.state.submission().is_some()).ok_or(Problem::NotFound)?;
    if !letters::can_withdraw(&letter) {
        return closed(sender, id, StatusCode::CONFLICT, reason).await;
    }
    let (page, faults) = (sender.page("letters"), fault.into_iter().collect());
    Ok(show_as(status, &WithdrawalPage { page, letter, reason: reason.to_owned(), is_stale, faults }))
}

async fn closed(sender: &Sender, id: &LetterId, status: StatusCode, reason: &str) -> Result<Response, Problem> {
    let text = sender.words.t("withdrawal-not-open").to_owned();
    let notice = Notice { text, typed: reason.trim().to_owned() };
    letter::page_saying(sender, id, status, Said { notice: Some(notice), ..Said::default() }).await
}
