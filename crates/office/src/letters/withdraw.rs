//! Withdrawing: the sender takes a letter back, as long as the house has not decided.

use pishkhan_persian::text::stored_text;
use pishkhan_store::{StoreError, Tx};

use super::letter::{Letter, Stale, Version, WrongState};
use super::rows;
use super::states::State;
use crate::ids::LetterId;
use crate::ledger::{self, Event, Who};
use crate::messages::Written;
use crate::senders::Sender;
use crate::{dispatch, referrals, search};

/// How long the reason may be, in characters.
pub const WITHDRAWAL_CHARACTERS: usize = 1_000;

#[derive(Debug, thiserror::Error)]
pub enum WithdrawError {
    #[error("the sender has no such letter")]
    NoLetter,
    #[error(transparent)]
    Stale(#[from] Stale),
    #[error(transparent)]
    NotOpen(#[from] WrongState),
    #[error("the reason is longer than {WITHDRAWAL_CHARACTERS} characters")]
    Long,
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Withdraws a letter that its sender saw in version `seen`; the reason may be empty.
pub async fn withdraw(
    tx: &mut Tx,
    sender: &Sender,
    id: &LetterId,
    seen: Version,
    reason: &str,
) -> Result<Letter, WithdrawError> {
    let said = Written { text: reason.to_owned(), arrivals: Vec::new() };
    withdraw_as(tx, sender, &Who::Sender(sender.id.clone()), id, seen, &said).await
}

/// The same by whoever did it for the sender; the event tells of the files that came with it.
pub(crate) async fn withdraw_as(
    tx: &mut Tx,
    sender: &Sender,
    who: &Who,
    id: &LetterId,
    seen: Version,
    said: &Written,
) -> Result<Letter, WithdrawError> {
    let letter = rows::find_own(tx, &sender.id, id).await?;
    let letter = letter.filter(|letter| letter.state.submission().is_some()).ok_or(WithdrawError::NoLetter)?;
    if !can_withdraw(&letter) {
        return Err(WrongState.into());
    }
    letter.is_version(seen)?;
    let reason = stored_text(&said.text);
    if reason.chars().count() > WITHDRAWAL_CHARACTERS {
        return Err(WithdrawError::Long);
    }
    let mut letter = letter.withdrawn(tx.now())?;
    rows::save(tx, &mut letter).await??;
    referrals::end_with_letter(tx, id).await?;
    let event = Event::LetterWithdrawn { reason, files_sha256: said.digests() };
    ledger::record(tx, id, who, &event).await?;
    dispatch::no_longer_owed(tx, &letter).await?;
    dispatch::no_longer_warned(tx, &letter).await?;
    search::index(tx, id).await?;
    Ok(letter)
}

/// Whether its sender may withdraw the letter as it is now.
pub fn can_withdraw(letter: &Letter) -> bool {
    matches!(letter.state, State::Submitted(_) | State::Returned(..) | State::InProgress(..))
}
