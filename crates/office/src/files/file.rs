//! The file as letters know it. Pure.

use pishkhan_store::Moment;

use crate::files::Kind;
use crate::ids::{FileId, LetterId};

#[derive(Clone, Debug)]
pub struct File {
    /// Our name for it, on disk too; the sender's name for it is only data.
    pub id: FileId,
    pub letter: LetterId,
    pub part: Part,
    pub name: String,
    pub kind: Kind,
    pub size: u64,
    /// SHA-256 of the bytes, lower-case hexadecimal.
    pub sha256: String,
    pub stored_at: Moment,
}

/// Which part of the correspondence a file belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    Letter,
    /// Of an answer, which the sender sees once it is given.
    Answer,
}

impl Part {
    pub fn as_str(self) -> &'static str {
        match self {
            Part::Letter => "letter",
            Part::Answer => "answer",
        }
    }

    pub fn parse(text: &str) -> Option<Part> {
        match text {
            "letter" => Some(Part::Letter),
            "answer" => Some(Part::Answer),
            _ => None,
        }
    }
}
