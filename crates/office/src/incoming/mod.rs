//! Texts that people send to our lines: what one asks for, what comes of it, and the answer by SMS.
//!
//! A tracking code is told its status, as on the public page; the sender's own number takes a letter back, once a code has confirmed it, and
//! rates it. A text proves little, since anybody's number can be forged as its origin: whatever is answered goes to that number, and nothing
//! private is in it. What can't be understood is answered once a day, other machines never.

mod answer;
mod confirmation;
mod listener;
mod reply;
mod rows;
mod take;
mod wish;

pub use listener::Listener;
pub use take::{sweep, take};
