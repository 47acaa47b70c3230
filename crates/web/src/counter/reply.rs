//! Replying to the unit's question.

use axum::http::StatusCode;
use axum::response::Response;
use pishkhan_office::ids::LetterId;
use pishkhan_office::letters::{self, ReplyError};
use pishkhan_office::messages::{self, Kind};

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
    let seen = upload.fields.get("version").parse().map_err(|_| Problem::BadRequest)?;
    let written = thread::written(&upload);
    let mut tx = sender.begin().await?;
    let key = match letters::reply(&mut tx, &sender.actor, &id, seen, &written).await {
        Ok(_) => {
            tx.commit().await?;
            return Ok(links::letter(&id).at("thread").see_other());
        }
        Err(ReplyError::NoLetter) => return Err(Problem::NotFound),
        Err(ReplyError::Unsaid(why)) => {
            drop(tx);
            return thread::unsaid(&sender, &id, &upload, why).await;
        }
        Err(ReplyError::Stale(_)) => "thread-stale",
        Err(ReplyError::NotAsked(_)) => "thread-not-asked",
        Err(ReplyError::Store(error)) => return Err(error.into()),
    };
    // Whoever presses twice, as on a slow line, must not think that it was not taken. What refused it here may be on its way to the disk still, where no
    // other reader sees it.
    let is_said = messages::has_just_said(&mut tx, &sender.actor, &id, Kind::Reply, &written).await?;
    drop(tx);
    if is_said {
        return Ok(links::letter(&id).at("thread").see_other());
    }
    let text = sender.words.t(key).to_owned();
    thread::again(&sender, &id, StatusCode::CONFLICT, &upload, "thread-text", vec![text]).await
}
