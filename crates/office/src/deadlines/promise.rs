//! What a unit usually needs for a review, measured by what it did and not by what it says.

use std::time::Duration;

use pishkhan_store::{Moment, Result, Tx};

use super::calendar::Calendar;
use super::rows;
use crate::ids::UnitId;

/// How far back is looked.
const LATELY: Duration = Duration::from_hours(90 * 24);
/// How many letters are looked at, the latest, so that a large unit's pages cost as much as a small one's.
const MOST: i64 = 500;
/// Fewer letters say nothing.
const LEAST: i64 = 10;

/// What a unit's review usually takes, in working time of its calendar.
#[derive(Clone, Debug)]
pub struct Usual {
    calendar: Calendar,
    work: i64,
}

impl Usual {
    /// By when a letter that the unit got at `from` is usually reviewed; None when that has passed already.
    pub fn promise(&self, from: Moment, now: Moment) -> Option<Moment> {
        Some(self.calendar.after_work(from, self.work)).filter(|usual| *usual > now)
    }
}

/// As much working time as the middle one of the letters took that the unit decided lately, without those which had to go back to
/// their senders; None while they are too few.
pub async fn usual(tx: &mut Tx, unit: &UnitId) -> Result<Option<Usual>> {
    let since = tx.now().minus(LATELY);
    let Some((submitted, decided)) = rows::promise::middle_review(tx, unit, since, MOST, LEAST).await? else {
        return Ok(None);
    };
    let calendar = super::calendar(tx, Some(unit), submitted.min(since)).await?;
    let work = calendar.work_between(submitted, decided);
    Ok(Some(Usual { calendar, work }))
}

/// By when a letter that the unit got at `from` is usually reviewed; None when nobody can tell, or when that has passed already.
pub async fn promise(tx: &mut Tx, unit: &UnitId, from: Moment) -> Result<Option<Moment>> {
    let usual = usual(tx, unit).await?;
    Ok(usual.and_then(|usual| usual.promise(from, tx.now())))
}
