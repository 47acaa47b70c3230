//! What can be wrong with a mapping, found out when it is saved.

use super::plain_word;

/// What is wrong with a mapping.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// The gateway has no templates at all.
    #[error("the gateway has no templates")]
    NoTemplates,
    /// No such kind of message.
    #[error("there is no kind of message {:?}", plain_word(.0))]
    Kind(String),
    /// Without a name, or not the number that it must be.
    #[error("the template's name is missing, or no number where the gateway wants one")]
    Template,
    /// The gateway can't call.
    #[error("the gateway can't call")]
    Call,
    /// The kind is read out, and the template doesn't call: nobody would get it.
    #[error("its messages are read out over the phone: say is_call = true")]
    Silent,
    /// The kind is an SMS, and the template calls: people would be told that a message came.
    #[error("its messages are no calls: leave is_call out")]
    Rings,
    /// The kind brings no such value.
    #[error("{place}: the message has no value {:?}", plain_word(.value))]
    Value {
        /// The place.
        place: String,
        /// What it asks for.
        value: String,
    },
    /// The gateway knows no such place.
    #[error("{0}: the gateway has no such place")]
    Place(String),
    /// Twice the same place.
    #[error("{0}: the place is there twice")]
    Twice(String),
    /// The value can be longer than the place.
    #[error("{place}: the value can have {longest} signs, and {limit} fit")]
    TooLong {
        /// The place.
        place: String,
        /// The most that the value can have.
        longest: usize,
        /// The most that fit.
        limit: usize,
    },
    /// The value can have spaces, and too many of them.
    #[error("{place}: the value can have more than {limit} spaces")]
    Spaces {
        /// The place.
        place: String,
        /// The most that fit.
        limit: usize,
    },
    /// The value can have a sign that the gateway refuses.
    #[error("{place}: the value can have a sign that is refused: {refused}")]
    Sign {
        /// The place.
        place: String,
        /// What is refused.
        refused: String,
    },
    /// The place is a number, and the value needn't be one.
    #[error("{0}: the value needn't be a number")]
    Number(String),
    /// People would get a message without what it is for.
    #[error("no place takes {}, and people need it", .0.join(", "))]
    Lacks(Vec<&'static str>),
    /// A place of the request that stays empty.
    #[error("{0}: the request has this place, and nothing fills it")]
    Unfilled(String),
    /// The request can't be made with these places.
    #[error("with these places, {0}")]
    Request(String),
}
