//! Registering: the reviewer accepts a letter; it gets its number, its date and its tracking code, and goes to its unit.

use pishkhan_store::{StoreError, Tx};

use super::letter::{Letter, Stale, Version, WrongState};
use super::rows;
use crate::actor::Reviewer;
use crate::deadlines::{self, Step};
use crate::ids::LetterId;
use crate::ledger::{self, Event, Who};
use crate::registry::TakeError;
use crate::rules::Rules;
use crate::{dispatch, registry, search, units};

#[derive(Debug, thiserror::Error)]
pub enum RegisterError {
    #[error("no such letter on this desk")]
    NotOnDesk,
    #[error(transparent)]
    Stale(#[from] Stale),
    #[error(transparent)]
    NotUnderReview(#[from] WrongState),
    #[error("the server's clock is behind the register's last entry")]
    ClockWentBack,
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

/// Registers a letter that the reviewer saw in version `seen`.
pub async fn register(
    tx: &mut Tx,
    rules: &Rules,
    reviewer: &Reviewer,
    id: &LetterId,
    seen: Version,
) -> Result<Letter, RegisterError> {
    let letter = rows::find_for_desk(tx, reviewer, id).await?.ok_or(RegisterError::NotOnDesk)?;
    letter.is_version(seen)?;
    if letter.state.as_str() != "submitted" {
        // Before a number is taken, so that nobody waits for the counter in vain.
        return Err(WrongState.into());
    }
    let unit = match letter.unit() {
        Some(unit) => units::find(tx, unit).await?,
        None => None,
    };
    let unit = unit.ok_or(StoreError::Unreadable("unit"))?;
    let entry = registry::take_number(tx, &unit, id, &reviewer.id).await?;
    let kind = letter.content.kind.as_ref();
    let deadline = deadlines::set(tx, rules, &unit.id, kind, Step::Answer, tx.now()).await?;
    let answer_due = deadline.moment();
    let event = Event::LetterRegistered {
        number: entry.printed.clone(),
        tracking_code: entry.tracking.as_str().to_owned(),
        deadline: Some(deadline),
    };
    let mut letter = letter.registered(entry, reviewer.id.clone(), answer_due)?;
    rows::save(tx, &mut letter).await??;
    ledger::record(tx, id, &Who::Staff(reviewer.id.clone()), &event).await?;
    dispatch::letter_registered(tx, rules, &letter).await?;
    search::index(tx, id).await?;
    Ok(letter)
}
