//! Registering: the reviewer accepts a letter; it gets its number, its date and its tracking code, and goes to its unit.

use pishkhan_store::{StoreError, Tx};

use super::classify::{self, ClassifyError};
use super::letter::{Letter, Own, Stale, Version, WrongState};
use super::marks::{MarkFault, Marks};
use super::rows;
use crate::actor::Reviewer;
use crate::deadlines::{self, Step};
use crate::ids::{LetterId, UnitId};
use crate::ledger::{self, Event, Who};
use crate::registry::TakeError;
use crate::rules::Rules;
use crate::{dispatch, files, referrals, registry, search, units};

#[derive(Debug, thiserror::Error)]
pub enum RegisterError {
    #[error("no such letter on this desk")]
    NotOnDesk,
    #[error(transparent)]
    Stale(#[from] Stale),
    #[error(transparent)]
    NotUnderReview(#[from] WrongState),
    /// One of its files waits for the scanner, which should look at it any moment.
    #[error("a file of the letter waits for the scanner")]
    Unscanned,
    #[error("the server's clock is behind the register's last entry")]
    ClockWentBack,
    /// Everything that can't be said of it.
    #[error("what is said of the letter can't be")]
    Marks(Vec<MarkFault>),
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<TakeError> for RegisterError {
    fn from(error: TakeError) -> Self {
        match error {
            TakeError::ClockWentBack => RegisterError::ClockWentBack,
            TakeError::HasNumber => RegisterError::Stale(Stale),
            TakeError::Store(error) => RegisterError::Store(error),
        }
    }
}

/// Registers a letter that the reviewer saw in version `seen`, as it is.
pub async fn register(
    tx: &mut Tx,
    rules: &Rules,
    reviewer: &Reviewer,
    id: &LetterId,
    seen: Version,
) -> Result<Letter, RegisterError> {
    register_marked(tx, rules, reviewer, id, seen, &Marks::default()).await
}

/// The same, with what the reviewer says of it: its classification, its priority, and its sender's own number and date.
pub async fn register_marked(
    tx: &mut Tx,
    rules: &Rules,
    reviewer: &Reviewer,
    id: &LetterId,
    seen: Version,
    marks: &Marks,
) -> Result<Letter, RegisterError> {
    let letter = rows::find_for_desk(tx, reviewer, id).await?.ok_or(RegisterError::NotOnDesk)?;
    letter.is_version(seen)?;
    if letter.state.as_str() != "submitted" {
        // Before a number is taken, so that nobody waits for the counter in vain.
        return Err(WrongState.into());
    }
    if files::wait(&files::of_letter(tx, id).await?, tx.now()) == files::Wait::Scanner {
        return Err(RegisterError::Unscanned);
    }
    let unit = match letter.unit() {
        Some(unit) => units::find(tx, unit).await?,
        None => None,
    };
    let unit = unit.ok_or(StoreError::Unreadable("unit"))?;
    let letter = marked(tx, reviewer, letter, &unit.id, marks).await?;
    let entry = registry::take_number(tx, &unit, id, &reviewer.id).await?;
    let kind = letter.content.kind.as_ref();
    let deadline = deadlines::set(tx, rules, &unit.id, kind, Step::Answer, tx.now()).await?;
    let answer_due = deadline.moment();
    let event = Event::LetterRegistered {
        number: entry.printed.clone(),
        tracking_code: entry.tracking.as_str().to_owned(),
        deadline: Some(deadline),
        classification: letter.classification.as_str().to_owned(),
        priority: letter.priority.as_str().to_owned(),
        own_number: letter.own.number.clone(),
        own_date: letter.own.date.clone(),
    };
    let mut letter = letter.registered(entry, reviewer.id.clone(), answer_due)?;
    rows::save(tx, &mut letter).await??;
    ledger::record(tx, id, &Who::Staff(reviewer.id.clone()), &event).await?;
    dispatch::letter_registered(tx, rules, &letter).await?;
    search::index(tx, id).await?;
    Ok(letter)
}

/// The letter with what is said of it, or everything that can't be said. A letter goes to a unit where somebody may see it, unless
/// it was classified so far before: it must be registered all the same.
async fn marked(
    tx: &mut Tx,
    reviewer: &Reviewer,
    letter: Letter,
    unit: &UnitId,
    marks: &Marks,
) -> Result<Letter, RegisterError> {
    let (own, mut faults) = match marks.own.as_ref().map(|typed| Own::read(typed, tx.now())) {
        None => (letter.own.clone(), Vec::new()),
        Some(Ok(own)) => (own, Vec::new()),
        Some(Err(faults)) => (Own::default(), faults),
    };
    let classification = marks.classification.unwrap_or(letter.classification);
    match classify::check(tx, reviewer, &letter, classification).await {
        Ok(()) if classification > letter.classification => {
            let people = referrals::people(tx).await?;
            let mut officers = people.iter().filter(|person| person.is_officer && person.unit == *unit);
            if !officers.any(|officer| officer.clearance >= classification) {
                faults.push(MarkFault::NobodyCleared);
            }
        }
        Ok(()) => {}
        Err(ClassifyError::AboveClearance) => faults.push(MarkFault::AboveClearance),
        Err(ClassifyError::NotCleared(name)) => faults.push(MarkFault::NotCleared(name)),
        Err(ClassifyError::Store(error)) => return Err(error.into()),
        Err(ClassifyError::NotOnDesk | ClassifyError::Stale(_)) => return Err(RegisterError::NotOnDesk),
    }
    if !faults.is_empty() {
        return Err(RegisterError::Marks(faults));
    }
    Ok(Letter { classification, priority: marks.priority.unwrap_or(letter.priority), own, ..letter })
}
