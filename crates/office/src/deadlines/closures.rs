//! Closures: holidays, and days that are closed all of a sudden. All are dates that somebody has said; none is computed.

use pishkhan_persian::JalaliDate;
use pishkhan_persian::text::stored_line;
use pishkhan_store::{StoreError, Tx};

use super::rows;
use super::week::Extent;
use crate::ids::UnitId;
use crate::units;

/// A day that is closed, or half of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Closure {
    /// None: the whole organisation.
    pub unit: Option<UnitId>,
    pub date: JalaliDate,
    /// What is left of the day: `Off` or `Half`.
    pub left: Extent,
    /// Why, as people read it.
    pub reason: String,
}

#[derive(Debug, thiserror::Error)]
pub enum ClosureError {
    #[error("the reason is 1 to {} characters", Closure::REASON_CHARACTERS)]
    BadReason,
    #[error("{} is not a date between the years 1300 and 1500", .0.slashed())]
    BadDate(JalaliDate),
    #[error("there is no such unit")]
    NoUnit,
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl Closure {
    pub const REASON_CHARACTERS: usize = 80;

    /// Whether a date lies in the years that a calendar is kept for, so that a mistyped year is noticed.
    pub fn is_in_reach(date: JalaliDate) -> bool {
        (1300..=1500).contains(&date.year) && JalaliDate::new(date.year, date.month, date.day).is_some()
    }
}

/// Closes these days, all or none; what was said of the same days before is replaced.
pub async fn close(tx: &mut Tx, closures: &[Closure]) -> Result<(), ClosureError> {
    let mut unit: Option<&UnitId> = None;
    for closure in closures {
        let reason = stored_line(&closure.reason);
        if reason.is_empty() || reason.chars().count() > Closure::REASON_CHARACTERS {
            return Err(ClosureError::BadReason);
        }
        if !Closure::is_in_reach(closure.date) {
            return Err(ClosureError::BadDate(closure.date));
        }
        if let Some(id) = closure.unit.as_ref().filter(|id| unit != Some(*id)) {
            units::find(tx, id).await?.ok_or(ClosureError::NoUnit)?;
            unit = Some(id);
        }
        rows::calendar::put_closure(tx, &Closure { reason, ..closure.clone() }).await?;
    }
    Ok(())
}

/// Opens the days from one to another again. Returns how many were closed.
pub async fn open(tx: &mut Tx, unit: Option<&UnitId>, from: JalaliDate, until: JalaliDate) -> Result<u64, StoreError> {
    rows::calendar::remove_closures(tx, unit, from, until).await
}
