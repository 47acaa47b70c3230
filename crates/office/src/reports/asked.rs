//! Which letters are asked for behind a figure. Pure.

use super::{Open, Outcome, Span, Told};
use crate::ids::{ReasonId, UnitId};
use crate::letters::Place;

/// Which letters. What is not said is not asked.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Where {
    pub by: By,
    pub span: Option<Span>,
    pub unit: Option<UnitId>,
    /// Only those of the units in which the reader is an officer or a signer, instead.
    pub is_mine: bool,
    pub outcome: Option<Outcome>,
    /// What they wait for; for lists by what is due.
    pub open: Option<Open>,
    pub reason: Option<Reason>,
    /// Which step their senders chose.
    pub rating: Option<u8>,
    /// What became of the messages; for lists by messages.
    pub told: Option<Told>,
    /// Only those whose step came, or is, after its deadline.
    pub is_late: bool,
}

/// By which of its days a letter is found, and which days the span means.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum By {
    /// The newest first.
    #[default]
    Arrived,
    Decided,
    Answered,
    Rated,
    /// Once for each message about it, by when that left or was given up.
    Message,
    /// Open letters by the day on which they are due, the longest overdue first.
    Due,
}

/// For which reason it was rejected.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reason {
    Listed(ReasonId),
    /// None of the list.
    Other,
}

impl By {
    pub const ALL: [By; 6] = [By::Arrived, By::Decided, By::Answered, By::Rated, By::Message, By::Due];

    /// Its word in addresses.
    pub fn as_str(self) -> &'static str {
        match self {
            By::Arrived => "arrived",
            By::Decided => "decided",
            By::Answered => "answered",
            By::Rated => "rated",
            By::Message => "message",
            By::Due => "due",
        }
    }

    pub fn parse(text: &str) -> Option<By> {
        By::ALL.into_iter().find(|by| by.as_str() == text)
    }
}

impl Where {
    /// Where a page begins that an address names.
    pub fn place(&self, text: &str) -> Option<Place> {
        if self.by != By::Message {
            return Place::parse(text);
        }
        let (at, id) = text.rsplit_once('-')?;
        let is_id = id.len() == 32 && id.bytes().all(|byte| byte.is_ascii_hexdigit());
        Some(Place { at: at.parse().ok().filter(|_| is_id)?, id: id.to_owned() })
    }

    /// The states of an outcome that few letters have, among many that were decided; none for the others.
    pub(super) fn undecided_states(&self) -> &'static [&'static str] {
        match self.outcome {
            Some(Outcome::Waiting) => &["submitted"],
            Some(Outcome::Returned) => &["returned"],
            Some(Outcome::Ended) => &["withdrawn", "lapsed"],
            Some(Outcome::Accepted | Outcome::Rejected) | None => &[],
        }
    }

    /// What a statement is told that looks for few among many: two states, or what became of a message; nothing for the others.
    pub(super) fn few(&self) -> [&'static str; 2] {
        if self.by == By::Message {
            return [self.told.map_or("", Told::as_str), ""];
        }
        let states = self.undecided_states();
        [states.first().copied().unwrap_or_default(), states.last().copied().unwrap_or_default()]
    }
}
