//! Paper: what people print. An order says, in the reader's language, everything that shall stand on the sheets; the press has it
//! printed by a worker process, since a stamped page shows a picture of a stranger's file. The forms are the crate `paper`'s.

mod book;
mod press;
mod stamped;

pub use book::{BookRow, BookSheets, Columns, LINES_IN_A_FILE};
pub use press::{Press, PressError};
pub use stamped::{Field, Qr, Stamp, StampedPage};

use pishkhan_persian::{Language, display};
use pishkhan_store::Moment;
use serde::Serialize;

/// What all sheets say.
#[derive(Clone, Debug, Serialize)]
pub struct Head {
    language: &'static str,
    direction: &'static str,
    /// The moment of printing, for the file's own date.
    at: String,
    /// The file's own title.
    title: String,
    organisation: String,
    /// «صفحه ۲ از ۹», with `{page}` and `{pages}` in the places of the numbers.
    page_of: String,
}

/// An order to the press.
#[derive(Clone, Debug, Serialize)]
#[serde(tag = "form", rename_all = "snake_case")]
pub enum Order {
    RegisterBook(BookSheets),
    StampedPage(StampedPage),
}

impl Head {
    pub fn new(language: Language, at: Moment, title: String, organisation: String, page_of: String) -> Head {
        Head {
            language: language.code(),
            direction: language.dir(),
            at: display::iso(at.0),
            title,
            organisation,
            page_of,
        }
    }
}
