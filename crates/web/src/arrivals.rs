//! What people read when a file of theirs was not taken: why, and what helps.

use pishkhan_office::files::{ArrivalError, Refusal};

use crate::layout::Page;

/// Why a file was not taken, and what helps, for whoever sent it.
pub fn fault(page: &Page, name: &str, error: &ArrivalError) -> String {
    let words = page.words;
    let key = match error {
        ArrivalError::TooLarge(limit) => {
            return words.fill("file-too-large", &[("name", name), ("most", &page.size(limit))]);
        }
        ArrivalError::Quota { until } => {
            return words.fill("file-quota", &[("name", name), ("time", &page.again_when(until))]);
        }
        ArrivalError::Empty => "file-empty",
        ArrivalError::Infected => "file-infected",
        ArrivalError::CutOff => "file-cut-off",
        ArrivalError::NoRoom => "file-no-room",
        ArrivalError::Unreachable(_) | ArrivalError::Disk(_) | ArrivalError::Store(_) => "file-disk",
        ArrivalError::Refused(refusal) => match refusal {
            Refusal::Unknown => "file-wrong-kind",
            Refusal::Program => "file-program",
            Refusal::Archive => "file-archive",
            Refusal::Markup => "file-markup",
            Refusal::OtherOffice => "file-other-office",
            Refusal::MacroDocument => "file-macro-document",
            Refusal::Polyglot => "file-polyglot",
            Refusal::Encrypted => "file-encrypted",
            Refusal::TooLarge => "file-too-big-inside",
            Refusal::TooManyPages => "file-too-many-pages",
            Refusal::Damaged => "file-damaged",
        },
    };
    words.a(key, "name", name)
}
