//! Answering: the officer who has the letter gives the unit's answer, as text, as files, or both, where no second signature is
//! needed.

use pishkhan_persian::text::stored_text;
use pishkhan_store::{StoreError, Tx};

use super::draft_answer::{AnswerText, add_files, is_in_hand_of};
use super::give::{self, GiveError, TextError};
use super::letter::{Letter, Stale, Version, WrongState};
use super::rows;
use crate::actor::Officer;
use crate::answers;
use crate::ids::LetterId;
use crate::rules::Rules;

#[derive(Debug, thiserror::Error)]
pub enum AnswerError {
    #[error("no such letter on this desk")]
    NotOnDesk,
    #[error(transparent)]
    Stale(#[from] Stale),
    #[error(transparent)]
    NotInHand(#[from] WrongState),
    /// Another officer has it.
    #[error("another officer has the letter in hand")]
    NotYours,
    #[error("answers of this unit need a second signature")]
    NeedsSignature,
    #[error(transparent)]
    Text(#[from] TextError),
    #[error("the server's clock is behind the outgoing register's last entry")]
    ClockWentBack,
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<GiveError> for AnswerError {
    fn from(error: GiveError) -> Self {
        match error {
            GiveError::Stale(stale) => AnswerError::Stale(stale),
            GiveError::WrongState(wrong) => AnswerError::NotInHand(wrong),
            GiveError::ClockWentBack => AnswerError::ClockWentBack,
            GiveError::Store(error) => AnswerError::Store(error),
        }
    }
}

/// Answers a letter that the officer has in hand and saw in version `seen`, with what was written and the draft's files.
pub async fn answer(
    tx: &mut Tx,
    rules: &Rules,
    officer: &Officer,
    id: &LetterId,
    seen: Version,
    written: &AnswerText,
) -> Result<Letter, AnswerError> {
    let letter = rows::find_held(tx, officer, id, seen).await?.ok_or(AnswerError::NotOnDesk)??;
    if !is_in_hand_of(officer, &letter)? {
        return Err(AnswerError::NotYours);
    }
    let unit = give::unit_of(tx, &letter).await?;
    if unit.needs_signature {
        return Err(AnswerError::NeedsSignature);
    }
    if add_files(tx, rules, id, &written.arrivals).await? {
        return Err(TextError::TooManyFiles(rules.letters.files).into());
    }
    let ending = written.ending.stored();
    let readable = give::readable(tx, rules, &letter, &unit, &written.text, &ending).await?;
    let letter = give::give(tx, rules, letter, &unit, &officer.id, readable, Letter::answered).await?;
    // What was written is the draft again if the answer is taken back.
    answers::keep_given(tx, id, &officer.id, &stored_text(&written.text), &ending).await?;
    Ok(letter)
}
