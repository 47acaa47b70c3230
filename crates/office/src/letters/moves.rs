//! The arrows of a letter's life, each from the states that it may start in. Pure.

use pishkhan_store::Moment;

use super::letter::{Letter, WrongState};
use super::states::{
    Answer, Ended, Objection, Outcome, Proposal, Question, Registration, Rejection, Return, State, Submission, Work,
};
use crate::ids::{StaffId, UnitId};
use crate::registry::Entry;

type Moved = Result<Letter, WrongState>;

/// The sender's.
impl Letter {
    pub(crate) fn submitted(self, submission: Submission) -> Moved {
        match self.state {
            State::Draft => {
                let at = submission.at;
                Ok(self.moved_to(State::Submitted(submission), at))
            }
            _ => Err(WrongState),
        }
    }

    /// Back under review; receipt and first date stay, and the clock goes on until `review_due`.
    pub(crate) fn completed(self, review_due: Moment, at: Moment) -> Moved {
        let State::Returned(submission, _) = self.state.clone() else { return Err(WrongState) };
        Ok(self.moved_to(State::Submitted(Submission { review_due, ..submission }), at))
    }

    /// The clock goes on until `answer_due`.
    pub(crate) fn replied(self, answer_due: Moment, at: Moment) -> Moved {
        let State::AwaitingSender(submission, registration, work, _) = self.state.clone() else {
            return Err(WrongState);
        };
        Ok(self.moved_to(State::InProgress(submission, Registration { answer_due, ..registration }, work), at))
    }

    pub(crate) fn withdrawn(self, at: Moment) -> Moved {
        let (submission, registration) = match self.state.clone() {
            State::Submitted(submission) | State::Returned(submission, _) => (submission, None),
            State::InProgress(submission, registration, _) => (submission, Some(registration)),
            _ => return Err(WrongState),
        };
        Ok(self.moved_to(State::Withdrawn(submission, Ended { at, registration }), at))
    }

    /// The window is the caller's to look at.
    pub(crate) fn objected(self, objection: Objection) -> Moved {
        let (submission, outcome) = match self.state.clone() {
            State::Answered(submission, registration, answer) => (submission, Outcome::Answered(registration, answer)),
            State::Rejected(submission, rejection) => (submission, Outcome::Rejected(rejection)),
            _ => return Err(WrongState),
        };
        let at = objection.at;
        Ok(self.moved_to(State::Objected(submission, outcome, objection), at))
    }
}

/// The reviewer's.
impl Letter {
    pub(crate) fn registered(self, entry: Entry, by: StaffId, answer_due: Moment) -> Moved {
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
        let mut letter = self.moved_to(State::Registered(submission, registration), at);
        letter.holder = letter.content.unit.clone();
        Ok(letter)
    }

    pub(crate) fn returned(self, what: Return) -> Moved {
        let State::Submitted(submission) = self.state.clone() else { return Err(WrongState) };
        let at = what.at;
        Ok(self.moved_to(State::Returned(submission, what), at))
    }

    pub(crate) fn rejected(self, rejection: Rejection) -> Moved {
        let State::Submitted(submission) = self.state.clone() else { return Err(WrongState) };
        let at = rejection.at;
        Ok(self.moved_to(State::Rejected(submission, rejection), at))
    }

    pub(crate) fn redirected(self, to: UnitId, at: Moment) -> Moved {
        let State::Submitted(submission) = self.state.clone() else { return Err(WrongState) };
        let mut letter = self.moved_to(State::Submitted(submission), at);
        letter.content.unit = Some(to);
        Ok(letter)
    }
}

/// Of whoever decided a moment ago.
impl Letter {
    /// A decision is taken back: the letter is what it was before. What else the decision did is the caller's to take back.
    pub(crate) fn undone(self, former: State, at: Moment) -> Moved {
        let is_way_back = matches!(
            (&self.state, &former),
            (State::Registered(..) | State::Returned(..) | State::Rejected(..), State::Submitted(_))
                | (State::Answered(..), State::InProgress(..) | State::AnswerReview(..))
                | (State::AwaitingSender(..), State::InProgress(..))
                // A message in between left it where it was.
                | (State::Registered(..), State::Registered(..))
                | (State::InProgress(..), State::InProgress(..) | State::Closed(..))
                | (State::AnswerReview(..), State::AnswerReview(..))
                | (State::Answered(..) | State::InProgress(..), State::Objected(_, Outcome::Answered(..), _))
                | (State::Rejected(..) | State::Submitted(_), State::Objected(_, Outcome::Rejected(_), _))
        );
        if !is_way_back {
            return Err(WrongState);
        }
        // Nobody holds what is under review.
        let holder = if matches!(former, State::Submitted(_)) { None } else { self.holder.clone() };
        Ok(Letter { holder, ..self.moved_to(former, at) })
    }
}

/// The unit's.
impl Letter {
    pub(crate) fn taken(self, work: Work) -> Moved {
        let (State::Registered(submission, registration)
        | State::InProgress(submission, registration, Work { officer: None, .. })) = self.state.clone()
        else {
            return Err(WrongState);
        };
        let at = work.since;
        Ok(self.moved_to(State::InProgress(submission, registration, work), at))
    }

