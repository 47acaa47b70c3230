//! Events, by their names in the past tense, with what each must tell for ever.

use pishkhan_store::Moment;
use serde::{Deserialize, Serialize};

use crate::ids::{SenderId, StaffId};

/// What happened to a letter.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Event {
    LetterSubmitted {
        receipt_code: String,
        text_sha256: String,
        files_sha256: Vec<String>,
    },
    /// Files that were said to follow have come.
    FilesAdded {
        files_sha256: Vec<String>,
    },
    LetterRedirected {
        from_unit: String,
        to_unit: String,
    },
    LetterRegistered {
        number: String,
        tracking_code: String,
    },
    LetterRejected {
        reason: String,
        note: String,
    },
    LetterTaken,
    LetterAnswered {
        text_sha256: String,
        files_sha256: Vec<String>,
    },
    LetterClosed,
}

/// Who did it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Who {
    Sender(SenderId),
    Staff(StaffId),
}

/// An event as it was recorded.
#[derive(Clone, Debug)]
pub struct Happening {
    pub at: Moment,
    pub who: Who,
    /// The staff member's name now; empty for senders.
    pub name: String,
    pub event: Event,
}

impl Event {
    /// The event's name in tables.
    pub fn kind(&self) -> &'static str {
        match self {
            Event::LetterSubmitted { .. } => "letter_submitted",
            Event::FilesAdded { .. } => "files_added",
            Event::LetterRedirected { .. } => "letter_redirected",
            Event::LetterRegistered { .. } => "letter_registered",
            Event::LetterRejected { .. } => "letter_rejected",
            Event::LetterTaken => "letter_taken",
            Event::LetterAnswered { .. } => "letter_answered",
            Event::LetterClosed => "letter_closed",
        }
    }
}
