//! Ending an upload because its sender wants it no more.

use pishkhan_store::{StoreError, Tx};

use super::{Piece, Upload, rows};
use crate::files;
use crate::letters::{self, WriteError};
use crate::senders::Sender;

#[derive(Debug, thiserror::Error)]
pub enum EndError {
    /// Somebody else has ended it.
    #[error("there is no such upload")]
    Gone,
    /// The letter was submitted with the file.
    #[error("the file belongs to a submitted letter")]
    Submitted,
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Ends an upload of this sender's, and takes its file out of the draft when it was whole. Answers the pieces that are to be
/// removed once this is committed.
pub async fn end(tx: &mut Tx, sender: &Sender, upload: &Upload) -> Result<Vec<Piece>, EndError> {
    // As it is now: it may have become whole since it was looked at.
    let ended = rows::delete(tx, &upload.id).await?.ok_or(EndError::Gone)?;
    if let Some(file) = ended.file {
        letters::hold(tx, sender, &upload.letter).await.map_err(|error| match error {
            WriteError::Store(error) => EndError::Store(error),
            WriteError::NoDraft | WriteError::Submitted(_) | WriteError::TooManyDrafts => EndError::Submitted,
        })?;
        files::remove_from_draft(tx, &sender.id, &upload.letter, &file).await?;
    }
    Ok(rows::pieces(tx, &upload.id).await?)
}
