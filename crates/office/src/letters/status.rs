//! The word for a letter's state, as its sender reads it and whoever has the tracking code. Pure.

use super::states::State;

/// The key of the state's word.
pub fn status_key(state: &State) -> &'static str {
    match state {
        State::Draft => "status-draft",
        State::Submitted(_) => "status-submitted",
        State::Registered(..) => "status-registered",
        State::Returned(..) => "status-returned",
        State::InProgress(..) | State::AnswerReview(..) => "status-in-progress",
        State::AwaitingSender(..) => "status-awaiting-sender",
        State::Objected(..) => "status-objected",
        State::Withdrawn(..) => "status-withdrawn",
        State::Lapsed(..) => "status-lapsed",
        State::Answered(..) => "status-answered",
        State::Rejected(..) => "status-rejected",
        State::Closed(..) => "status-closed",
    }
}
