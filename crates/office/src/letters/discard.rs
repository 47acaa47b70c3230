//! Discarding a draft: the row and its files' names go; their bytes are swept a day later.

use pishkhan_store::{StoreError, Tx};

use super::rows;
use crate::files::{self, Part};
use crate::ids::LetterId;
use crate::senders::Sender;

#[derive(Debug, thiserror::Error)]
pub enum DiscardError {
    #[error("there is no such draft")]
    NoDraft,
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Discards a draft of this sender's.
pub async fn discard(tx: &mut Tx, sender: &Sender, id: &LetterId) -> Result<(), DiscardError> {
    // First the row, which waits for a submission under way: what was submitted meanwhile keeps its files.
    if !rows::delete_draft(tx, &sender.id, id).await? {
        return Err(DiscardError::NoDraft);
    }
    files::clear_part(tx, id, Part::Letter).await?;
    Ok(())
}
