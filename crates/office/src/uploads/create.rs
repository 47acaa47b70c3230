//! Beginning an upload.

use std::time::Duration;

use pishkhan_store::{StoreError, Tx};

use super::{Metadata, Upload, rows};
use crate::files::{self, ArrivalError, Part, Vault};
use crate::ids::{LetterId, UploadId};
use crate::letters::{self, State};
use crate::rules::Rules;
use crate::senders::Sender;

/// How long an upload may take, as long as the files that follow a letter have.
const LIFE: Duration = Duration::from_hours(48);

#[derive(Debug, thiserror::Error)]
pub enum CreateError {
    #[error("the sender has no such letter")]
    NoLetter,
    /// It was submitted, and no files may follow (any more).
    #[error("the letter takes no more files")]
    Closed,
    /// With those that are on their way, it has as many as a letter may.
    #[error("the letter has enough files")]
    Full,
    /// The program uses one token for two files.
    #[error("the token is of another upload")]
    TokenTaken,
    /// What can be said of the file before it comes.
    #[error(transparent)]
    File(ArrivalError),
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Begins an upload of so many bytes for a draft, or for a letter whose files may still come. With a token of the program's, the
/// same again is the same upload.
pub async fn create(
    tx: &mut Tx,
    vault: &Vault,
    rules: &Rules,
    sender: &Sender,
    letter: &LetterId,
    size: u64,
    metadata: Metadata,
) -> Result<Upload, CreateError> {
    let letter = letters::find_own(tx, &sender.id, letter).await?.ok_or(CreateError::NoLetter)?;
    let mut expires_at = tx.now().plus(LIFE);
    if !matches!(letter.state, State::Draft) {
        expires_at = letters::files_until(&letter, tx.now()).ok_or(CreateError::Closed)?.min(expires_at);
    }
    look_at(vault, rules, size)?;
    let token = metadata.token();
    if let Some(token) = &token
        && let Some(upload) = rows::find_by_token(tx, &sender.id, &letter.id, token).await?
    {
        return same(upload, size, &metadata);
    }
    rows::hold_letter(tx, &letter.id).await?;
    let there = files::count_of_letter(tx, &letter.id, Part::Letter).await?;
    let coming = rows::unfinished(tx, &letter.id).await?.len();
    if there + coming >= rules.letters.files as usize {
        return Err(CreateError::Full);
    }
    let upload = Upload {
        id: UploadId::random(),
        letter: letter.id,
        name: metadata.name(),
        metadata,
        size,
        arrived: 0,
        expires_at,
        finished_at: None,
        file: None,
    };
    let token = token.unwrap_or_else(|| upload.id.to_string());
    if rows::insert(tx, &upload, &sender.id, &token).await? {
        return Ok(upload);
    }
    // The other of two tries was first.
    let first = rows::find_by_token(tx, &sender.id, &upload.letter, &token).await?.ok_or(CreateError::TokenTaken)?;
    same(first, size, &upload.metadata)
}

/// Says no before the bytes come rather than after.
fn look_at(vault: &Vault, rules: &Rules, size: u64) -> Result<(), CreateError> {
    let most = rules.letters.file_bytes;
    if size == 0 {
        return Err(CreateError::File(ArrivalError::Empty));
    }
    if size > most {
        return Err(CreateError::File(ArrivalError::TooLarge(most)));
    }
    if vault.has_stopped() {
        return Err(StoreError::Stopped.into());
    }
    match vault.has_room() {
        Ok(true) => Ok(()),
        Ok(false) => Err(CreateError::File(ArrivalError::NoRoom)),
        Err(error) => Err(CreateError::File(ArrivalError::Disk(error))),
    }
}

fn same(upload: Upload, size: u64, metadata: &Metadata) -> Result<Upload, CreateError> {
    let is_same = upload.size == size && upload.metadata == *metadata;
    if is_same { Ok(upload) } else { Err(CreateError::TokenTaken) }
}
