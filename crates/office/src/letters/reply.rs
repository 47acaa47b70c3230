//! Replying: the sender answers the unit's question with words, files or both, and the house's clock goes on with what was left.

use pishkhan_store::{StoreError, Tx};

use super::letter::{Letter, Stale, Version, WrongState};
use super::rows;
use super::states::State;
use crate::ids::LetterId;
use crate::ledger::{self, Event, Who};
use crate::messages::{self, Author, Kind, Unsaid, Written};
use crate::senders::Sender;
use crate::{deadlines, dispatch, search};

#[derive(Debug, thiserror::Error)]
pub enum ReplyError {
    #[error("the sender has no such letter")]
    NoLetter,
    #[error(transparent)]
    Stale(#[from] Stale),
    #[error(transparent)]
    NotAsked(#[from] WrongState),
    #[error(transparent)]
    Unsaid(#[from] Unsaid),
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Replies to the question that the sender saw with the letter's version `seen`. As long as the letter has not lapsed it is never too
/// late.
pub async fn reply(
    tx: &mut Tx,
    sender: &Sender,
    id: &LetterId,
    seen: Version,
    written: &Written,
) -> Result<Letter, ReplyError> {
    reply_as(tx, sender, &Who::Sender(sender.id.clone()), id, seen, written).await
}

/// The same by whoever did it for the sender.
pub(crate) async fn reply_as(
    tx: &mut Tx,
    sender: &Sender,
    who: &Who,
    id: &LetterId,
    seen: Version,
    written: &Written,
) -> Result<Letter, ReplyError> {
    let letter = rows::find_own(tx, &sender.id, id).await?.ok_or(ReplyError::NoLetter)?;
    let State::AwaitingSender(_, registration, _, question) = &letter.state else { return Err(WrongState.into()) };
    letter.is_version(seen)?;
    messages::checked(written)?;
    let unit = letter.acting_unit().ok_or(StoreError::Unreadable("unit"))?;
    let now = tx.now();
    let answer_due = deadlines::resumed(tx, unit, registration.answer_due, question.at, now).await?;
    let mut letter = letter.replied(answer_due, now)?;
    rows::save(tx, &mut letter).await??;
    let author = Author::Sender(sender.id.clone());
    let message = messages::add(tx, id, Kind::Reply, &author, written).await??;
    let (files_sha256, due) = (written.digests(), Some(answer_due.0));
    let event = Event::LetterReplied { message: message.to_string(), files_sha256, due };
    ledger::record(tx, id, who, &event).await?;
    dispatch::no_longer_warned(tx, &letter).await?;
    search::index(tx, id).await?;
    Ok(letter)
}
