//! Beginning again: a letter that was written down at the counter was rejected, or lapsed. Its sender, who has no mobile, comes once more,
//! and a clerk goes on from it with everything in it.

use pishkhan_persian::Language;
use pishkhan_store::{Moment, StoreError, Tx};

use super::{Assent, could_be_said, rows};
use crate::actor::Reviewer;
use crate::ids::LetterId;
use crate::letters::{self, Letter, WriteAgainError, WrongState};
use crate::rules::Rules;
use crate::senders::{self, Sender};

#[derive(Debug, thiserror::Error)]
pub enum BeginAgainError {
    /// The clerk sees no such letter, or its sender acts on their own.
    #[error("no such letter of somebody without a mobile")]
    NoLetter,
    #[error(transparent)]
    NotEnded(#[from] WrongState),
    /// This is what the clerk is writing down.
    #[error("it was begun again already")]
    Begun(LetterId),
    /// This is the letter.
    #[error("it was written again already")]
    Filed(LetterId),
    #[error("this clerk has begun too many")]
    TooMany,
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Whether a clerk may begin again, from that letter of this sender.
pub fn could_begin_again(letter: &Letter, sender: &Sender, now: Moment) -> bool {
    could_be_said(letter, sender, now) && letters::can_write_again(letter)
}

/// A new filing of this clerk with everything in it that was in the letter, and what its sender said and brought afterwards.
pub async fn begin_again(
    tx: &mut Tx,
    rules: &Rules,
    clerk: &Reviewer,
    id: &LetterId,
) -> Result<LetterId, BeginAgainError> {
    let letter = letters::find_for_desk(tx, clerk, id).await?.ok_or(BeginAgainError::NoLetter)?;
    let sender = senders::find(tx, &letter.sender).await?;
    let sender = sender.filter(|sender| could_be_said(&letter, sender, tx.now())).ok_or(BeginAgainError::NoLetter)?;
    if let Some(after) = letters::followers_for_desk(tx, clerk, id).await?.into_iter().next() {
        return Err(BeginAgainError::Filed(after.id));
    }
    // By the letter's id, so that a double click, or a second thought, finds what is there.
    let token = format!("after-{id}");
    if let Some(begun) = rows::find_by_token(tx, &clerk.id, &token).await? {
        return Err(BeginAgainError::Begun(begun));
    }
    let ceiling = rules.limits.drafts_per_sender;
    if ceiling > 0 && rows::count(tx, &clerk.id).await? >= i64::from(ceiling) {
        return Err(BeginAgainError::TooMany);
    }
    let writer = senders::make_without_mobile(tx, Language::Persian).await?;
    let draft = letters::write_again_by(tx, rules, &sender, &writer, id).await.map_err(of_writing)?;
    if !rows::insert(tx, &draft.id, &clerk.id, &Assent::Unsaid, &token).await? {
        // The other of two clicks was first; this one's draft goes with the transaction.
        let begun = rows::find_by_token(tx, &clerk.id, &token).await?.ok_or(BeginAgainError::NoLetter)?;
        return Err(BeginAgainError::Begun(begun));
    }
    Ok(draft.id)
}

fn of_writing(error: WriteAgainError) -> BeginAgainError {
    match error {
        WriteAgainError::NoLetter => BeginAgainError::NoLetter,
        WriteAgainError::NotEnded(wrong) => BeginAgainError::NotEnded(wrong),
        WriteAgainError::Submitted(letter) => BeginAgainError::Filed(letter),
        WriteAgainError::TooManyDrafts => BeginAgainError::TooMany,
        WriteAgainError::Store(error) => BeginAgainError::Store(error),
    }
}
