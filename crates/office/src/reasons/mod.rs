//! Reasons for a rejection: the organisation's list, short enough for an SMS.

mod reason;
mod rows;

pub use reason::{Reason, ReasonError, add};
pub use rows::{archive, find, list, list_open};
