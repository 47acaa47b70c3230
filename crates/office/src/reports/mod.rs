//! Reports: how many letters came, what became of them, how long it took, and which need somebody's eye.
//!
//! A page never counts letters. A round ([`round`]) keeps figures up with the letters, by what has changed since it last looked; a
//! report adds up a few dozen rows of them, however many letters there are. Every figure is the number of letters in a list
//! ([`letters_where`]) that can be read by whoever may read them; one of messages is the number of messages in a list that has each with
//! its letter.

mod asked;
mod columns;
mod facts;
mod figures;
mod histogram;
mod lists;
mod messages;
mod periods;
mod ratings;
mod report;
mod round;
mod rows;
mod sight;

pub use asked::{By, Reason, Where};
pub use facts::Outcome;
pub use figures::{Figures, Open};
pub use histogram::Histogram;
pub use lists::{Found, letters_where};
pub use messages::{Fate, FoundMessage, Told};
pub use periods::{Hour, Period, Range, Span};
pub use ratings::Ratings;
pub use report::{Column, OpenInUnit, RatedUnit, Report, report};
pub use round::round;
pub use sight::Sight;
