//! Writing a letter again at the counter that was rejected or lapsed, for whoever has no mobile: everything in it is written down anew.

use axum::response::Response;
use pishkhan_office::filings::{self, BeginAgainError};

use super::asked::Named;
use super::conflict;
use crate::form::Posted;
use crate::links;
use crate::problem::Problem;
use crate::who::Reviewer;

pub async fn create(reviewer: Reviewer, Named(id): Named, Posted(_): Posted) -> Result<Response, Problem> {
    let mut tx = reviewer.begin().await?;
    let key = match filings::begin_again(&mut tx, &reviewer.app.rules, &reviewer.actor, &id).await {
        Ok(draft) => {
            tx.commit().await?;
            return Ok(links::desk_filing_form(&draft).see_other());
        }
        Err(BeginAgainError::Begun(draft)) => return Ok(links::desk_filing_form(&draft).see_other()),
        Err(BeginAgainError::Filed(letter)) => return Ok(links::desk_letter(&letter).see_other()),
        Err(BeginAgainError::NoLetter) => return Err(Problem::NotFound),
        Err(BeginAgainError::NotEnded(_)) => "filing-again-not-ended",
        Err(BeginAgainError::TooMany) => "filing-too-many",
        Err(BeginAgainError::Store(error)) => return Err(error.into()),
    };
    drop(tx);
    let page = reviewer.page("tray");
    let why = page.t(key).to_owned();
    conflict::saying(&reviewer, page, &reviewer.actor, &id, why, "").await
}
