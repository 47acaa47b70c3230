//! The states of a letter, each with what is true only in it; docs/reference/life-of-a-letter.md draws their arrows. Pure.

use pishkhan_persian::{ReceiptCode, TrackingCode};
use pishkhan_store::Moment;

use super::ending::Ending;
use crate::ids::StaffId;
use crate::registry::Direction;

#[derive(Clone, Debug)]
pub enum State {
    Draft,
    Submitted(Submission),
    Returned(Submission, Return),
    Registered(Submission, Registration),
    InProgress(Submission, Registration, Work),
    AwaitingSender(Submission, Registration, Work, Question),
    AnswerReview(Submission, Registration, Work, Proposal),
    Answered(Submission, Registration, Answer),
    Objected(Submission, Outcome, Objection),
    Rejected(Submission, Rejection),
    Withdrawn(Submission, Ended),
    Lapsed(Submission, Ended),
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

/// What the sender is to complete; the list itself is in the room `completion`.
#[derive(Clone, Debug)]
pub struct Return {
    pub at: Moment,
    pub by: StaffId,
    /// What else the reviewer wrote; may be empty.
    pub note: String,
    pub until: Moment,
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
    /// None: it was referred to a unit, of which nobody has taken it yet.
    pub officer: Option<StaffId>,
    pub since: Moment,
}

/// A question that the sender is to answer; its words are in the thread.
#[derive(Clone, Debug)]
pub struct Question {
    pub at: Moment,
    pub by: StaffId,
    pub until: Moment,
}

/// An answer that waits for its signer; its words are in the answer's draft.
#[derive(Clone, Debug)]
pub struct Proposal {
    pub at: Moment,
    pub by: StaffId,
}

#[derive(Clone, Debug)]
pub struct Answer {
    pub at: Moment,
    /// Who issued it.
    pub by: StaffId,
    pub text: String,
    pub ending: Ending,
    /// Its number from the outgoing register; None where the unit has none.
    pub number: Option<OutgoingNumber>,
    /// Until when the sender may object.
    pub objection_until: Moment,
    /// When the sender first looked at it.
    pub opened_at: Option<Moment>,
}

/// A number of the outgoing register, as printed, in ASCII digits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OutgoingNumber {
    pub printed: String,
    pub direction: Direction,
}

#[derive(Clone, Debug)]
pub struct Rejection {
    pub at: Moment,
    pub by: StaffId,
    /// The reason, short enough for the SMS.
    pub reason: String,
    /// What else the reviewer wrote; may be empty.
    pub note: String,
    /// The legal ground, where the letter asked for information.
    pub ground: Option<String>,
    /// Until when the sender may object.
    pub objection_until: Moment,
}

/// What an objection is about.
#[derive(Clone, Debug)]
pub enum Outcome {
    Answered(Registration, Answer),
    Rejected(Rejection),
}

#[derive(Clone, Debug)]
pub struct Objection {
    pub at: Moment,
    pub text: String,
    /// By when it should be decided.
    pub due: Moment,
}

/// A letter that ended without an answer.
#[derive(Clone, Debug)]
pub struct Ended {
    pub at: Moment,
    /// When it had come so far.
    pub registration: Option<Registration>,
}

impl State {
    /// The state's word in tables.
    pub fn as_str(&self) -> &'static str {
        match self {
            State::Draft => "draft",
            State::Submitted(_) => "submitted",
            State::Returned(..) => "returned",
            State::Registered(..) => "registered",
            State::InProgress(..) => "in_progress",
            State::AwaitingSender(..) => "awaiting_sender",
            State::AnswerReview(..) => "answer_review",
            State::Answered(..) => "answered",
            State::Objected(..) => "objected",
            State::Rejected(..) => "rejected",
            State::Withdrawn(..) => "withdrawn",
            State::Lapsed(..) => "lapsed",
            State::Closed(..) => "closed",
        }
    }

    pub fn submission(&self) -> Option<&Submission> {
        match self {
            State::Draft => None,
            State::Submitted(submission)
            | State::Returned(submission, _)
            | State::Registered(submission, _)
            | State::InProgress(submission, ..)
            | State::AwaitingSender(submission, ..)
            | State::AnswerReview(submission, ..)
            | State::Answered(submission, ..)
            | State::Objected(submission, ..)
            | State::Rejected(submission, _)
            | State::Withdrawn(submission, _)
            | State::Lapsed(submission, _)
            | State::Closed(submission, ..) => Some(submission),
        }
    }

    pub fn registration(&self) -> Option<&Registration> {
        match self {
            State::Draft
            | State::Submitted(_)
            | State::Returned(..)
            | State::Rejected(..)
            | State::Objected(_, Outcome::Rejected(_), _) => None,
            State::Registered(_, registration)
            | State::InProgress(_, registration, _)
            | State::AwaitingSender(_, registration, ..)
            | State::AnswerReview(_, registration, ..)
            | State::Answered(_, registration, _)
            | State::Objected(_, Outcome::Answered(registration, _), _)
            | State::Closed(_, registration, _, _) => Some(registration),
            State::Withdrawn(_, ended) | State::Lapsed(_, ended) => ended.registration.as_ref(),
        }
    }

    /// Who works on it, while somebody does.
    pub fn work(&self) -> Option<&Work> {
        match self {
            State::InProgress(_, _, work)
            | State::AwaitingSender(_, _, work, _)
            | State::AnswerReview(_, _, work, _) => Some(work),
            _ => None,
        }
    }

    pub fn answer(&self) -> Option<&Answer> {
        match self {
            State::Answered(_, _, answer)
            | State::Objected(_, Outcome::Answered(_, answer), _)
            | State::Closed(_, _, answer, _) => Some(answer),
            _ => None,
        }
    }

    pub fn rejection(&self) -> Option<&Rejection> {
        match self {
            State::Rejected(_, rejection) | State::Objected(_, Outcome::Rejected(rejection), _) => Some(rejection),
            _ => None,
        }
    }

    pub fn objection(&self) -> Option<&Objection> {
        match self {
            State::Objected(_, _, objection) => Some(objection),
            _ => None,
        }
    }

    /// The moment by which the house owes its next step; None when it owes nothing, or its clock stands still.
    pub fn due(&self) -> Option<Moment> {
        match self {
            State::Submitted(submission) => Some(submission.review_due),
            State::Registered(_, registration)
            | State::InProgress(_, registration, _)
            | State::AnswerReview(_, registration, ..) => Some(registration.answer_due),
            State::Objected(_, _, objection) => Some(objection.due),
            State::Draft
            | State::Returned(..)
            | State::AwaitingSender(..)
            | State::Answered(..)
            | State::Rejected(..)
            | State::Withdrawn(..)
            | State::Lapsed(..)
            | State::Closed(..) => None,
        }
    }

    /// Until when we wait for the sender.
    pub fn waits_until(&self) -> Option<Moment> {
        match self {
            State::Returned(_, returned) => Some(returned.until),
            State::AwaitingSender(_, _, _, question) => Some(question.until),
            _ => None,
        }
    }

    /// Until when the sender may object to what was decided.
    pub fn objection_until(&self) -> Option<Moment> {
        match self {
            State::Answered(_, _, answer) => Some(answer.objection_until),
            State::Rejected(_, rejection) => Some(rejection.objection_until),
            _ => None,
        }
    }
}
