//! Writing again: what was rejected, or lapsed, becomes a new draft with everything in it, also what its sender wrote and brought
//! afterwards, and the sender mends and sends it.

use pishkhan_store::{StoreError, Tx};

use super::letter::{Letter, WrongState};
use super::states::State;
use super::write::WriteError;
use super::{carry_over, rows, write};
use crate::files;
use crate::ids::LetterId;
use crate::rules::Rules;
use crate::senders::Sender;

#[derive(Debug, thiserror::Error)]
pub enum WriteAgainError {
    #[error("the sender has no such letter")]
    NoLetter,
    #[error(transparent)]
    NotEnded(#[from] WrongState),
    /// It was written and submitted already: this is the letter.
    #[error("it was written again already")]
    Submitted(LetterId),
    #[error("there are too many drafts")]
    TooManyDrafts,
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// The draft that goes on from this letter; the same one when it is asked for twice.
pub async fn write_again(
    tx: &mut Tx,
    rules: &Rules,
    sender: &Sender,
    id: &LetterId,
) -> Result<Letter, WriteAgainError> {
    write_again_by(tx, rules, sender, sender, id).await
}

/// The same as a draft of somebody else, for whom a clerk writes it down.
pub(crate) async fn write_again_by(
    tx: &mut Tx,
    rules: &Rules,
    sender: &Sender,
    writer: &Sender,
    id: &LetterId,
) -> Result<Letter, WriteAgainError> {
    let before = rows::find_own(tx, &sender.id, id).await?;
    let before = before.filter(|it| it.state.submission().is_some()).ok_or(WriteAgainError::NoLetter)?;
    if !can_write_again(&before) {
        return Err(WrongState.into());
    }
    // By the letter's id, so that a double click, or a second thought, finds the draft that is there.
    let draft = write(tx, rules, writer, &format!("after-{id}")).await.map_err(of_write)?;
    if draft.follows.is_some() {
        return Ok(draft);
    }
    let carried = carry_over::carried(tx, rules, sender, &before).await?;
    let mut content = before.content.clone();
    content.has_files_following = false;
    content.body = carried.body;
    let mut draft = Letter { content, follows: Some(id.clone()), ..draft };
    rows::follow(tx, &draft.id, id).await?;
    if rows::save(tx, &mut draft).await?.is_err() {
        // The other of two clicks is filling it in.
        return rows::find_own(tx, &writer.id, &draft.id).await?.ok_or(WriteAgainError::NoLetter);
    }
    files::copy(tx, &carried.files, &draft.id).await?;
    Ok(draft)
}

/// Whether the letter ended so that its sender may send it again.
pub fn can_write_again(letter: &Letter) -> bool {
    matches!(letter.state, State::Rejected(..) | State::Lapsed(..))
}

fn of_write(error: WriteError) -> WriteAgainError {
    match error {
        WriteError::NoDraft => WriteAgainError::NoLetter,
        WriteError::Submitted(letter) => WriteAgainError::Submitted(letter),
        WriteError::TooManyDrafts => WriteAgainError::TooManyDrafts,
        WriteError::Store(error) => WriteAgainError::Store(error),
    }
}
