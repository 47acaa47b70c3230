//! The SQL of deadlines: the calendar, the terms, and what reviews took.

pub mod calendar;
pub(super) mod promise;
pub mod terms;
