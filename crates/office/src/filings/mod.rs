//! Assisted filing: a clerk writes a letter down for somebody who came to the counter, with a mobile or without one.
//!
//! Until it is filed, it is a draft of a sender whom nobody can sign in as. Whoever has a mobile confirms by a code that was sent
//! to it, and only then does the letter come into the account of that number; without a mobile it stays where it is.

mod arrange;
mod begin;
mod begin_again;
mod confirm;
mod discard;
mod file;
mod filing;
mod left;
mod rows;
mod said;
mod service;
mod visit;

pub use arrange::arrange;
pub use begin::{begin, change};
pub use begin_again::{BeginAgainError, begin_again, could_begin_again};
pub use confirm::{confirm, pending, send_code};
pub use discard::discard;
pub use file::{FileError, file};
pub use filing::{Assent, Filing};
pub use left::{Left, TakeOverError, forget_left, list_left, take_over};
pub use said::{could_be_said, message, object, takes_message, withdraw};
pub use service::{HandError, could_hand_answer, hand_answer};
pub use visit::{complete, reply, waits_for_visit};

use pishkhan_store::{Result, Tx};

use crate::actor::Reviewer;
use crate::ids::LetterId;

/// What this clerk is writing down, if it is theirs and not filed yet.
pub async fn find(tx: &mut Tx, clerk: &Reviewer, id: &LetterId) -> Result<Option<Filing>> {
    rows::find(tx, &clerk.id, id).await
}

/// Everything that this clerk has begun and not filed, the newest first.
pub async fn list(tx: &mut Tx, clerk: &Reviewer) -> Result<Vec<Filing>> {
    rows::list(tx, &clerk.id).await
}
