//! Closing: the officer closes an answered letter.

use pishkhan_store::{StoreError, Tx};

use super::letter::{Letter, Stale, Version, WrongState};
use super::rows;
use crate::actor::Officer;
use crate::ids::LetterId;
use crate::ledger::{self, Event, Who};

#[derive(Debug, thiserror::Error)]
pub enum CloseError {
    #[error("no such letter on this desk")]
    NotOnDesk,
    #[error(transparent)]
    Stale(#[from] Stale),
    #[error(transparent)]
    NotAnswered(#[from] WrongState),
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Closes a letter of one of the officer's units that the officer saw in version `seen`.
pub async fn close(tx: &mut Tx, officer: &Officer, id: &LetterId, seen: Version) -> Result<Letter, CloseError> {
    let letter = rows::find_for_officer(tx, officer, id).await?.ok_or(CloseError::NotOnDesk)?;
    letter.is_version(seen)?;
    let now = tx.now();
    let mut letter = letter.closed(now)?;
    rows::save(tx, &mut letter).await??;
    ledger::record(tx, id, &Who::Staff(officer.id.clone()), &Event::LetterClosed).await?;
    Ok(letter)
}
