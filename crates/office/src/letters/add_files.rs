//! Adding the files that were said to follow, under the same receipt: for people whose line did not carry them with the letter.

use pishkhan_store::{Moment, StoreError, Tx};

use super::letter::Letter;
use super::states::State;
use super::{rows, write};
use crate::files::{self, Arrival, Part};
use crate::ids::LetterId;
use crate::ledger::{self, Event, Who};
use crate::rules::Rules;
use crate::search;
use crate::senders::Sender;

#[derive(Debug, thiserror::Error)]
pub enum AddFilesError {
    #[error("the sender has no such letter")]
    NoLetter,
    /// No files were to follow, their time is over, or the letter is decided.
    #[error("the letter takes no more files")]
    Closed,
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// The letter after it got files.
#[derive(Clone, Debug)]
pub struct Added {
    pub letter: Letter,
    /// Whether there was no room for some.
    pub is_full: bool,
}

/// Adds files to a letter that was submitted with files to follow, as long as they may come.
///
/// The letter gets a new version: who is about to decide about it looks at the files first. Files that it has already, as when a
/// browser repeats a form, change nothing.
pub async fn add_files(
    tx: &mut Tx,
    rules: &Rules,
    sender: &Sender,
    id: &LetterId,
    arrivals: &[(String, Arrival)],
) -> Result<Added, AddFilesError> {
    let letter = loop {
        let letter = rows::find_own(tx, &sender.id, id).await?.ok_or(AddFilesError::NoLetter)?;
        if files_until(&letter, tx.now()).is_none() {
            return Err(AddFilesError::Closed);
        }
        let there = files::of_letter_part(tx, id, Part::Letter).await?;
        let is_there = |(name, arrival): &(String, Arrival)| {
            there.iter().any(|file| file.name == *name && file.sha256 == arrival.sha256)
        };
        if arrivals.iter().all(is_there) {
            return Ok(Added { letter, is_full: false });
        }
        let mut letter = Letter { changed_at: tx.now(), ..letter };
        // Stale: somebody decided, or added files, between our two statements; the next look sees what.
        if rows::save(tx, &mut letter).await?.is_ok() {
            break letter;
        }
    };
    let before = files::of_letter_part(tx, id, Part::Letter).await?;
    let is_full = write::add_files(tx, rules, id, arrivals).await?;
    let after = files::of_letter_part(tx, id, Part::Letter).await?;
    let is_new = |file: &files::File| before.iter().all(|old| old.id != file.id);
    let files_sha256: Vec<String> = after.into_iter().filter(is_new).map(|file| file.sha256).collect();
    if !files_sha256.is_empty() {
        ledger::record(tx, id, &Who::Sender(sender.id.clone()), &Event::FilesAdded { files_sha256 }).await?;
    }
    search::index(tx, id).await?;
    Ok(Added { letter, is_full })
}

/// Until when files may be added to the letter; None when they may not (any more).
pub fn files_until(letter: &Letter, now: Moment) -> Option<Moment> {
    match &letter.state {
        State::Submitted(submission) | State::Registered(submission, _) | State::InProgress(submission, ..) => {
            submission.files_until.filter(|until| now < *until)
        }
        _ => None,
    }
}
