//! Undoing: within seconds, whoever decided takes a decision back. Its message was held and never leaves; a number that it took is
//! voided in sight and never used again.

use pishkhan_courier::outbox;
use pishkhan_store::{Moment, StoreError, Tx};

use super::letter::{Letter, Stale, Version, WrongState};
use super::states::State;
use super::{assign, rows};
use crate::actor::{Reviewer, Staff};
use crate::ids::{LetterId, StaffId};
use crate::ledger::{self, Event, Happening, Who};
use crate::rules::Rules;
use crate::{completion, registry, search};

#[derive(Debug, thiserror::Error)]
pub enum UndoError {
    #[error("no such letter on this desk")]
    NotOnDesk,
    #[error(transparent)]
    Stale(#[from] Stale),
    #[error(transparent)]
    NotDecided(#[from] WrongState),
    /// Whoever decided may take it back, and nobody else.
    #[error("somebody else decided")]
    NotYours,
    /// The message has gone, or is going.
    #[error("the time for it is over")]
    TooLate,
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Takes back the decision that this reviewer made a moment ago, and saw in version `seen`.
pub async fn undo(
    tx: &mut Tx,
    rules: &Rules,
    reviewer: &Reviewer,
    id: &LetterId,
    seen: Version,
) -> Result<Letter, UndoError> {
    let before = rows::find_for_desk(tx, reviewer, id).await?.ok_or(UndoError::NotOnDesk)?;
    before.is_version(seen)?;
    let decision = decision(&before).ok_or(WrongState)?;
    if decision.by != &reviewer.id {
        return Err(UndoError::NotYours);
    }
    if undo_until(&before, reviewer, rules).is_none_or(|until| tx.now() >= until) {
        return Err(UndoError::TooLate);
    }
    if is_passed_on(&ledger::of_letter(tx, id).await?) {
        return Err(WrongState.into());
    }
    let mut letter = before.clone().undecided(tx.now())?;
    let freed = assign::free_review(tx, &mut letter).await?;
    rows::save(tx, &mut letter).await??;
    outbox::recall(tx, id.as_str(), decision.template, decision.at).await?;
    if outbox::has_left(tx, id.as_str(), decision.template, decision.at).await? {
        return Err(UndoError::TooLate);
    }
    let number = match &before.state {
        State::Registered(_, registration) => {
            registry::void_number(tx, id, &reviewer.id).await?;
            Some(registration.number.clone())
        }
        State::Returned(_, returned) => {
            completion::forget(tx, id, returned.at).await?;
            None
        }
        _ => None,
    };
    let event = Event::DecisionUndone { undone: before.state.as_str().to_owned(), number };
    ledger::record(tx, id, &Who::Staff(reviewer.id.clone()), &event).await?;
    assign::record_freed(tx, id, freed).await?;
    search::index(tx, id).await?;
    Ok(letter)
}

/// Whether a unit has referred the letter since it was decided: it is in other hands, although its state is the same.
fn is_passed_on(happenings: &[Happening]) -> bool {
    let since = happenings.iter().rev().take_while(|it| !matches!(it.event, Event::LetterRegistered { .. }));
    since.into_iter().any(|it| matches!(it.event, Event::LetterReferred { .. }))
}

/// Until when this person may take their decision about the letter back; None when there is none of theirs.
pub fn undo_until(letter: &Letter, staff: &Staff, rules: &Rules) -> Option<Moment> {
    let decision = decision(letter).filter(|decision| decision.by == &staff.id)?;
    Some(decision.at.plus(rules.letters.undo))
}

struct Decision<'a> {
    by: &'a StaffId,
    at: Moment,
    /// By which its message is known.
    template: &'static str,
}

fn decision(letter: &Letter) -> Option<Decision<'_>> {
    match &letter.state {
        State::Registered(_, it) => Some(Decision { by: &it.by, at: it.at, template: "letter_registered" }),
        State::Returned(_, it) => Some(Decision { by: &it.by, at: it.at, template: "letter_returned" }),
        State::Rejected(_, it) => Some(Decision { by: &it.by, at: it.at, template: "letter_rejected" }),
        _ => None,
    }
}
