//! A letter's status as people see it: a colour, a drawing and a word, never a colour alone.

use pishkhan_office::letters::{State, status_key};

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
        let (kind, icon) = match state {
            State::Draft => ("over", "write"),
            State::Submitted(_) | State::Objected(..) => ("review", "clock"),
            State::Registered(..) | State::InProgress(..) | State::AnswerReview(..) => ("ok", "check"),
            State::Returned(..) | State::AwaitingSender(..) => ("ask", "clip"),
            State::Withdrawn(..) | State::Lapsed(..) => ("over", "cross"),
            State::Answered(..) => ("ok", "reply"),
            State::Rejected(..) => ("no", "cross"),
            State::Closed(..) => ("over", "check"),
        };
        Status { kind, icon, key: status_key(state) }
    }
}
