//! What staff say of a letter as they take it in: how pressing it is, and what its sender's paper calls itself. Pure.

use pishkhan_persian::calendar::{JalaliDate, TehranDay};
use pishkhan_persian::text::stored_line;
use pishkhan_store::Moment;

use super::letter::Classification;

/// How long the own number of a sender's letter may be, in characters.
pub const OWN_NUMBER_CHARACTERS: usize = 60;

/// How pressing a letter is (فوریت). Staff say so, for staff: no deadline moves by it, and its sender does not read it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Priority {
    /// In its turn (عادی).
    #[default]
    Normal,
    /// Before what is normal (فوری).
    Urgent,
    /// At once (آنی).
    Immediate,
}

/// What the sender's own paper calls itself, where it has a number or a date.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Own {
    /// As it stands on the paper; may be empty.
    pub number: String,
    /// A Jalali day in ASCII digits, `1405/09/01`; may be empty.
    pub date: String,
}

/// What is said of a letter when it is registered. None: it stays as it is.
#[derive(Clone, Debug, Default)]
pub struct Marks {
    pub classification: Option<Classification>,
    pub priority: Option<Priority>,
    /// Number and date as they were typed.
    pub own: Option<Own>,
}

/// Why something can't be said of a letter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MarkFault {
    LongOwnNumber,
    /// No day of the calendar.
    NoOwnDay,
    /// A day that has not come yet.
    OwnDayAhead,
    /// They would not see the letter any more.
    AboveClearance,
    /// The one to whom its review was assigned has no clearance for it.
    NotCleared(String),
    /// No officer of its unit has clearance for it.
    NobodyCleared,
}

impl Priority {
    pub const ALL: [Priority; 3] = [Priority::Normal, Priority::Urgent, Priority::Immediate];

    /// The word in forms and events.
    pub fn as_str(self) -> &'static str {
        match self {
            Priority::Normal => "normal",
            Priority::Urgent => "urgent",
            Priority::Immediate => "immediate",
        }
    }

    pub fn parse(text: &str) -> Option<Priority> {
        Priority::ALL.into_iter().find(|priority| priority.as_str() == text)
    }

    /// The number in tables.
    pub fn level(self) -> i64 {
        match self {
            Priority::Normal => 0,
            Priority::Urgent => 1,
            Priority::Immediate => 2,
        }
    }

    pub fn of_level(level: i64) -> Option<Priority> {
        Priority::ALL.into_iter().find(|priority| priority.level() == level)
    }
}

impl Own {
    /// What was typed, in its storage form; or everything that is wrong with it at `now`.
    pub(super) fn read(typed: &Own, now: Moment) -> Result<Own, Vec<MarkFault>> {
        let (number, day) = (stored_line(&typed.number), stored_line(&typed.date));
        let mut faults = Vec::new();
        if number.chars().count() > OWN_NUMBER_CHARACTERS {
            faults.push(MarkFault::LongOwnNumber);
        }
        let mut date = String::new();
        if !day.is_empty() {
            let found = JalaliDate::parse(&day).and_then(|date| Some((date, date.day_in_tehran()?)));
            match found {
                None => faults.push(MarkFault::NoOwnDay),
                Some((_, day)) if day > TehranDay::of(now.0) => faults.push(MarkFault::OwnDayAhead),
                Some((found, _)) => date = found.slashed(),
            }
        }
        if faults.is_empty() { Ok(Own { number, date }) } else { Err(faults) }
    }
}
