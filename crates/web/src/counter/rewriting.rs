//! Writing a letter again that was rejected or lapsed: everything in it becomes a draft, and both lead to each other.

use axum::http::StatusCode;
use axum::response::Response;
use pishkhan_office::StoreError;
use pishkhan_office::Tx;
use pishkhan_office::ids::LetterId;
use pishkhan_office::letters::{self, Letter, State, WriteAgainError};
use pishkhan_office::senders;

use super::asked::Named;
use super::letter::{self, Notice, Said};
use crate::form::Posted;
use crate::links::{self, Link};
use crate::problem::Problem;
use crate::who::Sender;

/// What a letter's page says of the letters before and after it.
pub struct Again {
    /// Whether it may be written again; it wasn't yet.
    pub can_write: bool,
    /// The draft that was begun.
    pub draft: Option<Link>,
    /// The letter that it was sent again as.
    pub after: Option<Link>,
    /// The letter that it goes on from: address and subject.
    pub before: Option<(Link, String)>,
}

impl Again {
    /// None: there is nothing to say.
    pub async fn of(tx: &mut Tx, sender: &Sender, letter: &Letter) -> Result<Option<Again>, StoreError> {
        let before = match &letter.follows {
            Some(before) => find_before(tx, sender, before).await?,
            None => None,
        };
        let before = before.map(|before| (links::letter(&before.id), before.content.subject));
        let mut again = Again { can_write: false, draft: None, after: None, before };
        if letters::can_write_again(letter) {
            match letters::find_follower(tx, &sender.actor.id, &letter.id).await? {
                Some(after) if matches!(after.state, State::Draft) => again.draft = Some(links::edit_draft(&after.id)),
                Some(after) => again.after = Some(links::letter(&after.id)),
                None => again.can_write = true,
            }
        }
        let is_empty = !again.can_write && again.draft.is_none() && again.after.is_none() && again.before.is_none();
        Ok((!is_empty).then_some(again))
    }
}

/// The letter before, unless it is withheld on this device.
async fn find_before(tx: &mut Tx, sender: &Sender, id: &LetterId) -> Result<Option<Letter>, StoreError> {
    if senders::is_withheld(tx, &sender.app.rules, &sender.session, id).await? {
        return Ok(None);
    }
    letters::find_own(tx, &sender.actor.id, id).await
}

pub async fn create(sender: Sender, Named(letter): Named, Posted(_): Posted) -> Result<Response, Problem> {
    let id = LetterId::parse(&letter).ok_or(Problem::NotFound)?;
    let mut tx = sender.begin().await?;
    let key = match letters::write_again(&mut tx, &sender.app.rules, &sender.actor, &id).await {
        Ok(draft) => {
            tx.commit().await?;
            return Ok(links::edit_draft(&draft.id).see_other());
        }
        Err(WriteAgainError::Submitted(letter)) => return Ok(links::letter(&letter).see_other()),
        Err(WriteAgainError::NoLetter) => return Err(Problem::NotFound),
        Err(WriteAgainError::NotEnded(_)) => "rewriting-not-ended",
        Err(WriteAgainError::TooManyDrafts) => "draft-too-many",
        Err(WriteAgainError::Store(error)) => return Err(error.into()),
    };
    drop(tx);
    let notice = Notice { text: sender.words.t(key).to_owned(), typed: String::new() };
    letter::page_saying(&sender, &id, StatusCode::CONFLICT, Said { notice: Some(notice), ..Said::default() }).await
}
