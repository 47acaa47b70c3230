//! Drafting an answer: what the officer who has the letter in hand has written and brought so far. A draft is no event.

use pishkhan_persian::text::stored_text;
use pishkhan_store::{StoreError, Tx};

use super::ending::Ending;
use super::letter::{Letter, WrongState};
use super::rows;
use super::states::State;
use crate::actor::Officer;
use crate::answers;
use crate::files::{self, Arrival, Part};
use crate::ids::{FileId, LetterId};
use crate::rules::Rules;

/// How long the name of another authority may be, in characters.
pub const AUTHORITY_CHARACTERS: usize = 120;

/// The answer as it was written.
#[derive(Clone, Debug)]
pub struct AnswerText {
    pub text: String,
    /// With the line that was typed, which may still be empty.
    pub ending: Ending,
    /// Files that have come in, by the names the officer gave them.
    pub arrivals: Vec<(String, Arrival)>,
}

#[derive(Debug, thiserror::Error)]
pub enum DraftAnswerError {
    #[error("no such letter on this desk")]
    NotOnDesk,
    #[error(transparent)]
    NotInHand(#[from] WrongState),
    #[error("another officer has the letter in hand")]
    NotYours,
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Keeps what was written, with the files that came; answers whether some had to stay out because there are enough. The letter's
/// version stays: nobody else writes on it meanwhile.
pub async fn draft_answer(
    tx: &mut Tx,
    rules: &Rules,
    officer: &Officer,
    id: &LetterId,
    written: &AnswerText,
    removed: Option<&FileId>,
) -> Result<bool, DraftAnswerError> {
    let letter = rows::find_for_desk(tx, officer, id).await?.ok_or(DraftAnswerError::NotOnDesk)?;
    // It may have gone to another unit meanwhile, and what was written is shown to be copied.
    let is_held = letter.holder.as_ref().is_some_and(|unit| officer.is_officer_of(unit));
    if !is_held || !is_in_hand_of(officer, &letter)? {
        return Err(DraftAnswerError::NotYours);
    }
    if let Some(file) = removed {
        files::remove_from_proposal(tx, id, file).await?;
    }
    answers::keep_draft(tx, id, &officer.id, &stored_text(&written.text), &written.ending.stored()).await?;
    Ok(add_files(tx, rules, id, &written.arrivals).await?)
}

/// Whether the letter is in this officer's own hand; an error when it is in nobody's.
pub(super) fn is_in_hand_of(officer: &Officer, letter: &Letter) -> Result<bool, WrongState> {
    match &letter.state {
        State::InProgress(_, _, work) => Ok(work.officer.as_ref() == Some(&officer.id)),
        _ => Err(WrongState),
    }
}

/// Adds files to the draft, as many as there may be; answers whether some had to stay out.
pub(super) async fn add_files(
    tx: &mut Tx,
    rules: &Rules,
    id: &LetterId,
    arrivals: &[(String, Arrival)],
) -> Result<bool, StoreError> {
    if arrivals.is_empty() {
        return Ok(false);
    }
    let there = files::count_of_letter(tx, id, Part::Proposal).await?;
    let room = (rules.letters.files as usize).saturating_sub(there);
    for (name, arrival) in arrivals.iter().take(room) {
        files::attach(tx, id, Part::Proposal, name, arrival).await?;
    }
    Ok(arrivals.len() > room)
}
