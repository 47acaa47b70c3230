//! Saying which week is worked from a day on.

use pishkhan_persian::{JalaliDate, TehranDay};
use pishkhan_store::{StoreError, Tx};

use super::closures::Closure;
use super::rows;
use super::week::{ValidWeek, Week};
use crate::ids::UnitId;
use crate::units;

#[derive(Debug, thiserror::Error)]
pub enum WeekError {
    #[error("a week needs a day that is worked, and hours in order, such as 07:30-14:30 with half days until 12:30")]
    Unsound,
    #[error("a week can't end before it begins")]
    EndsBefore,
    #[error("{} is not a date between the years 1300 and 1500", .0.slashed())]
    BadDate(JalaliDate),
    #[error("there is no such unit")]
    NoUnit,
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Sets the week that is worked from a day on, in place of one that begins on the same day. Of weeks that overlap, the one that began
/// last holds; a unit's stands before the organisation's.
pub async fn set_week(tx: &mut Tx, valid: &ValidWeek) -> Result<(), WeekError> {
    if !valid.week.is_sound() {
        return Err(WeekError::Unsound);
    }
    if valid.until.is_some_and(|until| until < valid.from) {
        return Err(WeekError::EndsBefore);
    }
    if let Some(date) = [Some(valid.from), valid.until].into_iter().flatten().find(|date| !Closure::is_in_reach(*date))
    {
        return Err(WeekError::BadDate(date));
    }
    if let Some(unit) = &valid.unit {
        units::find(tx, unit).await?.ok_or(WeekError::NoUnit)?;
    }
    rows::calendar::forget_week(tx, valid.unit.as_ref(), valid.from).await?;
    rows::calendar::insert_week(tx, valid).await?;
    Ok(())
}

/// Forgets the week that begins on this day. Returns whether there was one.
pub async fn forget_week(tx: &mut Tx, unit: Option<&UnitId>, from: JalaliDate) -> Result<bool, StoreError> {
    rows::calendar::forget_week(tx, unit, from).await
}

/// The week that is worked on this day.
pub async fn week_on(tx: &mut Tx, unit: Option<&UnitId>, day: TehranDay) -> Result<Week, StoreError> {
    Ok(rows::calendar::load(tx, unit, day).await?.week(day))
}
