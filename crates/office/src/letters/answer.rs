//! Answering: the officer who has the letter gives the unit's answer, as text, as files, or both.

use pishkhan_persian::text::stored_text;
use pishkhan_store::{StoreError, Tx};

use super::letter::{Letter, Stale, Version, WrongState};
use super::states::{Answer, State};
use super::{object, rows};
use crate::actor::Officer;
use crate::files::{self, Arrival, Part};
use crate::ids::LetterId;
use crate::ledger::{self, Event, Who};
use crate::rules::Rules;
use crate::{dispatch, receipts, search};

/// The answer as it was written.
#[derive(Clone, Debug)]
pub struct AnswerText {
    pub text: String,
    /// Files that have come in, by the names the officer gave them.
    pub arrivals: Vec<(String, Arrival)>,
}

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
    #[error("an answer needs text or a file")]
    Nothing,
    #[error("the text is longer than {0} characters")]
    Long(usize),
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Answers a letter that the officer has in hand and saw in version `seen`.
pub async fn answer(
    tx: &mut Tx,
    rules: &Rules,
    officer: &Officer,
    id: &LetterId,
    seen: Version,
    written: &AnswerText,
) -> Result<Letter, AnswerError> {
    let letter = rows::find_for_officer(tx, officer, id).await?.ok_or(AnswerError::NotOnDesk)?;
    letter.is_version(seen)?;
    match &letter.state {
        State::InProgress(_, _, work) if work.officer.as_ref() != Some(&officer.id) => {
            return Err(AnswerError::NotYours);
        }
        _ => {}
    }
    let text = stored_text(&written.text);
    if text.is_empty() && written.arrivals.is_empty() {
        return Err(AnswerError::Nothing);
    }
    let body_characters = rules.letters.body_characters;
    if text.chars().count() > body_characters {
        return Err(AnswerError::Long(body_characters));
    }
    let event = Event::LetterAnswered {
        text_sha256: receipts::text_digest(&text),
        files_sha256: written.arrivals.iter().map(|(_, arrival)| arrival.sha256.clone()).collect(),
        number: String::new(),
    };
    let objection_until = object::window(tx, rules, &letter).await?;
    let answer = Answer { at: tx.now(), by: officer.id.clone(), text, number: None, objection_until, opened_at: None };
    let mut letter = letter.answered(answer)?;
    rows::save(tx, &mut letter).await??;
    for (name, arrival) in &written.arrivals {
        files::attach(tx, id, Part::Answer, name, arrival).await?;
    }
    ledger::record(tx, id, &Who::Staff(officer.id.clone()), &event).await?;
    dispatch::letter_answered(tx, &letter).await?;
    search::index(tx, id).await?;
    Ok(letter)
}
