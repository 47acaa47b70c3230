//! Taking: an officer of the unit takes a registered letter in hand.

use pishkhan_store::{StoreError, Tx};

use super::letter::{Letter, Stale, Version, WrongState};
use super::rows;
use super::states::Work;
use crate::actor::Officer;
use crate::ids::LetterId;
use crate::ledger::{self, Event, Who};
use crate::search;

#[derive(Debug, thiserror::Error)]
pub enum TakeError {
    #[error("no such letter on this desk")]
    NotOnDesk,
    #[error(transparent)]
    Stale(#[from] Stale),
    #[error(transparent)]
    NotWaiting(#[from] WrongState),
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Takes a letter of one of the officer's units that the officer saw in version `seen`.
pub async fn take(tx: &mut Tx, officer: &Officer, id: &LetterId, seen: Version) -> Result<Letter, TakeError> {
    let letter = rows::find_held(tx, officer, id, seen).await?.ok_or(TakeError::NotOnDesk)??;
    let work = Work { officer: Some(officer.id.clone()), since: tx.now() };
    let mut letter = letter.taken(work)?;
    rows::save(tx, &mut letter).await??;
    ledger::record(tx, id, &Who::Staff(officer.id.clone()), &Event::LetterTaken).await?;
    search::index(tx, id).await?;
    Ok(letter)
}
