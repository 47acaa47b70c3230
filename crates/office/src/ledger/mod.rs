//! The ledger: one event for each act, written in the act's transaction and never changed. A letter's state can be told from
//! its events.

mod event;
mod kind;
mod rows;
mod undone;

pub use event::{Event, Happening, Who};
pub use rows::{hold, of_letter, record, record_beside};
pub use undone::{as_its_sender_saw, without_undone};
