//! The registry: registers (دفتر اندیکاتور), their gapless numbers, and the codes by which registered letters are followed.
//!
//! A number is taken in the transaction that registers, from a counter row and never from a database sequence, which would lose
//! numbers on rollback.

mod book;
mod change;
mod check;
mod entry;
mod lists;
mod register;
mod rows;
mod take;
mod template;
mod void;

pub use book::{Book, BookCheck, BookEntry, BookReader, EntryKind, Line, Shown, Voiding};
pub use change::{RegisterError, RegisterParticulars, add, change};
pub use check::check_books;
pub use entry::{Entry, Outgoing};
pub use lists::{find_book, last_check, lines, years_of};
pub use register::{Direction, Register};
pub use rows::{find, last_number, list, numbers_of, register_of};
pub use take::{TakeError, preview, preview_outgoing, take_number, take_outgoing};
pub(crate) use template::{PRINTED_SIGNS, UNIT_SIGNS, is_sign_of_numbers};
pub use template::{Template, TemplateError};
pub(crate) use void::{void_number, void_outgoing};
