//! The way of a letter in sentences, newest first, as its sender may read it.

use std::collections::BTreeMap;

use pishkhan_office::ids::UnitId;
use pishkhan_office::ledger::{self, Event, Happening};
use pishkhan_office::letters::{Ending, Letter, State};
use pishkhan_office::units::Unit;
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
pub fn steps(page: &Page, letter: &Letter, happenings: &[Happening], units: &[Unit]) -> Vec<Step> {
    let name = |id: Option<UnitId>| {
        let unit = units.iter().find(|unit| Some(&unit.id) == id.as_ref());
        unit.map_or("", |unit| unit.name_in(page.words.language))
    };
    let happenings = ledger::as_its_sender_saw(happenings);
    let holders = holders(letter, &happenings);
    happenings.into_iter().zip(holders).rev().filter_map(|(it, holder)| step(page, letter, it, name(holder))).collect()
}

/// Which unit held the letter when each of these happened: its addressee, until it was referred for action, and again when that was
/// sent back.
fn holders(letter: &Letter, happenings: &[&Happening]) -> Vec<Option<UnitId>> {
    let mut holder = letter.unit().cloned();
    let mut before = BTreeMap::new();
    let mut holders = Vec::with_capacity(happenings.len());
    for happening in happenings {
        match &happening.event {
            Event::LetterReferred { referral, to_unit, purpose, .. } if purpose == "action" => {
                before.insert(referral, holder.replace(UnitId::stored(to_unit)));
            }
            Event::ReferralSentBack { referral, .. } => {
                if let Some(unit) = before.remove(referral) {
                    holder = unit;
                }
            }
            _ => {}
        }
        holders.push(holder.clone());
    }
    holders
}

/// What comes next, if anything does.
pub fn coming(page: &Page, letter: &Letter) -> Vec<&'static str> {
    let keys: &[&'static str] = match letter.state {
        State::Draft
        | State::Rejected(..)
        | State::Answered(..)
        | State::Objected(..)
        | State::Withdrawn(..)
        | State::Lapsed(..)
        | State::Closed(..) => &[],
        State::Submitted(_) | State::Returned(..) => &["timeline-next-register", "timeline-next-answer"],
        State::Registered(..) | State::InProgress(..) | State::AwaitingSender(..) | State::AnswerReview(..) => {
            &["timeline-next-answer"]
        }
    };
    keys.iter().map(|key| page.t(key)).collect()
}

