//! The states of a letter, each with what is true only in it; docs/reference/life-of-a-letter.md draws their arrows. Pure.

use pishkhan_persian::{ReceiptCode, TrackingCode};
use pishkhan_store::Moment;

use crate::ids::{StaffId, UnitId};
use crate::letters::{Letter, WrongState};
use crate::registry::{Direction, Entry};

#[derive(Clone, Debug)]
pub enum State {
    Draft,
    Submitted(Submission),
    Registered(Submission, Registration),
    InProgress(Submission, Registration, Work),
    Answered(Submission, Registration, Answer),
    Rejected(Submission, Rejection),
    Closed(Submission, Registration, Answer, Moment),
}

/// What was acknowledged.
#[derive(Clone, Debug)]
pub struct Submission {
    pub at: Moment,
    pub receipt: ReceiptCode,
    /// SHA-256 of the typed text.
    pub text_sha256: String,
    pub review_due: Moment,
    /// Until when the sender may add the files that were said to follow.
    pub files_until: Option<Moment>,
}

/// What registration gave.
#[derive(Clone, Debug)]
pub struct Registration {
    pub at: Moment,
    pub by: StaffId,
    /// The letter number as printed, in ASCII digits.
    pub number: String,
    pub direction: Direction,
    pub tracking: TrackingCode,
    pub answer_due: Moment,
}

/// Who works on it.
#[derive(Clone, Debug)]
pub struct Work {
    pub officer: StaffId,
    pub since: Moment,
}

#[derive(Clone, Debug)]
pub struct Answer {
    pub at: Moment,
    pub by: StaffId,
    pub text: String,
}

#[derive(Clone, Debug)]
pub struct Rejection {
    pub at: Moment,
    pub by: StaffId,
    /// The reason, short enough for the SMS.
    pub reason: String,
    /// What else the reviewer wrote; may be empty.
    pub note: String,
}

impl State {
    /// The state's word in tables.
    pub fn as_str(&self) -> &'static str {
        match self {
            State::Draft => "draft",
            State::Submitted(_) => "submitted",
            State::Registered(..) => "registered",
            State::InProgress(..) => "in_progress",
            State::Answered(..) => "answered",
            State::Rejected(..) => "rejected",
            State::Closed(..) => "closed",
        }
    }

    pub fn submission(&self) -> Option<&Submission> {
        match self {
            State::Draft => None,
            State::Submitted(submission)
            | State::Registered(submission, _)
            | State::InProgress(submission, _, _)
            | State::Answered(submission, _, _)
            | State::Rejected(submission, _)
            | State::Closed(submission, _, _, _) => Some(submission),
        }
    }

    pub fn registration(&self) -> Option<&Registration> {
        match self {
            State::Draft | State::Submitted(_) | State::Rejected(..) => None,
            State::Registered(_, registration)
            | State::InProgress(_, registration, _)
            | State::Answered(_, registration, _)
            | State::Closed(_, registration, _, _) => Some(registration),
        }
    }

    pub fn answer(&self) -> Option<&Answer> {
        match self {
            State::Answered(_, _, answer) | State::Closed(_, _, answer, _) => Some(answer),
            State::Draft
            | State::Submitted(_)
            | State::Registered(..)
            | State::InProgress(..)
            | State::Rejected(..) => None,
        }
    }

    pub fn rejection(&self) -> Option<&Rejection> {
        match self {
            State::Rejected(_, rejection) => Some(rejection),
            State::Draft
            | State::Submitted(_)
            | State::Registered(..)
            | State::InProgress(..)
            | State::Answered(..)
            | State::Closed(..) => None,
        }
    }

    /// The moment by which the next step is due; None when nothing is owed.
    pub fn due(&self) -> Option<Moment> {
        match self {
            State::Submitted(submission) => Some(submission.review_due),
            State::Registered(_, registration) | State::InProgress(_, registration, _) => Some(registration.answer_due),
            State::Draft | State::Answered(..) | State::Rejected(..) | State::Closed(..) => None,
        }
    }
}

/// The arrows, each from the states that it may start in.
impl Letter {
    pub(crate) fn submitted(self, submission: Submission) -> Result<Letter, WrongState> {
        match self.state {
            State::Draft => {
                let at = submission.at;
                Ok(self.moved_to(State::Submitted(submission), at))
            }
            _ => Err(WrongState),
        }
    }

    pub(crate) fn registered(self, entry: Entry, by: StaffId, answer_due: Moment) -> Result<Letter, WrongState> {
        let State::Submitted(submission) = self.state.clone() else { return Err(WrongState) };
        let at = entry.at;
        let registration = Registration {
            at,
            by,
            number: entry.printed,
            direction: entry.direction,
            tracking: entry.tracking,
            answer_due,
        };
        Ok(self.moved_to(State::Registered(submission, registration), at))
    }

    pub(crate) fn rejected(self, rejection: Rejection) -> Result<Letter, WrongState> {
        let State::Submitted(submission) = self.state.clone() else { return Err(WrongState) };
        let at = rejection.at;
        Ok(self.moved_to(State::Rejected(submission, rejection), at))
    }

    pub(crate) fn redirected(self, to: UnitId, at: Moment) -> Result<Letter, WrongState> {
        let State::Submitted(submission) = self.state.clone() else { return Err(WrongState) };
        let mut letter = self.moved_to(State::Submitted(submission), at);
        letter.content.unit = Some(to);
        Ok(letter)
    }

    pub(crate) fn taken(self, work: Work) -> Result<Letter, WrongState> {
        let State::Registered(submission, registration) = self.state.clone() else { return Err(WrongState) };
        let at = work.since;
        Ok(self.moved_to(State::InProgress(submission, registration, work), at))
    }

    pub(crate) fn answered(self, answer: Answer) -> Result<Letter, WrongState> {
        let State::InProgress(submission, registration, _) = self.state.clone() else { return Err(WrongState) };
        let at = answer.at;
        Ok(self.moved_to(State::Answered(submission, registration, answer), at))
    }

    pub(crate) fn closed(self, at: Moment) -> Result<Letter, WrongState> {
        let State::Answered(submission, registration, answer) = self.state.clone() else { return Err(WrongState) };
        Ok(self.moved_to(State::Closed(submission, registration, answer, at), at))
    }
}
