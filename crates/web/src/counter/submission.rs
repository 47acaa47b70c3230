//! Submitting a draft that was checked; the receipt follows at once.

use axum::response::Response;
use pishkhan_office::ids::LetterId;
use pishkhan_office::letters::{self, SubmitError};

use super::asked::Named;
use super::binding;
use super::draft::{check_page, of_draft};
use super::draft_form::gap_faults;
use crate::form::Posted;
use crate::links;
use crate::problem::Problem;
use crate::who::Sender;

pub async fn create(sender: Sender, Named(draft): Named, Posted(fields): Posted) -> Result<Response, Problem> {
    let id = LetterId::parse(&draft).ok_or(Problem::NotFound)?;
    // A photo may have come in pieces since the form was saved. What is bound anew is looked at again, by its version.
    binding::settle(&sender, &id, false).await?;
    let mut tx = sender.begin().await?;
    let seen = fields.get("version").parse().map_err(|_| Problem::BadRequest)?;
    match letters::submit(&mut tx, &sender.app.rules, &sender.actor, &id, seen).await {
        Ok(letter) => {
            tx.commit().await?;
            Ok(links::receipt(&letter.id).see_other())
        }
        Err(SubmitError::NoDraft) => Err(Problem::NotFound),
        Err(SubmitError::TooMany { until }) => Err(Problem::TooMany { until }),
        Err(SubmitError::Store(error)) => Err(error.into()),
        Err(SubmitError::Incomplete(gaps)) => {
            drop(tx);
            let letter = found(&sender, &id).await?;
            let faults = gap_faults(&sender, &gaps);
            Ok(of_draft(&sender, &letter, letter.content.clone(), faults).await?.show())
        }
        Err(SubmitError::Stale(_)) => {
            drop(tx);
            let letter = found(&sender, &id).await?;
            if letter.state.submission().is_some() {
                // The other click was the one that did it.
                return Ok(links::receipt(&id).see_other());
            }
            check_page(&sender, letter, true).await
        }
    }
}

async fn found(sender: &Sender, id: &LetterId) -> Result<letters::Letter, Problem> {
    letters::find_own(&mut sender.read().await?, &sender.actor.id, id).await?.ok_or(Problem::NotFound)
}
