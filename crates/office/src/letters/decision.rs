//! Decisions that can be taken back for some seconds: whose they are, until when, and what the letter was before.

use std::time::Duration;

use pishkhan_store::{Moment, Result, Tx};

use super::letter::Letter;
use super::rows;
use super::states::State;
use crate::actor::{Role, Sender, Staff};
use crate::answers;
use crate::ids::{LetterId, StaffId};
use crate::ledger::{self, Event, Happening};
use crate::rules::Rules;

/// How long what a decision started from is kept; longer than anybody may take one back.
const KEPT: Duration = Duration::from_hours(1);
/// How long a review may have waited for its register's counter, at most.
const WAITED: Duration = Duration::from_secs(10);

/// What was decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Decided {
    /// Registered, returned or rejected: the letter itself tells it.
    Reviewed,
    Answered,
    Asked,
    Upheld,
    Reconsidered,
    /// A message in between: it decides nothing, and is taken back all the same.
    Informed,
    Reopened,
}

/// A decision, as long as nothing else happened to the letter.
#[derive(Debug)]
pub(super) struct Decision {
    pub what: Decided,
    pub by: StaffId,
    pub at: Moment,
    /// What the letter was before.
    pub former: State,
    /// When its sender saw it; of a review that is not asked.
    pub seen_at: Option<Moment>,
}

impl Decided {
    /// The word in tables and in the event of taking it back.
    pub fn as_str(self) -> &'static str {
        match self {
            Decided::Reviewed => "reviewed",
            Decided::Answered => "answered",
            Decided::Asked => "asked",
            Decided::Upheld => "upheld",
            Decided::Reconsidered => "reconsidered",
            Decided::Informed => "informed",
            Decided::Reopened => "reopened",
        }
    }

    pub fn parse(text: &str) -> Option<Decided> {
        let kept = [
            Decided::Answered,
            Decided::Asked,
            Decided::Upheld,
            Decided::Reconsidered,
            Decided::Informed,
            Decided::Reopened,
        ];
        kept.into_iter().find(|decided| decided.as_str() == text)
    }
}

impl Decision {
    /// When it stands for good.
    pub fn end(&self, rules: &Rules) -> Moment {
        self.at.plus(rules.letters.undo)
    }

    /// Whether this person's posts allow such a decision about the letter, so that taking it back exists for them.
    pub fn is_within_reach(&self, staff: &Staff, letter: &Letter) -> bool {
        let is_of = |unit| staff.is_officer_of(unit) || staff.is_signer_of(unit);
        match self.what {
            Decided::Reviewed => staff.has(Role::Reviewer),
            Decided::Answered | Decided::Asked | Decided::Informed => letter.holder.as_ref().is_some_and(is_of),
            Decided::Upheld | Decided::Reconsidered => {
                letter.raised_to.as_ref().is_some_and(|above| staff.is_signer_above(above))
            }
            Decided::Reopened => staff.has(Role::Administrator),
        }
    }

    /// Since when its message may have been posted: a review that waited for a counter may tell a moment a little later than its message's.
    /// What else is taken back tells the very moment, and an earlier message of the same kind is not its own.
    pub fn posted_since(&self) -> Moment {
        if self.what == Decided::Reviewed { self.at.minus(WAITED) } else { self.at }
    }

    /// By which the message about it is known.
    pub fn template(&self, decided: &Letter) -> &'static str {
        match (self.what, &decided.state) {
            (Decided::Answered, _) => "letter_answered",
            (Decided::Asked, _) => "question_asked",
            (Decided::Upheld | Decided::Reconsidered, _) => "objection_decided",
            (Decided::Informed, _) => "sender_informed",
            (Decided::Reopened, _) => "letter_reopened",
            (Decided::Reviewed, State::Returned(..)) => "letter_returned",
            (Decided::Reviewed, State::Rejected(..)) => "letter_rejected",
            (Decided::Reviewed, _) => "letter_registered",
        }
    }
}

/// The decision that made the letter what it is, if it is one that can be taken back for a while.
pub(super) async fn decision(tx: &mut Tx, letter: &Letter) -> Result<Option<Decision>> {
    if let Some(decision) = rows::find_former(tx, letter).await? {
        return Ok(Some(decision));
    }
    let (by, at, submission) = match &letter.state {
        State::Registered(submission, it) => (&it.by, it.at, submission),
        State::Returned(submission, it) => (&it.by, it.at, submission),
        State::Rejected(submission, it) => (&it.by, it.at, submission),
        _ => return Ok(None),
    };
    if is_passed_on(&ledger::of_letter(tx, &letter.id).await?) {
        return Ok(None);
    }
    let former = State::Submitted(submission.clone());
    Ok(Some(Decision { what: Decided::Reviewed, by: by.clone(), at, former, seen_at: None }))
}

/// Whether a unit has referred the letter since it was decided, so that it is in other hands although its state is the same, or has written
/// to its sender, who knows the number then; not if it took that back.
fn is_passed_on(happenings: &[Happening]) -> bool {
    let happenings = ledger::without_undone(happenings);
    let since = happenings.iter().rev().take_while(|it| !matches!(it.event, Event::LetterRegistered { .. }));
    since.into_iter().any(|it| matches!(it.event, Event::LetterReferred { .. } | Event::SenderInformed { .. }))
}

/// Until when this person may take their decision about the letter back; None when there is none of theirs, or its sender saw it.
pub async fn undo_until(tx: &mut Tx, letter: &Letter, staff: &Staff, rules: &Rules) -> Result<Option<Moment>> {
    let decision = decision(tx, letter).await?;
    let own = decision.filter(|it| it.by == staff.id && it.seen_at.is_none() && it.is_within_reach(staff, letter));
    Ok(own.map(|decision| decision.end(rules)))
}

/// A letter that this administrator reopened a moment ago. They see it no more, but the way back from there is theirs; whether it is open still,
/// the act itself asks.
pub async fn find_reopened(tx: &mut Tx, staff: &Staff, id: &LetterId) -> Result<Option<Letter>> {
    if !staff.has(Role::Administrator) {
        return Ok(None);
    }
    rows::find_reopened(tx, staff, id).await
}

/// Whether a letter was reopened a moment ago, by this administrator or by another one: neither sees it any more.
pub async fn is_reopened(tx: &mut Tx, staff: &Staff, id: &LetterId) -> Result<bool> {
    Ok(staff.has(Role::Administrator) && rows::is_reopened(tx, staff, id).await?)
}

/// Whether a unit, or the signer above it, decided something a moment ago which the sender has still to see.
pub async fn has_unseen_decision(tx: &mut Tx, rules: &Rules, letter: &Letter) -> Result<bool> {
    let decision = rows::find_former(tx, letter).await?;
    Ok(decision.is_some_and(|decision| decision.seen_at.is_none() && tx.now() < decision.end(rules)))
}

/// Notes that the sender sees the letter as it is now: what was decided a moment ago is not taken back any more.
pub async fn see_decision(tx: &mut Tx, sender: &Sender, id: &LetterId) -> Result<()> {
    match rows::find_own(tx, &sender.id, id).await? {
        Some(letter) => rows::mark_decision_seen(tx, &letter).await,
        None => Ok(()),
    }
}

/// Forgets what was kept for decisions that nobody can take back any more.
pub async fn forget_decisions(tx: &mut Tx) -> Result<()> {
    let before = tx.now().minus(KEPT);
    rows::forget_former(tx, before).await?;
    answers::forget_given(tx, before).await
}
