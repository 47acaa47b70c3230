//! The note. Pure.

use pishkhan_store::Moment;

use crate::ids::{NoteId, StaffId};

/// How long a note may be, in characters.
pub const NOTE_CHARACTERS: usize = 2_000;

#[derive(Clone, Debug)]
pub struct Note {
    pub id: NoteId,
    pub at: Moment,
    pub by: StaffId,
    /// The writer's name now.
    pub name: String,
    pub text: String,
}
