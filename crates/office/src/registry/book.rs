//! The indicator book (دفتر اندیکاتور): what stands on its lines. Pure.

use pishkhan_store::Moment;

use crate::actor::{Role, Staff};
use crate::ids::{LetterId, RegisterId};
use crate::letters::{Classification, Own};
use crate::registry::Register;

/// Somebody who may read the book: reviewers, auditors and administrators.
#[derive(Clone, Debug)]
pub struct BookReader {
    /// Whether they may open the letters, too.
    pub reads_letters: bool,
    /// Of letters above it they see that there is one, and neither whose it is nor what it is about.
    clearance: Classification,
}

impl BookReader {
    pub fn of(staff: &Staff) -> Option<BookReader> {
        let reads_letters = staff.has(Role::Reviewer) || staff.has(Role::Auditor);
        (reads_letters || staff.has(Role::Administrator))
            .then_some(BookReader { reads_letters, clearance: staff.clearance })
    }
}

impl BookReader {
    /// Whether somebody with this clearance may see such a letter.
    pub(super) fn sees(&self, classification: i64) -> bool {
        classification <= self.clearance.level()
    }
}

/// Which book: a register has one for each Jalali year.
#[derive(Clone, Debug)]
pub struct Book {
    pub register: Register,
    pub year: i64,
    /// The last number that was taken; 0 when none was.
    pub last_number: i64,
}

/// A line of the book: one number.
#[derive(Clone, Debug)]
pub enum Line {
    Entry(Box<BookEntry>),
    /// A number that was taken and stands nowhere. Registering can't do this: somebody has changed the book.
    Missing(i64),
}

impl Line {
    pub fn number(&self) -> i64 {
        match self {
            Line::Entry(entry) => entry.number,
            Line::Missing(number) => *number,
        }
    }
}

/// A number with its letter.
#[derive(Clone, Debug)]
pub struct BookEntry {
    pub number: i64,
    /// As it was printed then, in ASCII digits.
    pub printed: String,
    pub kind: EntryKind,
    pub at: Moment,
    /// Who entered it, by their name now.
    pub by: String,
    pub letter: LetterId,
    /// None when the letter is above the reader's clearance.
    pub shown: Option<Shown>,
    pub unit_name: String,
    pub unit_name_english: String,
    /// The letter's state now, by its word in tables.
    pub state: String,
    pub voided: Option<Voiding>,
}

/// What only those read of an entry who may see its letter.
#[derive(Clone, Debug)]
pub struct Shown {
    pub sender_name: String,
    pub subject: String,
    /// What the letter's own paper calls itself.
    pub own: Own,
}

/// Which way a letter went.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EntryKind {
    Incoming,
    Outgoing,
}

impl EntryKind {
    pub fn as_str(self) -> &'static str {
        match self {
            EntryKind::Incoming => "incoming",
            EntryKind::Outgoing => "outgoing",
        }
    }

    pub fn parse(text: &str) -> Option<EntryKind> {
        [EntryKind::Incoming, EntryKind::Outgoing].into_iter().find(|kind| kind.as_str() == text)
    }
}

/// An entry that holds no more. It stays in sight.
#[derive(Clone, Debug)]
pub struct Voiding {
    pub at: Moment,
    pub by: String,
    pub reason: String,
}

/// What the nightly look through a whole book found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BookCheck {
    pub register: RegisterId,
    pub year: i64,
    pub at: Moment,
    /// How many of the numbers that were taken stand nowhere.
    pub missing: i64,
    pub first_missing: Option<i64>,
}

/// The lines from this number on, with every number that was taken and is not there.
pub(super) fn with_missing(entries: Vec<BookEntry>, from: i64, to: i64) -> Vec<Line> {
    let mut lines = Vec::new();
    let mut expected = from;
    for entry in entries {
        lines.extend((expected..entry.number).map(Line::Missing));
        expected = entry.number + 1;
        lines.push(Line::Entry(Box::new(entry)));
    }
    lines.extend((expected..=to).map(Line::Missing));
    lines
}
