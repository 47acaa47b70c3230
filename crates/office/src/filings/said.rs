//! What a sender without a mobile says at the counter about a letter that was written down there: that they take it back, object to
//! what was decided, or have something to add. A clerk records it, by the rules and in the time in which the sender could do it on their own.

use pishkhan_store::{Moment, StoreError, Tx};

use crate::actor::Reviewer;
use crate::ids::LetterId;
use crate::ledger::Who;
use crate::letters::{Letter, ObjectError, State, Version, WithdrawError, find_for_desk, object_as, withdraw_as};
use crate::messages::{self, Author, Kind, SendError, Written};
use crate::rules::Rules;
use crate::search;
use crate::senders::{self, Sender};

/// Whether a clerk may record what this sender says about the letter: it was written down at the counter, they have no mobile, and
/// nobody's paper has ended who brought it for them. An account that sleeps is awakened first.
pub fn could_be_said(letter: &Letter, sender: &Sender, now: Moment) -> bool {
    letter.filed_by.is_some() && sender.known_mobile().is_none() && !letter.is_out_of_hands(now)
}

/// Withdraws the letter as [`crate::letters::withdraw`]; the event names the clerk.
pub async fn withdraw(
    tx: &mut Tx,
    clerk: &Reviewer,
    id: &LetterId,
    seen: Version,
    said: &Written,
) -> Result<Letter, WithdrawError> {
    let sender = speaker(tx, clerk, id).await?.ok_or(WithdrawError::NoLetter)?;
    let letter = withdraw_as(tx, &sender, &Who::Staff(clerk.id.clone()), id, seen, said).await?;
    keep_papers(tx, clerk, id, said).await?;
    Ok(letter)
}

/// Objects to what was decided as [`crate::letters::object`]; the event names the clerk.
pub async fn object(
    tx: &mut Tx,
    rules: &Rules,
    clerk: &Reviewer,
    id: &LetterId,
    seen: Version,
    said: &Written,
) -> Result<Letter, ObjectError> {
    let sender = speaker(tx, clerk, id).await?.ok_or(ObjectError::NoLetter)?;
    let letter = object_as(tx, rules, &sender, &Who::Staff(clerk.id.clone()), id, seen, said).await?;
    keep_papers(tx, clerk, id, said).await?;
    Ok(letter)
}

/// Whether a clerk may record what this sender adds of their own accord, as one with a mobile writes about a registered letter; while the
/// unit waits for their reply, that is what they say.
pub fn takes_message(letter: &Letter, sender: &Sender, now: Moment) -> bool {
    let is_asked = matches!(letter.state, State::AwaitingSender(..));
    messages::could_send(letter) && !is_asked && could_be_said(letter, sender, now)
}

/// Puts what they add into the letter's thread as [`messages::send`]; the event names the clerk.
pub async fn message(
    tx: &mut Tx,
    rules: &Rules,
    clerk: &Reviewer,
    id: &LetterId,
    written: &Written,
) -> Result<Letter, SendError> {
    let sender = speaker(tx, clerk, id).await?.ok_or(SendError::NoLetter)?;
    let letter = find_for_desk(tx, clerk, id).await?.ok_or(SendError::NoLetter)?;
    // The unit may have asked since the clerk's form was opened.
    if !takes_message(&letter, &sender, tx.now()) {
        return Err(SendError::Closed);
    }
    messages::send_as(tx, rules, &sender, &Who::Staff(clerk.id.clone()), id, written).await
}

/// The sender of a letter that this clerk sees, if what they say about it may be recorded.
async fn speaker(tx: &mut Tx, clerk: &Reviewer, id: &LetterId) -> Result<Option<Sender>, StoreError> {
    let Some(letter) = find_for_desk(tx, clerk, id).await? else { return Ok(None) };
    let sender = senders::find(tx, &letter.sender).await?;
    Ok(sender.filter(|sender| could_be_said(&letter, sender, tx.now())))
}

/// The papers that were brought stand in the letter's thread, by the clerk, so that they are news to nobody of the house.
async fn keep_papers(tx: &mut Tx, clerk: &Reviewer, id: &LetterId, said: &Written) -> Result<(), StoreError> {
    if said.arrivals.is_empty() {
        return Ok(());
    }
    let papers = Written { text: String::new(), arrivals: said.arrivals.clone() };
    let author = Author::Staff(clerk.id.clone(), clerk.name.clone());
    let kept = messages::add(tx, id, Kind::Message, &author, &papers).await?;
    kept.map_err(|_| StoreError::Unreadable("papers"))?;
    search::index(tx, id).await
}
