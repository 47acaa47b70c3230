//! Breach: the house was late with what it owed, and the sender may have that in writing, also when it has done it since. Pure.

use pishkhan_store::Moment;

use super::letter::Letter;
use super::states::State;
use crate::deadlines::{Deadline, Step, Term, is_overdue};
use crate::ledger::{self, Event, Happening};

/// A step with which the house was late, or is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Breach {
    pub step: Step,
    /// The end of its term, which passed while the house's clock ran.
    pub due: Moment,
    /// The term by which it was due; None for letters of before there were terms.
    pub term: Option<Term>,
    /// The law or rule from which the term comes; may be empty.
    pub basis: String,
    /// What became of the step since, in order.
    pub since: Vec<Turn>,
    /// Whether the house owes the step now: it isn't done, and the clock runs.
    pub is_owed: bool,
}

/// What happened to a step after its term had ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Turn {
    pub at: Moment,
    pub what: TurnKind,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TurnKind {
    Returned,
    Completed,
    Asked,
    Replied,
    Registered,
    Rejected,
    Answered,
    Upheld,
    Reconsidered,
    Withdrawn,
    Lapsed,
}

/// Every step with which the house was late, the first one first, told by the letter and its events; without the events, the one that it
/// is late with now. A breach stays one, whatever comes after it; what was done in time is none.
pub fn breaches(letter: &Letter, happenings: &[Happening], now: Moment) -> Vec<Breach> {
    let mut course = Course { letter, steps: Vec::new() };
    // Decisions that were taken back decided nothing.
    for happening in ledger::without_undone(happenings) {
        course.follow(happening);
    }
    course.comes_to(now);
    course.steps.into_iter().filter_map(Owed::breach).collect()
}

/// The steps that the house owed for a letter, one after the other.
struct Course<'a> {
    letter: &'a Letter,
    steps: Vec<Owed>,
}

/// A step, from its beginning until it is done.
struct Owed {
    step: Step,
    set: Option<Deadline>,
    /// Until when it is due now, as far as anybody knows.
    due: Option<Moment>,
    /// Whether the clock runs.
    is_running: bool,
    /// The deadline that passed.
    passed: Option<Moment>,
    since: Vec<Turn>,
    is_open: bool,
}

impl Course<'_> {
    fn follow(&mut self, happening: &Happening) {
        let at = happening.at;
        match &happening.event {
            Event::LetterSubmitted { deadline, .. } => self.begin(Step::Review, deadline.as_ref()),
            Event::LetterReturned { .. } => self.stop(at, TurnKind::Returned),
            Event::LetterCompleted { due, .. } => self.go_on(at, TurnKind::Completed, *due),
            Event::LetterRejected { .. } => self.stop(at, TurnKind::Rejected),
            Event::LetterRegistered { deadline, .. } => {
                self.stop(at, TurnKind::Registered);
                self.begin(Step::Answer, deadline.as_ref());
            }
            Event::QuestionAsked { .. } => self.stop(at, TurnKind::Asked),
            Event::LetterReplied { due, .. } => self.go_on(at, TurnKind::Replied, *due),
            Event::LetterAnswered { .. } => self.stop(at, TurnKind::Answered),
            Event::LetterObjected { deadline, .. } => self.begin(Step::Ruling, deadline.as_ref()),
            Event::ObjectionUpheld { .. } => self.stop(at, TurnKind::Upheld),
            Event::LetterReconsidered { deadline, .. } => {
                self.stop(at, TurnKind::Reconsidered);
                // What was answered is answered anew, what was rejected is reviewed anew.
                let was_registered = self.steps.iter().any(|owed| owed.step == Step::Answer);
                self.begin(if was_registered { Step::Answer } else { Step::Review }, deadline.as_ref());
            }
            Event::LetterReopened { deadline, .. } => self.begin(Step::Answer, deadline.as_ref()),
            Event::LetterWithdrawn { .. } => self.stop(at, TurnKind::Withdrawn),
            Event::LetterLapsed => self.stop(at, TurnKind::Lapsed),
            _ => {}
        }
    }

    fn begin(&mut self, step: Step, set: Option<&Deadline>) {
        let due = set.map(Deadline::moment).or_else(|| self.stored(step));
        let set = set.cloned();
        self.steps.push(Owed { step, set, due, is_running: true, passed: None, since: Vec::new(), is_open: false });
    }

    fn stop(&mut self, at: Moment, what: TurnKind) {
        let Some(owed) = self.steps.last_mut() else { return };
        if owed.is_running && owed.passed.is_none() {
            owed.passed = owed.due.filter(|due| is_overdue(*due, at));
        }
        owed.is_running = false;
        owed.note(at, what);
    }

    fn go_on(&mut self, at: Moment, what: TurnKind, due: Option<i64>) {
        let stored = self.steps.last().and_then(|owed| self.stored(owed.step));
        let Some(owed) = self.steps.last_mut() else { return };
        owed.due = due.map(Moment).or(stored);
        owed.is_running = true;
        owed.note(at, what);
    }

    /// The letter itself says what the house owes now, as every list has it.
    fn comes_to(&mut self, now: Moment) {
        let Some(due) = self.letter.state.due().filter(|due| is_overdue(*due, now)) else { return };
        let step = match &self.letter.state {
            State::Submitted(_) => Step::Review,
            State::Objected(..) => Step::Ruling,
            _ => Step::Answer,
        };
        if self.steps.last().is_none_or(|owed| owed.step != step || !owed.is_running) {
            self.begin(step, None);
        }
        if let Some(owed) = self.steps.last_mut() {
            owed.passed = owed.passed.or(Some(due));
            owed.is_open = true;
        }
    }

    /// The deadline that the letter itself keeps of a step: the last one that it had.
    fn stored(&self, step: Step) -> Option<Moment> {
        let state = &self.letter.state;
        match step {
            Step::Review => state.submission().map(|submission| submission.review_due),
            Step::Answer => state.registration().map(|registration| registration.answer_due),
            Step::Ruling => state.objection().map(|objection| objection.due),
            Step::Completion | Step::Reply | Step::Objection => None,
        }
    }
}

impl Owed {
    /// Only what comes after the deadline belongs to the breach.
    fn note(&mut self, at: Moment, what: TurnKind) {
        if self.passed.is_some() {
            self.since.push(Turn { at, what });
        }
    }

    fn breach(self) -> Option<Breach> {
        let due = self.passed?;
        let (term, basis) = self.set.map_or((None, String::new()), |set| (Some(set.term), set.basis));
        Some(Breach { step: self.step, due, term, basis, since: self.since, is_owed: self.is_open })
    }
}

#[cfg(test)]
mod tests;
