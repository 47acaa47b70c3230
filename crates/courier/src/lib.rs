//! Messages out of the building: the outbox, the rounds that empty it, and the gateways that carry.
//!
//! An act posts a [`Message`] in its own transaction; a [`Courier`] sends it later, at least once, with no transaction open.
//! It knows no letter and no page.
#![warn(missing_docs)]

pub mod gateways;
mod lists;
mod message;
pub mod outbox;
mod round;
pub mod schedule;

pub use gateways::{Gateway, Outgoing};
pub use lists::{Fate, SentMessage, Waiting, fate, sent_messages, waiting};
pub use message::{Message, MessageId};
pub use outbox::{Claimed, post};
pub use round::{Courier, Round};
