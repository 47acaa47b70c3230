//! The papers that a unit asks for with a letter; a reviewer ticks those that are missing.

mod paper;
mod rows;

pub use paper::{Paper, PaperError, add};
pub use rows::{archive, list_open};
