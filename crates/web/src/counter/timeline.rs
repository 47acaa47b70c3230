//! The way of a letter in sentences, newest first, as its sender may read it.

use pishkhan_office::ledger::{Event, Happening};
use pishkhan_office::letters::{Letter, State};
use pishkhan_office::{Moment, persian::display};

use crate::layout::Page;

/// One step on the way.
pub struct Step {
    pub kind: &'static str,
    pub icon: &'static str,
    pub title: &'static str,
    pub at: Moment,
    pub note: Option<String>,
}

/// The steps that happened, newest first.
pub fn steps(page: &Page, letter: &Letter, happenings: &[Happening], unit: &str) -> Vec<Step> {
    happenings.iter().rev().map(|happening| step(page, letter, happening, unit)).collect()
}

/// What comes next, if anything does.
pub fn coming(page: &Page, letter: &Letter) -> Vec<&'static str> {
    let keys: &[&'static str] = match letter.state {
        State::Draft | State::Rejected(..) | State::Answered(..) | State::Closed(..) => &[],
        State::Submitted(_) => &["timeline-next-register", "timeline-next-answer"],
        State::Registered(..) | State::InProgress(..) => &["timeline-next-answer"],
    };
    keys.iter().map(|key| page.t(key)).collect()
}

fn step(page: &Page, letter: &Letter, happening: &Happening, unit: &str) -> Step {
    let (kind, icon, key) = match &happening.event {
        Event::LetterSubmitted { .. } => ("review", "letter", "timeline-submitted"),
        Event::FilesAdded { .. } => ("review", "clip", "timeline-files-added"),
        Event::LetterRedirected { .. } => ("review", "forward", "timeline-redirected"),
        Event::LetterRegistered { .. } => ("ok", "stamp", "timeline-registered"),
        Event::LetterRejected { .. } => ("no", "cross", "timeline-rejected"),
        Event::LetterTaken => ("ok", "user", "timeline-taken"),
        Event::LetterAnswered { .. } => ("ok", "reply", "timeline-answered"),
        Event::LetterClosed => ("over", "check", "timeline-closed"),
    };
    let note = match &happening.event {
        Event::LetterRegistered { number, .. } => {
            let number = display::digits(page.words.language, number);
            Some(page.words.a("timeline-registered-note", "number", number))
        }
        Event::LetterRejected { reason, .. } => Some(reason.clone()),
        Event::LetterTaken | Event::LetterAnswered { .. } => Some(unit.to_owned()),
        Event::LetterSubmitted { .. } => {
            let receipt = letter.state.submission().map(|submission| submission.receipt.short()).unwrap_or_default();
            Some(page.words.a("timeline-submitted-note", "receipt", page.digits(&receipt)))
        }
        Event::FilesAdded { files_sha256 } => Some(page.words.n("files-count", files_sha256.len())),
        Event::LetterRedirected { .. } | Event::LetterClosed => None,
    };
    Step { kind, icon, title: page.t(key), at: happening.at, note }
}
