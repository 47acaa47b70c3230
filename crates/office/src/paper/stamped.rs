//! A copy of a letter's first page with the stamp of entry (مهر ورود). The stamp stands in a band above the letter and covers
//! nothing; the original stays as it came.

use serde::Serialize;

use super::Head;

/// The copy: the stamp, and below it the picture that goes with the order, or the letter as text.
#[derive(Clone, Debug, Serialize)]
pub struct StampedPage {
    #[serde(flatten)]
    pub head_of_sheet: Head,
    pub stamp: Stamp,
    /// What this sheet is, so that nobody takes it for the original.
    pub notice: String,
    /// The digest of the original file, in groups that people can compare.
    pub digest: Option<String>,
    /// What the picture shows, for who can't see it.
    pub about: String,
    /// Above the text: from whom, to whom, on what. Not asked for beside a picture.
    pub head: Vec<Field>,
    /// The text, paragraph by paragraph.
    pub lines: Vec<String>,
}

#[derive(Clone, Debug, Serialize)]
pub struct Stamp {
    pub heading: &'static str,
    pub secretariat: String,
    pub fields: Vec<Field>,
    pub qr: Qr,
    pub qr_note: &'static str,
}

/// A name with what stands beside it.
#[derive(Clone, Debug, Serialize)]
pub struct Field {
    pub name: &'static str,
    pub value: String,
    /// The direction in which the value is read: `rtl` or `ltr`.
    pub direction: &'static str,
}

/// The dark squares of a QR code as the path of a drawing, and how many of its units are a side.
#[derive(Clone, Debug, Serialize)]
pub struct Qr {
    pub path: String,
    pub side: usize,
}