    /// Into an officer's hand, out of the one that has it, if any does; or out of it, back to the unit.
    pub(crate) fn handed_over(self, to: Option<StaffId>, at: Moment) -> Moved {
        let (submission, registration, from) = match self.state.clone() {
            State::Registered(submission, registration) => (submission, registration, None),
            State::InProgress(submission, registration, work) => (submission, registration, work.officer),
            _ => return Err(WrongState),
        };
        if from == to {
            return Err(WrongState);
        }
        Ok(self.moved_to(State::InProgress(submission, registration, Work { officer: to, since: at }), at))
    }

    /// Referred for action: another unit holds it now. A person of it who was named has it in hand, although nobody may have taken it
    /// before.
    pub(crate) fn referred(self, to: UnitId, person: Option<StaffId>, at: Moment) -> Moved {
        let state = match (self.state.clone(), person) {
            (State::Registered(submission, registration), None) => State::Registered(submission, registration),
            (State::Registered(submission, registration) | State::InProgress(submission, registration, _), officer) => {
                State::InProgress(submission, registration, Work { officer, since: at })
            }
            _ => return Err(WrongState),
        };
        let mut letter = self.moved_to(state, at);
        letter.holder = Some(to);
        Ok(letter)
    }

    pub(crate) fn asked(self, question: Question) -> Moved {
        let State::InProgress(submission, registration, work) = self.state.clone() else { return Err(WrongState) };
        let at = question.at;
        Ok(self.moved_to(State::AwaitingSender(submission, registration, work, question), at))
    }

    /// Its sender was told something; it stays where it is.
    pub(crate) fn informed(self, at: Moment) -> Moved {
        match self.state {
            State::Registered(..) | State::InProgress(..) | State::AnswerReview(..) => {
                Ok(Letter { changed_at: at, ..self })
            }
            _ => Err(WrongState),
        }
    }

    pub(crate) fn proposed(self, proposal: Proposal) -> Moved {
        let State::InProgress(submission, registration, work) = self.state.clone() else { return Err(WrongState) };
        let at = proposal.at;
        Ok(self.moved_to(State::AnswerReview(submission, registration, work, proposal), at))
    }

    /// By the officer who has it in hand, where no second signature is needed.
    pub(crate) fn answered(self, answer: Answer) -> Moved {
        let State::InProgress(submission, registration, _) = self.state.clone() else { return Err(WrongState) };
        let at = answer.at;
        Ok(self.moved_to(State::Answered(submission, registration, answer), at))
    }
}

/// The signer's.
impl Letter {
    pub(crate) fn issued(self, answer: Answer) -> Moved {
        let State::AnswerReview(submission, registration, ..) = self.state.clone() else { return Err(WrongState) };
        let at = answer.at;
        Ok(self.moved_to(State::Answered(submission, registration, answer), at))
    }

    pub(crate) fn sent_back(self, at: Moment) -> Moved {
        let State::AnswerReview(submission, registration, work, _) = self.state.clone() else { return Err(WrongState) };
        Ok(self.moved_to(State::InProgress(submission, registration, work), at))
    }

    /// Back to the officer who has it in hand; out of nobody's hand, to whoever takes it back.
    pub(crate) fn retracted(self, by: StaffId, at: Moment) -> Moved {
        let State::AnswerReview(submission, registration, work, _) = self.state.clone() else { return Err(WrongState) };
        let work = if work.officer.is_some() { work } else { Work { officer: Some(by), since: at } };
        Ok(self.moved_to(State::InProgress(submission, registration, work), at))
    }

    /// The decision stands, and nobody objects to it a second time.
    pub(crate) fn upheld(self, at: Moment) -> Moved {
        let State::Objected(submission, outcome, _) = self.state.clone() else { return Err(WrongState) };
        let state = match outcome {
            Outcome::Answered(registration, answer) => {
                State::Answered(submission, registration, Answer { objection_until: at, ..answer })
            }
            Outcome::Rejected(rejection) => State::Rejected(submission, Rejection { objection_until: at, ..rejection }),
        };
        Ok(self.moved_to(state, at))
    }

    /// The sender was right: the unit works on it again until `due`, or the secretariat reviews it again.
    pub(crate) fn reconsidered(self, due: Moment, at: Moment) -> Moved {
        let State::Objected(submission, outcome, _) = self.state.clone() else { return Err(WrongState) };
        let state = match outcome {
            Outcome::Answered(registration, _) => {
                let work = Work { officer: None, since: at };
                State::InProgress(submission, Registration { answer_due: due, ..registration }, work)
            }
            Outcome::Rejected(_) => State::Submitted(Submission { review_due: due, ..submission }),
        };
        Ok(self.moved_to(state, at))
    }
}

/// Time's, and the administrator's.
impl Letter {
    pub(crate) fn lapsed(self, at: Moment) -> Moved {
        let (submission, registration) = match self.state.clone() {
            State::Returned(submission, _) => (submission, None),
            State::AwaitingSender(submission, registration, ..) => (submission, Some(registration)),
            _ => return Err(WrongState),
        };
        Ok(self.moved_to(State::Lapsed(submission, Ended { at, registration }), at))
    }

    pub(crate) fn closed(self, at: Moment) -> Moved {
        let State::Answered(submission, registration, answer) = self.state.clone() else { return Err(WrongState) };
        Ok(self.moved_to(State::Closed(submission, registration, answer, at), at))
    }

    pub(crate) fn reopened(self, answer_due: Moment, at: Moment) -> Moved {
        let State::Closed(submission, registration, ..) = self.state.clone() else { return Err(WrongState) };
        let work = Work { officer: None, since: at };
        Ok(self.moved_to(State::InProgress(submission, Registration { answer_due, ..registration }, work), at))
    }
}
