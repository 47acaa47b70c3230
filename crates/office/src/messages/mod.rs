//! Messages: the letter's own thread between the house and its sender, from the registration on. A unit asks or tells, the sender replies,
//! and the sender may write unasked. What is written here both sides read. Papers that a clerk took
//! in with what somebody said at the counter stand here, too; what the house says among itself is in the room `notes`.

mod message;
mod rows;
mod send;

pub use message::{Author, Kind, MESSAGE_CHARACTERS, Message, Unsaid, Written};
pub use rows::{letters_with_unread, mark_read, mark_seen, of_letter};
pub(crate) use rows::{pass_over, take_back};
pub(crate) use send::TWICE;
pub use send::{SendError, could_send, has_just_said, send};
pub(crate) use send::{add, checked, send_as};
