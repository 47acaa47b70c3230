//! Undoing: within seconds, whoever decided takes a decision back. Its message was held and never leaves; a number that it took is
//! voided in sight and never used again; an answer is a draft again. What the sender has seen is not taken back.

use pishkhan_courier::outbox;
use pishkhan_store::{StoreError, Tx};

use super::decision::{Decided, Decision};
use super::letter::{Letter, Stale, Version, WrongState};
use super::life::Act;
use super::states::State;
use super::{assign, decision, escalate, give, inform, rights, rows};
use crate::actor::Staff;
use crate::ids::LetterId;
use crate::ledger::{self, Event, Who};
use crate::messages::{self, Kind};
use crate::rules::Rules;
use crate::{answers, completion, registry, search};

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
    #[error("the letter's sender has seen it")]
    Seen,
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Takes back the decision that this person made a moment ago, and saw in version `seen`. The letter, its clock and its files are what
/// they were.
pub async fn undo(
    tx: &mut Tx,
    rules: &Rules,
    staff: &Staff,
    id: &LetterId,
    seen: Version,
) -> Result<Letter, UndoError> {
    let before = match rows::find_for_desk(tx, staff, id).await? {
        Some(letter) => letter,
        None => decision::find_reopened(tx, staff, id).await?.ok_or(UndoError::NotOnDesk)?,
    };
    if !rights::could_act(staff, &before, Act::Undo) {
        return Err(UndoError::NotOnDesk);
    }
    before.is_version(seen)?;
    let decision = decision::decision(tx, &before).await?.ok_or(WrongState)?;
    if !decision.is_within_reach(staff, &before) {
        return Err(UndoError::NotOnDesk);
    }
    if decision.by != staff.id {
        return Err(UndoError::NotYours);
    }
    if tx.now() >= decision.end(rules) {
        return Err(UndoError::TooLate);
    }
    let mut letter = before.clone().undone(decision.former.clone(), tx.now())?;
    if decision.what == Decided::Answered {
        letter.rating = answers::take_rating(tx, id).await?;
    }
    let freed = assign::free_review(tx, &mut letter).await?;
    rows::save(tx, &mut letter).await??;
    if decision.what != Decided::Reviewed && !rows::undo_former(tx, &before).await? {
        return Err(UndoError::Seen);
    }
    let (template, posted) = (decision.template(&before), decision.posted_since());
    outbox::recall(tx, id.as_str(), template, posted).await?;
    if outbox::has_left(tx, id.as_str(), template, posted).await? {
        return Err(UndoError::TooLate);
    }
    let number = take_back(tx, staff, &before, &decision).await?;
    let undone = match decision.what {
        Decided::Reviewed => before.state.as_str(),
        what => what.as_str(),
    };
    let event = Event::DecisionUndone { undone: undone.to_owned(), number };
    ledger::record(tx, id, &Who::Staff(staff.id.clone()), &event).await?;
    assign::record_freed(tx, id, freed).await?;
    escalate::tell_again(tx, rules, &letter).await?;
    search::index(tx, id).await?;
    Ok(letter)
}

/// Takes back what the decision did beside moving the letter; answers the number that it voids, if it had taken one.
async fn take_back(
    tx: &mut Tx,
    staff: &Staff,
    before: &Letter,
    decision: &Decision,
) -> Result<Option<String>, StoreError> {
    let id = &before.id;
    match (decision.what, &before.state) {
        (Decided::Reviewed, State::Registered(_, registration)) => {
            registry::void_number(tx, id, &staff.id).await?;
            Ok(Some(registration.number.clone()))
        }
        (Decided::Reviewed, State::Returned(_, returned)) => {
            completion::forget(tx, id, returned.at).await?;
            Ok(None)
        }
        (Decided::Answered, State::Answered(_, _, answer)) => give::undo(tx, id, &staff.id, answer, decision.at).await,
        (Decided::Asked, State::AwaitingSender(_, _, _, question)) => {
            messages::take_back(tx, id, Kind::Question, question.at).await?;
            Ok(None)
        }
        (Decided::Informed, _) => {
            inform::undo(tx, id, decision.at).await?;
            Ok(None)
        }
        (Decided::Reconsidered | Decided::Reopened, _) => {
            rows::restore_hand(tx, before).await?;
            rows::forget_back(tx, id).await?;
            give::hold_again(tx, id, decision.at).await?;
            Ok(None)
        }
        (Decided::Reviewed | Decided::Answered | Decided::Asked | Decided::Upheld, _) => Ok(None),
    }
}
