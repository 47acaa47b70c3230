//! Recalling: whoever asked for an opinion, or told of a letter, takes that back while nobody has done it, with a word. The letter stays
//! where it is.

use pishkhan_persian::text::stored_text;
use pishkhan_store::{StoreError, Tx};

use super::{Ending, REFERRAL_CHARACTERS, could_recall, rows};
use crate::actor::Staff;
use crate::ids::{LetterId, ReferralId};
use crate::ledger::{self, Event, Who};
use crate::letters;

#[derive(Debug, thiserror::Error)]
pub enum RecallError {
    /// It does not exist for this person, or is not theirs to take back.
    #[error("no such referral on this desk")]
    NotOnDesk,
    /// It is done, or was sent back, or was taken back before.
    #[error("the referral has ended")]
    Ended,
    #[error("the word is longer than {REFERRAL_CHARACTERS} characters")]
    Long,
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Takes a referral back, with a word that may be empty. The letter keeps its version: whoever works on it need not look again.
pub async fn recall(
    tx: &mut Tx,
    staff: &Staff,
    letter: &LetterId,
    id: &ReferralId,
    word: &str,
) -> Result<(), RecallError> {
    let letter = letters::find_for_desk(tx, staff, letter).await?.ok_or(RecallError::NotOnDesk)?;
    let referrals = rows::of_letter(tx, &letter.id).await?;
    let mut referral = referrals.into_iter().find(|referral| referral.id == *id).ok_or(RecallError::NotOnDesk)?;
    let has_ended = referral.end.take().is_some();
    if !could_recall(staff, &letter, &referral) {
        return Err(RecallError::NotOnDesk);
    }
    if has_ended {
        return Err(RecallError::Ended);
    }
    let word = stored_text(word);
    if word.chars().count() > REFERRAL_CHARACTERS {
        return Err(RecallError::Long);
    }
    // The letter's row is held first, as by the acts that end its referrals with it: neither waits for the other in turn.
    let event = Event::ReferralRecalled { referral: id.to_string(), word: word.clone() };
    ledger::record_beside(tx, &letter.id, &Who::Staff(staff.id.clone()), &event).await?;
    if rows::close(tx, id, &staff.id, &word, Ending::Recalled).await? { Ok(()) } else { Err(RecallError::Ended) }
}
