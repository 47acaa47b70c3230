//! Presence: who else has a letter open now, so that two people do not decide the same one. It is a courtesy and no lock: the
//! letter's version decides who was first.
//!
//! Opening a letter marks it for [`LASTS`]; leaving its page takes the mark away. Marks are told to those only who see the letter.

mod mark;
mod rows;

pub use mark::{LASTS, Looker, leave, lookers, open, opened_at};