/// None: what is the house's own business.
fn step(page: &Page, letter: &Letter, happening: &Happening, unit: &str) -> Option<Step> {
    let (kind, icon, key) = match &happening.event {
        Event::LetterSubmitted { .. } => ("review", "letter", "timeline-submitted"),
        Event::SenderRepresented { .. } => ("review", "user", "timeline-represented"),
        Event::RepresentationRenewed { .. } => ("ok", "user", "timeline-representation-renewed"),
        Event::RepresentationEnded => ("over", "cross", "timeline-representation-ended"),
        Event::LetterFiledForSender { .. } => ("review", "user", "timeline-filed"),
        Event::SenderWoken => ("ok", "user", "timeline-woken"),
        Event::SenderNumberChanged { .. } => ("review", "user", "timeline-number-changed"),
        Event::FilesAdded { .. } => ("review", "clip", "timeline-files-added"),
        Event::LetterRedirected { .. } => ("review", "forward", "timeline-redirected"),
        Event::LetterReturned { .. } => ("ask", "clip", "timeline-returned"),
        Event::LetterCompleted { .. } => ("review", "clip", "timeline-completed"),
        Event::SenderWarned { .. } => ("ask", "clock", "timeline-warned"),
        Event::LetterLapsed => ("over", "cross", "timeline-lapsed"),
        Event::LetterWithdrawn { .. } => ("over", "cross", "timeline-withdrawn"),
        Event::DecisionUndone { .. } => ("review", "back", "timeline-undone"),
        Event::LetterRegistered { .. } => ("ok", "stamp", "timeline-registered"),
        Event::LetterRejected { .. } => ("no", "cross", "timeline-rejected"),
        Event::LetterTaken => ("ok", "user", "timeline-taken"),
        // Whoever gave it, to its sender it is the same: somebody works on it now.
        Event::LetterHandedOver { from_staff, .. } if from_staff.is_empty() => ("ok", "user", "timeline-taken"),
        Event::LetterReferred { purpose, .. } if purpose == "action" => ("ok", "forward", "timeline-referred"),
        Event::QuestionAsked { .. } => ("ask", "clip", "timeline-question"),
        Event::SenderInformed { .. } => ("review", "letter", "timeline-informed"),
        Event::LetterReplied { .. } => ("ok", "reply", "timeline-replied"),
        Event::MessageSent { .. } => ("review", "letter", "timeline-message"),
        Event::LetterAnswered { .. } => ("ok", "reply", "timeline-answered"),
        Event::AnswerOpened => ("ok", "check", "timeline-opened"),
        Event::LetterObjected { .. } => ("review", "warn", "timeline-objected"),
        Event::ObjectionUpheld { .. } => ("no", "cross", "timeline-upheld"),
        Event::LetterReconsidered { .. } => ("ok", "check", "timeline-reconsidered"),
        Event::LetterRated { .. } => ("over", "check", "timeline-rated"),
        Event::LetterClosed => ("over", "check", "timeline-closed"),
        Event::LetterReopened { .. } => ("ok", "back", "timeline-reopened"),
        Event::LetterEscalated { .. } => ("ask", "warn", "timeline-escalated"),
        Event::LetterReferred { .. }
        | Event::LetterFreed { .. }
        | Event::LetterHandedOver { .. }
        | Event::ReviewAssigned { .. }
        | Event::LetterClassified { .. }
        | Event::ReferralDone { .. }
        | Event::ReferralSentBack { .. }
        | Event::ReferralRecalled { .. }
        | Event::ReferralFreed { .. }
        | Event::ObjectionRaised { .. }
        | Event::NoteWritten { .. }
        | Event::AnswerProposed { .. }
        | Event::AnswerSentBack { .. }
        | Event::AnswerRetracted
        | Event::LettersRelated { .. }
        | Event::LettersUnrelated { .. }
        | Event::MobileShown
        | Event::SenderAsleep { .. } => return None,
    };
    Some(Step { kind, icon, title: page.t(key), at: happening.at, note: note(page, letter, &happening.event, unit) })
}

fn note(page: &Page, letter: &Letter, event: &Event, unit: &str) -> Option<String> {
    match event {
        Event::LetterRegistered { number, .. } => {
            let number = display::digits(page.words.language, number);
            Some(page.words.a("timeline-registered-note", "number", number))
        }
        Event::LetterRejected { reason, ground, .. } => Some(page.because(reason, ground)),
        Event::LetterReopened { reason, .. } => Some(reason.clone()),
        Event::ObjectionUpheld { text } | Event::LetterReconsidered { text, .. } => Some(text.clone()),
        Event::LetterReturned { items, .. } => Some(items.join("\u{a0}· ")),
        Event::LetterAnswered { withheld, ground, .. } if !withheld.is_empty() => {
            let said = page.ending(&Ending::told(None, withheld, ground)).unwrap_or_default();
            Some(page.words.fill("timeline-answered-so", &[("unit", unit), ("said", &said)]))
        }
        Event::LetterAnswered { authority, .. } if !authority.is_empty() => {
            let places = [("unit", unit), ("authority", authority.as_str())];
            Some(page.words.fill("timeline-answered-elsewhere", &places))
        }
        Event::LetterTaken | Event::LetterHandedOver { .. } | Event::LetterAnswered { .. } => Some(unit.to_owned()),
        Event::SenderRepresented { name, .. } => Some(name.clone()),
        Event::RepresentationRenewed { paper, .. } => Some(paper.clone()),
        Event::LetterSubmitted { .. } => {
            let receipt = letter.state.submission().map(|submission| submission.receipt.short()).unwrap_or_default();
            Some(page.words.a("timeline-submitted-note", "receipt", page.digits(&receipt)))
        }
        Event::FilesAdded { files_sha256 } => Some(page.words.n("files-count", files_sha256.len())),
        _ => None,
    }
}
