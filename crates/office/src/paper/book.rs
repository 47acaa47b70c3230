//! The register book as it is printed: the head of each page, and its lines.

use serde::Serialize;

use super::Head;

/// So many lines are in one file: some hundred sheets, printed in seconds. The numbers of a file don't move, so that a stretch of
/// the book that is full is printed the same for ever.
pub const LINES_IN_A_FILE: i64 = 2_000;

/// A stretch of the book.
#[derive(Clone, Debug, Serialize)]
pub struct BookSheets {
    #[serde(flatten)]
    pub head: Head,
    pub heading: String,
    pub year: String,
    /// Which numbers stand in this file.
    pub part: String,
    /// When it was printed, and by whom.
    pub printed: String,
    pub columns: Columns,
    pub rows: Vec<BookRow>,
}

/// What stands above the columns.
#[derive(Clone, Debug, Serialize)]
pub struct Columns {
    pub row: &'static str,
    pub number: &'static str,
    pub date: &'static str,
    pub sender: &'static str,
    pub subject: &'static str,
    pub unit: &'static str,
    pub way: &'static str,
    pub remark: &'static str,
}

/// A line of the book.
#[derive(Clone, Debug, Default, Serialize)]
pub struct BookRow {
    /// Its number in the book, without what the template adds.
    pub row: String,
    pub number: String,
    /// The direction in which the number is read: `rtl` or `ltr`.
    pub number_direction: &'static str,
    pub date: String,
    pub sender: String,
    pub subject: String,
    pub unit: String,
    /// Whether it came in or went out.
    pub way: &'static str,
    pub remark: String,
    /// Struck out: the entry holds no more.
    pub is_void: bool,
}
