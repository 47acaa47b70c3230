//! A letter's status as people see it: a colour, a drawing and a word, never a colour alone.

use pishkhan_office::letters::State;

/// How a state is shown.
#[derive(Clone, Copy, Debug)]
pub struct Status {
    /// The colour's class.
    pub kind: &'static str,
    pub icon: &'static str,
    /// The sentence's key.
    pub key: &'static str,
}

impl Status {
    pub fn of(state: &State) -> Status {
        let (kind, icon, key) = match state {
            State::Draft => ("over", "write", "status-draft"),
            State::Submitted(_) => ("review", "clock", "status-submitted"),
            State::Registered(..) => ("ok", "check", "status-registered"),
            State::Returned(..) => ("ask", "clip", "status-returned"),
            State::InProgress(..) | State::AnswerReview(..) => ("ok", "check", "status-in-progress"),
            State::AwaitingSender(..) => ("ask", "clip", "status-awaiting-sender"),
            State::Objected(..) => ("review", "clock", "status-objected"),
            State::Withdrawn(..) => ("over", "cross", "status-withdrawn"),
            State::Lapsed(..) => ("over", "cross", "status-lapsed"),
            State::Answered(..) => ("ok", "reply", "status-answered"),
            State::Rejected(..) => ("no", "cross", "status-rejected"),
            State::Closed(..) => ("over", "check", "status-closed"),
        };
        Status { kind, icon, key }
    }
}
