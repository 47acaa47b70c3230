//! Messages out of the building: the outbox, the rounds that empty it, the gateways that carry, and the routes that choose among them.
//!
//! An act posts a [`Message`] in its own transaction; a [`Courier`] sends it later, at least once, with no transaction open.
//! It knows no letter and no page.
#![warn(missing_docs)]

mod ask;
mod budget;
mod carry;
pub mod gateways;
mod hears;
mod judge;
mod lists;
mod message;
mod network;
mod noes;
pub mod outbox;
mod permit;
mod round;
pub mod routes;
mod rules;
pub mod schedule;
mod watch;

pub use gateways::{Gateway, Outgoing};
pub use hears::Hears;
pub use lists::{
    Fate, Progress, SentMessage, Waiting, fate, fate_of, last_fate, messages_about, sent_messages, waiting,
};
pub use message::{Message, MessageId};
pub use network::{Network, NotANetwork};
pub use outbox::{Claimed, post};
pub use pishkhan_persian::Language;
pub use round::{Courier, Round};
pub use rules::CourierRules;
