//! How a deadline stands. Overdue and nearly due are computed, never stored: this is the one place that computes them, for page, list
//! and message alike. Pure.

use pishkhan_persian::TehranDay;
use pishkhan_store::Moment;

const HOUR: i64 = 60 * 60 * 1000;
const DAY: i64 = 24 * HOUR;

/// How a deadline stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Standing {
    pub left: Left,
    /// Whether there is time left, but hardly any.
    pub is_near: bool,
}

/// How much time is left, or lost, as a calendar on the wall counts it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Left {
    /// Days left, 1 or more.
    Days(u64),
    /// Hours left, 0 to 23.
    Hours(u64),
    /// Hours it is late, 0 to 23, where it was due at an hour and not with its day.
    OverdueHours(u64),
    /// Days it is late, 1 or more: each that has begun.
    Overdue(u64),
}

/// How a deadline stands now. What is due before `near` is nearly due; [`super::near`] tells that moment.
pub fn standing(due: Moment, now: Moment, near: Moment) -> Standing {
    let left = due.0 - now.0;
    let whole = |millis: i64, measure: i64| u64::try_from(millis / measure).unwrap_or(0);
    let left = if is_overdue(due, now) {
        let late = -left;
        // What is due with its day is a day late from the next one's first moment on.
        let is_with_its_day = due.0 == TehranDay::of(due.0).end();
        if late < DAY && !is_with_its_day {
            Left::OverdueHours(whole(late, HOUR))
        } else {
            Left::Overdue(whole(late + DAY - 1, DAY))
        }
    } else if left < DAY {
        Left::Hours(whole(left, HOUR))
    } else {
        Left::Days(whole(left, DAY))
    };
    Standing { left, is_near: due < near && !is_overdue(due, now) }
}

/// Whether a deadline has passed.
pub fn is_overdue(due: Moment, now: Moment) -> bool {
    due < now
}
