//! Undoing: the decision of a moment ago is taken back, by the button of the note that tells of it.

use axum::response::Response;
use pishkhan_office::letters::{self, UndoError};

use super::asked::{self, Named};
use super::conflict;
use super::within;
use crate::form::Posted;
use crate::links;
use crate::problem::Problem;
use crate::who::Staff;

pub async fn create(staff: Staff, Named(id): Named, Posted(fields): Posted) -> Result<Response, Problem> {
    let seen = asked::seen(&fields)?;
    let page = staff.page("tray");
    let mut tx = staff.begin().await?;
    let seconds = staff.app.rules.letters.undo.as_secs();
    let why = match letters::undo(&mut tx, &staff.app.rules, &staff.actor, &id, seen).await {
        Ok(letter) => {
            tx.commit().await?;
            return Ok(within::keeping(&page, &staff.actor, links::desk_letter(&id)).telling(&letter.id).see_other());
        }
        Err(UndoError::NotOnDesk) => return Err(Problem::NotFound),
        Err(UndoError::Store(error)) => return Err(error.into()),
        Err(UndoError::Stale(_) | UndoError::NotDecided(_)) => None,
        Err(UndoError::NotYours) => Some(page.words.n("undoing-not-yours", seconds)),
        Err(UndoError::TooLate) => Some(page.words.n("undoing-too-late", seconds)),
        Err(UndoError::Seen) => Some(page.t("undoing-seen").to_owned()),
    };
    drop(tx);
    let said = why.clone().unwrap_or_else(|| page.t("undoing-moved-on").to_owned());
    let refused = match why {
        None => conflict::page(&staff, page, &staff.actor, &id, "").await,
        Some(text) => conflict::saying(&staff, page, &staff.actor, &id, text, "").await,
    };
    match refused {
        // Whoever reopened the letter sees it no more, nor who did what there.
        Err(Problem::NotFound) => Err(Problem::Stands { why: said }),
        refused => refused,
    }
}
