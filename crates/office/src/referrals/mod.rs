//! Referrals (ارجاع): who of the house has a letter, and who else was asked or told. They are a tree under the letter: a referral for
//! action moves the letter to another unit, so that it always has one owner; those for an answer or for information hang beside.
//! The act that makes one is `letters::refer`.

mod complete;
mod people;
mod recall;
mod referral;
mod rows;
mod send_back;

pub use complete::{CompleteError, complete};
pub use people::Person;
pub use recall::{RecallError, recall};
pub use referral::{
    Branch, COPIES, Ending, Purpose, REFERRAL_CHARACTERS, Referral, To, could_finish, could_recall, could_send_back,
    tree,
};
pub(crate) use rows::{asked_in_vain, close, end_with_letter, free_asked, insert, open_with_letter};
pub use rows::{mark_read, names, of_letter, people, recent_units};
pub use send_back::{SendBackError, send_back};
