//! Rating: after the end, once for each answer, the sender says what they thought of it: five steps and a sentence.

use pishkhan_persian::text::stored_text;
use pishkhan_store::{StoreError, Tx};

use super::letter::{Letter, Rating, Stale, WrongState};
use super::rows;
use super::states::State;
use crate::ids::LetterId;
use crate::ledger::{self, Event, Who};
use crate::search;
use crate::senders::Sender;

/// How long the sentence may be, in characters.
pub const RATING_CHARACTERS: usize = 500;
/// How many steps there are; the last is the best.
pub const RATING_STEPS: u8 = 5;

#[derive(Debug, thiserror::Error)]
pub enum RateError {
    #[error("the sender has no such letter")]
    NoLetter,
    #[error(transparent)]
    NotEnded(#[from] WrongState),
    #[error("its answer was rated before")]
    Twice,
    #[error("no step was chosen")]
    NoStep,
    #[error("the sentence is longer than {RATING_CHARACTERS} characters")]
    Long,
    #[error(transparent)]
    Stale(#[from] Stale),
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Rates a letter that has its answer.
pub async fn rate(
    tx: &mut Tx,
    sender: &Sender,
    id: &LetterId,
    steps: Option<u8>,
    text: &str,
) -> Result<Letter, RateError> {
    let mut letter = rows::find_own(tx, &sender.id, id).await?.ok_or(RateError::NoLetter)?;
    if !has_ended(&letter) {
        return Err(WrongState.into());
    }
    if letter.rating.is_some() {
        return Err(RateError::Twice);
    }
    let steps = steps.filter(|steps| (1..=RATING_STEPS).contains(steps)).ok_or(RateError::NoStep)?;
    let text = stored_text(text);
    if text.chars().count() > RATING_CHARACTERS {
        return Err(RateError::Long);
    }
    letter.rating = Some(Rating { steps, text, at: tx.now() });
    letter.changed_at = tx.now();
    rows::save(tx, &mut letter).await??;
    ledger::record(tx, id, &Who::Sender(sender.id.clone()), &Event::LetterRated { steps }).await?;
    search::index(tx, id).await?;
    Ok(letter)
}

/// Whether it has come so far, and its answer was not rated yet.
pub fn can_be_rated(letter: &Letter) -> bool {
    letter.rating.is_none() && has_ended(letter)
}

fn has_ended(letter: &Letter) -> bool {
    matches!(letter.state, State::Answered(..) | State::Closed(..))
}
