//! Which letters are asked for behind a figure. Pure.

use super::{Open, Outcome, Span};
use crate::ids::{ReasonId, UnitId};

/// Which letters. What is not said is not asked.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Where {
    pub by: By,
    pub span: Option<Span>,
    pub unit: Option<UnitId>,
    pub outcome: Option<Outcome>,
    /// What they wait for; for lists by what is due.
    pub open: Option<Open>,
    pub reason: Option<Reason>,
    /// Which step their senders chose.
    pub rating: Option<u8>,
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
    pub const ALL: [By; 5] = [By::Arrived, By::Decided, By::Answered, By::Rated, By::Due];

    /// Its word in addresses.
    pub fn as_str(self) -> &'static str {
        match self {
            By::Arrived => "arrived",
            By::Decided => "decided",
            By::Answered => "answered",
            By::Rated => "rated",
            By::Due => "due",
        }
    }

    pub fn parse(text: &str) -> Option<By> {
        By::ALL.into_iter().find(|by| by.as_str() == text)
    }
}

impl Where {
    /// The states of an outcome that few letters have, among many that were decided; none for the others.
    pub(super) fn undecided_states(&self) -> &'static [&'static str] {
        match self.outcome {
            Some(Outcome::Waiting) => &["submitted"],
            Some(Outcome::Returned) => &["returned"],
            Some(Outcome::Ended) => &["withdrawn", "lapsed"],
            Some(Outcome::Accepted | Outcome::Rejected) | None => &[],
        }
    }
}
