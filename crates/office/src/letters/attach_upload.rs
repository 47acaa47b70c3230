//! Giving a letter a file that came in pieces: a draft as its form would, a submitted one if its files may still come.

use pishkhan_store::{StoreError, Tx};

use super::add_files::{AddFilesError, add_files};
use super::letter::Letter;
use super::states::State;
use super::{rows, write};
use crate::files::{self, Arrival, Part};
use crate::ids::{FileId, LetterId};
use crate::rules::Rules;
use crate::senders::Sender;

#[derive(Debug, thiserror::Error)]
pub enum AttachError {
    #[error("the sender has no such letter")]
    NoLetter,
    /// It was submitted, and no files may follow (any more).
    #[error("the letter takes no more files")]
    Closed,
    #[error("the letter has as many files as it may")]
    Full,
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Gives the letter one file, by the name its sender gave it, and answers which that is; none when it has the very same already.
///
/// The letter gets a new version, as with every change: whoever was about to submit it, or to decide about it, looks first.
pub async fn attach_upload(
    tx: &mut Tx,
    rules: &Rules,
    sender: &Sender,
    id: &LetterId,
    name: &str,
    arrival: &Arrival,
) -> Result<Option<FileId>, AttachError> {
    let before = files::of_letter_part(tx, id, Part::Letter).await?;
    if add(tx, rules, sender, id, &[(name.to_owned(), arrival.clone())]).await? {
        return Err(AttachError::Full);
    }
    let after = files::of_letter_part(tx, id, Part::Letter).await?;
    let is_it = |file: &files::File| file.name == name && file.sha256 == arrival.sha256;
    let had = before.iter().any(is_it);
    Ok(after.into_iter().find(|file| !had && is_it(file)).map(|file| file.id))
}

/// Adds the file, and answers whether there was no room for it.
async fn add(
    tx: &mut Tx,
    rules: &Rules,
    sender: &Sender,
    id: &LetterId,
    arrivals: &[(String, Arrival)],
) -> Result<bool, AttachError> {
    loop {
        let letter = rows::find_own(tx, &sender.id, id).await?.ok_or(AttachError::NoLetter)?;
        if matches!(letter.state, State::Draft) {
            let mut letter = Letter { changed_at: tx.now(), ..letter };
            if rows::save(tx, &mut letter).await?.is_ok() {
                return Ok(write::add_files(tx, rules, id, arrivals).await?);
            }
        } else {
            match add_files(tx, rules, sender, id, arrivals).await {
                Ok(added) => return Ok(added.is_full),
                Err(AddFilesError::NoLetter) => return Err(AttachError::NoLetter),
                Err(AddFilesError::Closed) => return Err(AttachError::Closed),
                Err(AddFilesError::Store(error)) => return Err(error.into()),
            }
        }
        // Somebody saved between our two statements; the next look sees what.
    }
}
