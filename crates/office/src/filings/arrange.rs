//! Taking a file out of what is being written down, or giving it another place.

use pishkhan_store::Tx;

use super::rows;
use crate::actor::Reviewer;
use crate::ids::LetterId;
use crate::letters::{self, Arrangement, WriteError};
use crate::senders;

pub async fn arrange(
    tx: &mut Tx,
    clerk: &Reviewer,
    id: &LetterId,
    arrangement: &Arrangement,
) -> Result<(), WriteError> {
    let filing = rows::find(tx, &clerk.id, id).await?.ok_or(WriteError::NoDraft)?;
    let sender = senders::find(tx, &filing.letter.sender).await?.ok_or(WriteError::NoDraft)?;
    letters::arrange(tx, &sender, id, arrangement).await
}
