//! Withdrawing: the sender takes a letter back, as long as the house has not decided.

use pishkhan_persian::text::stored_text;
use pishkhan_store::{StoreError, Tx};

use super::letter::{Letter, Stale, Version, WrongState};
use super::rows;
use super::states::State;
use crate::ids::LetterId;
use crate::ledger::{self, Event, Who};
use crate::search;
use crate::senders::Sender;

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
    let letter = rows::find_own(tx, &sender.id, id).await?;
    let letter = letter.filter(|letter| letter.state.submission().is_some()).ok_or(WithdrawError::NoLetter)?;
    if !can_withdraw(&letter) {
        return Err(WrongState.into());
    }
    letter.is_version(seen)?;
    let reason = stored_text(reason);
    if reason.chars().count() > WITHDRAWAL_CHARACTERS {
        return Err(WithdrawError::Long);
    }
    let mut letter = letter.withdrawn(tx.now())?;
    rows::save(tx, &mut letter).await??;
    ledger::record(tx, id, &Who::Sender(sender.id.clone()), &Event::LetterWithdrawn { reason }).await?;
    search::index(tx, id).await?;
    Ok(letter)
}

/// Whether its sender may withdraw the letter as it is now.
pub fn can_withdraw(letter: &Letter) -> bool {
    matches!(letter.state, State::Submitted(_) | State::Returned(..) | State::InProgress(..))
}
