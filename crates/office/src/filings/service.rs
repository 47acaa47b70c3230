//! Handing over an answer: a sender without a mobile gets it on paper, from a clerk, which is the last part of the proof of its service.

use pishkhan_store::{Moment, StoreError, Tx};

use super::could_be_said;
use crate::actor::Reviewer;
use crate::ids::LetterId;
use crate::ledger::Who;
use crate::letters::{Letter, Stale, Version, find_for_desk, open_answer_as, see_decision};
use crate::senders::{self, Sender};

/// Whether a clerk may hand this sender the answer to the letter: it has one, and they can't look at it on their own.
pub fn could_hand_answer(letter: &Letter, sender: &Sender, now: Moment) -> bool {
    letter.state.answer().is_some() && could_be_said(letter, sender, now)
}

#[derive(Debug, thiserror::Error)]
pub enum HandError {
    #[error("no such answer on this desk")]
    NoAnswer,
    /// What was printed may not be the answer any more.
    #[error(transparent)]
    Stale(#[from] Stale),
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Notes that the clerk handed over the answer of a letter that they saw in version `seen`, as [`crate::letters::open_answer`]; the event names
/// the clerk, and what the sender has seen is not taken back.
pub async fn hand_answer(tx: &mut Tx, clerk: &Reviewer, id: &LetterId, seen: Version) -> Result<(), HandError> {
    let letter = find_for_desk(tx, clerk, id).await?.ok_or(HandError::NoAnswer)?;
    let now = tx.now();
    let sender = senders::find(tx, &letter.sender).await?;
    let sender = sender.filter(|sender| could_be_said(&letter, sender, now)).ok_or(HandError::NoAnswer)?;
    letter.is_version(seen)?;
    if !could_hand_answer(&letter, &sender, now) {
        return Err(HandError::NoAnswer);
    }
    open_answer_as(tx, &sender, &Who::Staff(clerk.id.clone()), id).await?;
    see_decision(tx, &sender, id).await?;
    Ok(())
}
