//! Breach: the house is late with what it owes, and the sender may have that in writing. Pure.

use pishkhan_store::Moment;

use super::letter::Letter;
use super::states::State;
use crate::deadlines::{Deadline, Step, Term, is_overdue};
use crate::ledger::{Event, Happening};

/// What the house is late with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Breach {
    pub step: Step,
    pub due: Moment,
    /// The term by which it was due; None for letters of before there were terms.
    pub term: Option<Term>,
    /// The law or rule from which the term comes; may be empty.
    pub basis: String,
}

/// What the house is late with now, told by the letter and its events; None when it owes nothing, or when there is time left.
pub fn breach(letter: &Letter, happenings: &[Happening], now: Moment) -> Option<Breach> {
    let due = letter.state.due().filter(|due| is_overdue(*due, now))?;
    let step = match &letter.state {
        State::Submitted(_) => Step::Review,
        State::Objected(..) => Step::Ruling,
        _ => Step::Answer,
    };
    let set = happenings.iter().rev().find_map(|happening| deadline(&happening.event, step));
    let (term, basis) = set.map_or((None, String::new()), |set| (Some(set.term), set.basis.clone()));
    Some(Breach { step, due, term, basis })
}

fn deadline(event: &Event, of: Step) -> Option<&Deadline> {
    let (steps, deadline): (&[Step], _) = match event {
        Event::LetterSubmitted { deadline, .. } => (&[Step::Review], deadline),
        Event::LetterRegistered { deadline, .. } | Event::LetterReopened { deadline, .. } => {
            (&[Step::Answer], deadline)
        }
        Event::LetterObjected { deadline, .. } => (&[Step::Ruling], deadline),
        // Of the two it is the one that the letter waits for: what was to be reviewed anew has been registered since, if an answer
        // is due.
        Event::LetterReconsidered { deadline, .. } => (&[Step::Review, Step::Answer], deadline),
        _ => return None,
    };
    deadline.as_ref().filter(|_| steps.contains(&of))
}
