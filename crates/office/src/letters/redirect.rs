//! Redirecting: the reviewer sends a letter to another unit than its sender chose; it stays under review.

use pishkhan_store::{StoreError, Tx};

use super::letter::{Letter, Stale, Version, WrongState};
use super::rows;
use crate::actor::Reviewer;
use crate::ids::{LetterId, UnitId};
use crate::ledger::{self, Event, Who};
use crate::{search, units};

#[derive(Debug, thiserror::Error)]
pub enum RedirectError {
    #[error("no such letter on this desk")]
    NotOnDesk,
    #[error(transparent)]
    Stale(#[from] Stale),
    #[error(transparent)]
    NotUnderReview(#[from] WrongState),
    #[error("no such unit")]
    NoUnit,
    #[error("the letter is with that unit already")]
    SameUnit,
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Redirects a letter that the reviewer saw in version `seen`. The date of submission and the deadline stay.
pub async fn redirect(
    tx: &mut Tx,
    reviewer: &Reviewer,
    id: &LetterId,
    seen: Version,
    to: Option<&UnitId>,
) -> Result<Letter, RedirectError> {
    let letter = rows::find_for_desk(tx, reviewer, id).await?.ok_or(RedirectError::NotOnDesk)?;
    letter.is_version(seen)?;
    let to = match to {
        Some(to) => units::find(tx, to).await?.filter(|unit| !unit.is_archived),
        None => None,
    };
    let to = to.ok_or(RedirectError::NoUnit)?.id;
    let from = letter.content.unit.clone();
    if from.as_ref() == Some(&to) {
        return Err(RedirectError::SameUnit);
    }
    let mut letter = letter.redirected(to.clone(), tx.now())?;
    rows::save(tx, &mut letter).await??;
    let from_unit = from.map(|unit| unit.to_string()).unwrap_or_default();
    let event = Event::LetterRedirected { from_unit, to_unit: to.to_string() };
    ledger::record(tx, id, &Who::Staff(reviewer.id.clone()), &event).await?;
    search::index(tx, id).await?;
    Ok(letter)
}
