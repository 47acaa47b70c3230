//! The relation. Pure.

use crate::letters::Letter;

/// How one letter stands to another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// The same again (تکراری).
    Duplicate,
    /// Goes on from it (پیرو).
    Follows,
    /// Answers it (عطف).
    Replies,
}

/// A letter that this one stands in a relation to.
#[derive(Clone, Debug)]
pub struct Relation {
    pub kind: Kind,
    pub other: Letter,
    /// Whether it was said of the other letter: that one follows, or answers, this one.
    pub is_of_other: bool,
}

impl Kind {
    pub const ALL: [Kind; 3] = [Kind::Duplicate, Kind::Follows, Kind::Replies];

    /// Whether it holds for the one letter as it does for the other.
    pub(super) fn is_mutual(self) -> bool {
        match self {
            Kind::Duplicate => true,
            Kind::Follows | Kind::Replies => false,
        }
    }

    /// The word in tables and forms.
    pub fn as_str(self) -> &'static str {
        match self {
            Kind::Duplicate => "duplicate",
            Kind::Follows => "follows",
            Kind::Replies => "replies",
        }
    }

    pub fn parse(text: &str) -> Option<Kind> {
        Kind::ALL.into_iter().find(|kind| kind.as_str() == text)
    }
}
