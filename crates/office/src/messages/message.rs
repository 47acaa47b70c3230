//! The message of a thread, and what makes one. Pure.

use pishkhan_persian::text::stored_text;
use pishkhan_store::Moment;

use crate::files::Arrival;
use crate::ids::{MessageId, SenderId, StaffId};

/// How long a message may be, in characters.
pub const MESSAGE_CHARACTERS: usize = 5_000;

#[derive(Clone, Debug)]
pub struct Message {
    pub id: MessageId,
    pub at: Moment,
    pub kind: Kind,
    pub author: Author,
    /// May be empty where files say it.
    pub text: String,
    /// When somebody of the unit that held the letter first saw it; of the house's own messages always None.
    pub seen_at: Option<Moment>,
    /// Whether the letter's sender has still to have it before them.
    pub is_unread: bool,
}

/// What a message is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// By the house; the letter waits for its reply.
    Question,
    /// A question that was taken back before its sender saw it; the house's alone.
    Unasked,
    /// By the house; it asks nothing.
    Interim,
    /// One that was taken back likewise.
    Untold,
    /// By the sender, to a question.
    Reply,
    /// By the sender, unasked.
    Message,
}

/// Who wrote it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Author {
    Sender(SenderId),
    /// With the person's name now.
    Staff(StaffId, String),
}

/// What somebody has written: words, files that have come in by the names they were given, or both.
#[derive(Clone, Debug, Default)]
pub struct Written {
    pub text: String,
    pub arrivals: Vec<(String, Arrival)>,
}

/// Why this is no message.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unsaid {
    #[error("a message needs words or a file")]
    Nothing,
    #[error("the message is longer than {MESSAGE_CHARACTERS} characters")]
    Long,
}

impl Written {
    /// The words in the form in which they are stored.
    pub(super) fn words(&self) -> Result<String, Unsaid> {
        let text = stored_text(&self.text);
        match text.chars().count() {
            0 if self.arrivals.is_empty() => Err(Unsaid::Nothing),
            0..=MESSAGE_CHARACTERS => Ok(text),
            _ => Err(Unsaid::Long),
        }
    }

    /// The digests of its files, for the event that tells of it.
    pub(crate) fn digests(&self) -> Vec<String> {
        self.arrivals.iter().map(|(_, arrival)| arrival.sha256.clone()).collect()
    }
}

impl Kind {
    pub fn as_str(self) -> &'static str {
        match self {
            Kind::Question => "question",
            Kind::Unasked => "unasked",
            Kind::Interim => "interim",
            Kind::Untold => "untold",
            Kind::Reply => "reply",
            Kind::Message => "message",
        }
    }

    pub fn parse(text: &str) -> Option<Kind> {
        [Kind::Question, Kind::Unasked, Kind::Interim, Kind::Untold, Kind::Reply, Kind::Message]
            .into_iter()
            .find(|kind| kind.as_str() == text)
    }

    /// What it is once it was taken back; None of what never is.
    pub(super) fn taken_back(self) -> Option<Kind> {
        match self {
            Kind::Question => Some(Kind::Unasked),
            Kind::Interim => Some(Kind::Untold),
            Kind::Unasked | Kind::Untold | Kind::Reply | Kind::Message => None,
        }
    }
}
