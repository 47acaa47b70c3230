//! Undoing: the decision of a moment ago is taken back, by the button of the note that tells of it.

use axum::response::Response;
use pishkhan_office::letters::{self, UndoError};

use super::asked::{self, Named};
use super::conflict;
use super::within;
use crate::form::Posted;
use crate::links;
use crate::problem::Problem;
use crate::who::Reviewer;

pub async fn create(reviewer: Reviewer, Named(id): Named, Posted(fields): Posted) -> Result<Response, Problem> {
    let seen = asked::seen(&fields)?;
    let page = reviewer.page("tray");
    let mut tx = reviewer.begin().await?;
    let why = match letters::undo(&mut tx, &reviewer.app.rules, &reviewer.actor, &id, seen).await {
        Ok(letter) => {
            tx.commit().await?;
            return Ok(within::keeping(&page, &reviewer.actor, links::desk_letter(&id))
                .telling(&letter.id)
                .see_other());
        }
        Err(UndoError::NotOnDesk) => return Err(Problem::NotFound),
        Err(UndoError::Store(error)) => return Err(error.into()),
        Err(UndoError::Stale(_) | UndoError::NotDecided(_)) => None,
        Err(UndoError::NotYours) => Some("undoing-not-yours"),
        Err(UndoError::TooLate) => Some("undoing-too-late"),
    };
    drop(tx);
    match why {
        None => conflict::page(&reviewer, page, &reviewer.actor, &id, "").await,
        Some(key) => {
            let seconds = reviewer.app.rules.letters.undo.as_secs();
            let text = page.words.n(key, seconds);
            conflict::saying(&reviewer, page, &reviewer.actor, &id, text, "").await
        }
    }
}
