//! What a unit usually needs for a review and for an answer, measured by what it did and not by what it says.

use std::time::Duration;

use pishkhan_store::{Moment, Result, Tx};

use super::calendar::Calendar;
use super::pauses::Pause;
use super::rows;
use super::term::Step;
use crate::ids::UnitId;

/// How far back is looked.
const LATELY: Duration = Duration::from_hours(90 * 24);
/// For how long before now the days are known that are not worked: a letter may have waited for its sender for months.
const KNOWN: Duration = Duration::from_hours(365 * 24);
/// How many letters are looked at, the latest, so that a large unit's pages cost as much as a small one's.
const MOST: i64 = 500;
/// Fewer letters say nothing.
const LEAST: i64 = 10;

/// What a step usually takes a unit, in working time of its calendar.
#[derive(Clone, Debug)]
pub struct Usual {
    calendar: Calendar,
    work: i64,
}

impl Usual {
    /// By when a step that began at `from` and was paused so is usually done; None when that has passed already.
    pub fn promise(&self, from: Moment, pauses: &[Pause], now: Moment) -> Option<Moment> {
        Some(self.calendar.after_work_without(from, self.work, pauses)).filter(|usual| *usual > now)
    }
}

/// As much working time as the middle one of the letters took that the unit decided, or answered, lately. The time in which they waited
/// for their senders counts for nothing. None while they are too few, and for steps that nobody measures.
pub async fn usual(tx: &mut Tx, unit: &UnitId, step: Step) -> Result<Option<Usual>> {
    let now = tx.now();
    let since = now.minus(LATELY);
    let middle = match step {
        Step::Review => rows::promise::middle_review(tx, unit, since, MOST, LEAST).await?,
        Step::Answer => rows::promise::middle_answer(tx, unit, since, MOST, LEAST).await?,
        Step::Completion | Step::Reply | Step::Objection | Step::Ruling => None,
    };
    let Some(middle) = middle else { return Ok(None) };
    let pauses = rows::promise::pauses(tx, &middle.letter).await?;
    let calendar = super::calendar(tx, Some(unit), middle.began.min(now.minus(KNOWN))).await?;
    let work = calendar.work_without(middle.began, middle.ended, &pauses);
    Ok(Some(Usual { calendar, work }))
}
