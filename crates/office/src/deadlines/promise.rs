//! What a unit usually needs for a review, measured by what it did and not by what it says.

use std::time::Duration;

use pishkhan_store::{Moment, Result, Tx};

use super::rows;
use crate::ids::UnitId;

/// How far back is looked.
const LATELY: Duration = Duration::from_hours(90 * 24);
/// Fewer letters say nothing.
const LEAST: i64 = 10;

/// By when a letter that the unit got at `from` is usually reviewed: after as much working time as the middle one of the letters took
/// that it decided lately. None while there are too few of them, or when that time has passed already.
pub async fn promise(tx: &mut Tx, unit: &UnitId, from: Moment) -> Result<Option<Moment>> {
    let since = tx.now().minus(LATELY);
    let Some((submitted, decided)) = rows::promise::middle_review(tx, unit, since, LEAST).await? else {
        return Ok(None);
    };
    let calendar = super::calendar(tx, Some(unit), submitted.min(from)).await?;
    let usual = calendar.after_work(from, calendar.work_between(submitted, decided));
    Ok(Some(usual).filter(|usual| *usual > tx.now()))
}
