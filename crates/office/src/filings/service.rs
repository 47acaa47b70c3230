//! Handing over an answer: a sender without a mobile gets it on paper, from a clerk, which is the last part of the proof of its service.

use pishkhan_store::{Moment, Result, Tx};

use super::could_be_said;
use crate::actor::Reviewer;
use crate::ids::LetterId;
use crate::ledger::Who;
use crate::letters::{Letter, find_for_desk, open_answer_as, see_decision};
use crate::senders::{self, Sender};

/// Whether a clerk may hand this sender the answer to the letter: it has one, and they can't look at it on their own.
pub fn could_hand_answer(letter: &Letter, sender: &Sender, now: Moment) -> bool {
    letter.state.answer().is_some() && could_be_said(letter, sender, now)
}

/// Notes that the clerk handed it over, as [`crate::letters::open_answer`]; the event names the clerk, and what the sender has seen is not taken
/// back. False: there is no such answer on this desk.
pub async fn hand_answer(tx: &mut Tx, clerk: &Reviewer, id: &LetterId) -> Result<bool> {
    let Some(letter) = find_for_desk(tx, clerk, id).await? else { return Ok(false) };
    let sender = senders::find(tx, &letter.sender).await?;
    let now = tx.now();
    let Some(sender) = sender.filter(|sender| could_hand_answer(&letter, sender, now)) else { return Ok(false) };
    open_answer_as(tx, &sender, &Who::Staff(clerk.id.clone()), id).await?;
    see_decision(tx, &sender, id).await?;
    Ok(true)
}
