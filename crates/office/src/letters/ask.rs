//! Asking: the officer who has the letter asks its sender something, and the house's clock stands still until the reply.

use pishkhan_store::{Moment, StoreError, Tx};

use super::letter::{Letter, Stale, Version, WrongState};
use super::rows;
use super::states::{Question, State};
use crate::actor::Officer;
use crate::deadlines::{self, Step, Term};
use crate::ids::LetterId;
use crate::ledger::{self, Event, Who};
use crate::messages::{self, Author, Kind, Unsaid, Written};
use crate::rules::Rules;
use crate::{dispatch, search};

#[derive(Debug, thiserror::Error)]
pub enum AskError {
    #[error("no such letter on this desk")]
    NotOnDesk,
    #[error(transparent)]
    Stale(#[from] Stale),
    #[error(transparent)]
    NotInHand(#[from] WrongState),
    /// Another officer has it, or nobody yet.
    #[error("the letter is not in this officer's hand")]
    NotYours,
    /// Files alone ask nothing.
    #[error("a question needs words")]
    NoWords,
    #[error(transparent)]
    Unsaid(#[from] Unsaid),
    #[error("the sender has between 1 and {} working days", Term::MOST_DAYS)]
    BadDays,
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Asks about a letter that the officer saw in version `seen`. The sender has so many working days, or the unit's term.
pub async fn ask(
    tx: &mut Tx,
    rules: &Rules,
    officer: &Officer,
    id: &LetterId,
    seen: Version,
    written: &Written,
    days: Option<u32>,
) -> Result<Letter, AskError> {
    let letter = rows::find_held(tx, officer, id, seen).await?.ok_or(AskError::NotOnDesk)??;
    match &letter.state {
        State::InProgress(_, _, work) if work.officer.as_ref() == Some(&officer.id) => {}
        State::InProgress(..) => return Err(AskError::NotYours),
        _ => return Err(WrongState.into()),
    }
    messages::checked(written)?;
    if pishkhan_persian::text::stored_text(&written.text).is_empty() {
        return Err(AskError::NoWords);
    }
    let until = reply_due(tx, rules, &letter, days).await?.ok_or(AskError::BadDays)?;
    let question = Question { at: tx.now(), by: officer.id.clone(), until };
    let mut letter = letter.asked(question)?;
    rows::save(tx, &mut letter).await??;
    let author = Author::Staff(officer.id.clone(), officer.name.clone());
    let message = messages::add(tx, id, Kind::Question, &author, written).await??;
    let event = Event::QuestionAsked { message: message.to_string(), until: until.0 };
    ledger::record(tx, id, &Who::Staff(officer.id.clone()), &event).await?;
    dispatch::question_asked(tx, rules, &letter).await?;
    search::index(tx, id).await?;
    Ok(letter)
}

/// Until when the sender has time to reply to what is asked now, in so many working days or the unit's term; None when nobody
/// may be given so many.
pub async fn reply_due(
    tx: &mut Tx,
    rules: &Rules,
    letter: &Letter,
    days: Option<u32>,
) -> Result<Option<Moment>, StoreError> {
    let unit = letter.acting_unit().ok_or(StoreError::Unreadable("unit"))?;
    let now = tx.now();
    Ok(match days {
        None => Some(deadlines::due(tx, rules, unit, letter.content.kind.as_ref(), Step::Reply, now).await?),
        Some(days @ 1..=Term::MOST_DAYS) => {
            Some(deadlines::calendar(tx, Some(unit), now).await?.due(now, Term::Days(days)))
        }
        Some(_) => None,
    })
}
