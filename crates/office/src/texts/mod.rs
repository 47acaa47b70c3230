//! Texts ready to use, as the organisation words them: what staff say often, by a number key.

mod rows;
mod text;

pub use rows::{archive, list, list_open};
pub use text::{ReadyText, TextError, TextKind, add};
