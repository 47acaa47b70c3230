//! The file as letters know it. Pure.

use pishkhan_store::Moment;

use crate::files::{Flag, Kind, Preview, Scan};
use crate::ids::{FileId, LetterId, MessageId};

#[derive(Clone, Debug)]
pub struct File {
    pub id: FileId,
    pub letter: LetterId,
    pub part: Part,
    /// The message in the thread that it came with.
    pub message: Option<MessageId>,
    /// The sender's name for it: only data.
    pub name: String,
    pub kind: Kind,
    pub size: u64,
    /// SHA-256 of the bytes, lower-case hexadecimal: where they lie.
    pub sha256: String,
    pub stored_at: Moment,
    /// What in it is active; staff open such a file only after a warning.
    pub flags: Vec<Flag>,
    pub scan: Scan,
    pub preview: Preview,
    /// Whether we bound it from the letter's photos.
    pub is_bound: bool,
}

/// Which part of the correspondence a file belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    Letter,
    /// Of a message between the house and the sender.
    Thread,
    /// Of an answer that is not given yet; the house's alone.
    Proposal,
    /// Of an answer that was given.
    Answer,
    /// Of an answer that holds no more.
    Former,
}

impl File {
    /// Whether anybody may open it, as far as the scanner is concerned.
    pub fn is_safe(&self) -> bool {
        matches!(self.scan, Scan::Off | Scan::Clean)
    }

    /// How many pages there are pictures of, for whoever may open the file.
    pub fn pictured_pages(&self) -> u32 {
        match self.preview {
            Preview::Made { made, .. } if self.is_safe() => made,
            Preview::Made { .. } | Preview::None | Preview::Waiting | Preview::Broken => 0,
        }
    }
}

impl Part {
    pub fn as_str(self) -> &'static str {
        match self {
            Part::Letter => "letter",
            Part::Thread => "thread",
            Part::Proposal => "proposal",
            Part::Answer => "answer",
            Part::Former => "former",
        }
    }

    pub fn parse(text: &str) -> Option<Part> {
        match text {
            "letter" => Some(Part::Letter),
            "thread" => Some(Part::Thread),
            "proposal" => Some(Part::Proposal),
            "answer" => Some(Part::Answer),
            "former" => Some(Part::Former),
            _ => None,
        }
    }
}
