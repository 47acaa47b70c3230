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
    rows::find_draft(tx, &sender.id, id).await?.ok_or(DiscardError::NoDraft)?;
    files::clear_part(tx, id, Part::Letter).await?;
    rows::delete_draft(tx, &sender.id, id).await?;
    Ok(())
}
