//! Retracting: the officer takes a proposed answer back, as long as nobody has signed it.

use pishkhan_store::{StoreError, Tx};

use super::letter::{Letter, Stale, Version, WrongState};
use super::rows;
use crate::actor::Officer;
use crate::ids::LetterId;
use crate::ledger::{self, Event, Who};
use crate::search;

#[derive(Debug, thiserror::Error)]
pub enum RetractError {
    #[error("no such letter on this desk")]
    NotOnDesk,
    #[error(transparent)]
    Stale(#[from] Stale),
    #[error(transparent)]
    NotProposed(#[from] WrongState),
    #[error("another officer has the letter in hand")]
    NotYours,
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Takes the proposed answer of a letter that the officer saw in version `seen` back, as a draft with its files: of one that they have in
/// hand, or that nobody has since its officer left; then they have it. It needs no signer, so that nothing waits for one who is gone.
pub async fn retract(tx: &mut Tx, officer: &Officer, id: &LetterId, seen: Version) -> Result<Letter, RetractError> {
    let letter = rows::find_held(tx, officer, id, seen).await?.ok_or(RetractError::NotOnDesk)??;
    let hand = letter.state.work().and_then(|work| work.officer.as_ref());
    if hand.is_some_and(|hand| *hand != officer.id) {
        return Err(RetractError::NotYours);
    }
    let mut letter = letter.retracted(officer.id.clone(), tx.now())?;
    rows::save(tx, &mut letter).await??;
    ledger::record(tx, id, &Who::Staff(officer.id.clone()), &Event::AnswerRetracted).await?;
    search::index(tx, id).await?;
    Ok(letter)
}
