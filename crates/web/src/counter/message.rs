//! Writing about a registered letter, unasked.

use axum::http::StatusCode;
use axum::response::Response;
use pishkhan_office::ids::LetterId;
use pishkhan_office::messages::{self, SendError};

use super::addition;
use super::asked::Named;
use super::thread;
use crate::form::Upload;
use crate::links;
use crate::problem::Problem;
use crate::who::Sender;

/// Asked for by its address, as when a page of faults is opened once more: the letter's page has the form.
pub async fn show(sender: Sender, named: Named) -> Result<Response, Problem> {
    addition::show(sender, named).await
}

pub async fn create(sender: Sender, Named(letter): Named, upload: Upload) -> Result<Response, Problem> {
    let id = LetterId::parse(&letter).ok_or(Problem::NotFound)?;
    addition::find(&sender, &id).await?;
    if let Some(response) = thread::refused_files(&sender, &id, &upload).await? {
        return Ok(response);
    }
    let written = thread::written(&upload);
    let mut tx = sender.begin().await?;
    let sent = messages::send(&mut tx, &sender.app.rules, &sender.actor, &id, &written).await;
    let (status, text) = match sent {
        Ok(_) => {
            tx.commit().await?;
            return Ok(links::letter(&id).at("thread").see_other());
        }
        Err(SendError::Twice) => return Ok(links::letter(&id).at("thread").see_other()),
        Err(SendError::NoLetter) => return Err(Problem::NotFound),
        Err(SendError::Unsaid(why)) => {
            drop(tx);
            return thread::unsaid(&sender, &id, &upload, why).await;
        }
        Err(SendError::Closed) => (StatusCode::CONFLICT, sender.words.t("thread-closed").to_owned()),
        Err(SendError::TooMany { until }) => {
            let time = sender.page("").again_when(&until);
            (StatusCode::TOO_MANY_REQUESTS, sender.words.a("thread-too-many", "time", time))
        }
        Err(SendError::Store(error)) => return Err(error.into()),
    };
    drop(tx);
    thread::again(&sender, &id, status, &upload, "thread-text", vec![text]).await
}
