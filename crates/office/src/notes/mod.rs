//! Notes: what staff say to each other about a letter, inside the house. No sender ever sees one, nor that there is one.

mod note;
mod rows;
mod write;

pub use note::{NOTE_CHARACTERS, Note};
pub use rows::of_letter;
pub use write::{NoteError, could_note, write};
