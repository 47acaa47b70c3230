//! Completing: whoever a referral was to says that it is done, with a word. The letter stays where it is.

use pishkhan_persian::text::stored_text;
use pishkhan_store::{StoreError, Tx};

use super::{Ending, Purpose, REFERRAL_CHARACTERS, could_finish, rows};
use crate::actor::Staff;
use crate::ids::{LetterId, ReferralId};
use crate::ledger::{self, Event, Who};
use crate::letters::{self, CameBack};

#[derive(Debug, thiserror::Error)]
pub enum CompleteError {
    /// It does not exist for this person, or is not theirs to complete.
    #[error("no such referral on this desk")]
    NotOnDesk,
    /// It is done, or was sent back or taken back, or the letter went on.
    #[error("the referral has ended")]
    Ended,
    /// Whoever asked for an answer waits for words.
    #[error("the answer needs words")]
    Nothing,
    #[error("the word is longer than {REFERRAL_CHARACTERS} characters")]
    Long,
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Completes a referral; the caller commits nothing when that fails. The letter keeps its version: whoever works on it need not look again.
pub async fn complete(
    tx: &mut Tx,
    staff: &Staff,
    letter: &LetterId,
    id: &ReferralId,
    text: &str,
) -> Result<(), CompleteError> {
    letters::find_for_desk(tx, staff, letter).await?.ok_or(CompleteError::NotOnDesk)?;
    let referrals = rows::of_letter(tx, letter).await?;
    let mut referral = referrals.into_iter().find(|referral| referral.id == *id).ok_or(CompleteError::NotOnDesk)?;
    let has_ended = referral.end.take().is_some();
    if !could_finish(staff, &referral) {
        return Err(CompleteError::NotOnDesk);
    }
    if has_ended {
        return Err(CompleteError::Ended);
    }
    let text = stored_text(text);
    match text.chars().count() {
        0 if referral.purpose == Purpose::Answer => return Err(CompleteError::Nothing),
        0..=REFERRAL_CHARACTERS => {}
        _ => return Err(CompleteError::Long),
    }
    // The letter's row is held first, as by the acts that end its referrals with it: neither waits for the other in turn.
    let (who, event) = (Who::Staff(staff.id.clone()), Event::ReferralDone { referral: id.to_string() });
    ledger::record_beside(tx, letter, &who, &event).await?;
    if !rows::close(tx, id, &staff.id, &text, Ending::Done).await? {
        return Err(CompleteError::Ended);
    }
    if referral.purpose == Purpose::Answer {
        letters::come_back(tx, letter, CameBack::Opinion, &who).await?;
    }
    Ok(())
}
