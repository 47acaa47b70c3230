//! How a deadline stands. Overdue is computed, never stored: this is the one place that computes it, for page, list and message alike.

use pishkhan_store::Moment;

const HOUR: i64 = 60 * 60 * 1000;
const DAY: i64 = 24 * HOUR;

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
    let whole = |millis: i64, measure: i64| u64::try_from(millis / measure).unwrap_or(0);
    if left < 0 {
        Standing::Overdue(whole(-left, DAY) + 1)
    } else if left < DAY {
        Standing::Hours(whole(left, HOUR))
    } else {
        Standing::Days(whole(left, DAY))
    }
}
