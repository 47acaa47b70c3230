//! Deadlines. Overdue is computed, never stored: this is the one place that computes it, for page, list and message alike.
//!
//! Today a deadline is the end of a calendar day in Tehran, so many days after the letter came.

use pishkhan_persian::calendar::start_of_tehran_day;
use pishkhan_store::Moment;

const DAY: i64 = 24 * 60 * 60 * 1000;

/// The end of the day that is `days` after `from`, in Tehran.
pub fn due(from: Moment, days: u32) -> Moment {
    // Noon of the day is safe from the two days of 2022 that were an hour off.
    let noon = start_of_tehran_day(from.0) + DAY / 2 + i64::from(days) * DAY;
    Moment(start_of_tehran_day(noon + DAY) - 1)
}

/// How a deadline stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// Days left, 1 or more.
    Days(u64),
    /// Hours left, 0 to 23.
    Hours(u64),
    /// Days it is late, 1 or more.
    Overdue(u64),
}

/// How a deadline stands now.
pub fn standing(due: Moment, now: Moment) -> Standing {
    let left = due.0 - now.0;
    let days = |millis: i64| u64::try_from(millis / DAY).unwrap_or(0);
    if left < 0 {
        Standing::Overdue(days(-left) + 1)
    } else if left < DAY {
        Standing::Hours(u64::try_from(left / (60 * 60 * 1000)).unwrap_or(0))
    } else {
        Standing::Days(days(left))
    }
}
