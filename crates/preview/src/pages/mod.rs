//! Drawing the pages of a document.

mod pdf;
mod photo;
mod tiff;

use std::io::Write;

use pishkhan_inspect::Kind;

use crate::Trouble;

/// Writes the frames of at most `most` pages. Word documents have none: they become a PDF first.
///
/// A document of which some pages could be drawn is not damaged: whoever counts the frames sees that pages are missing.
pub fn draw(kind: Kind, most: u32, bytes: Vec<u8>, output: &mut dyn Write) -> Result<(), Trouble> {
    match kind {
        Kind::Jpeg => photo::draw_jpeg(&bytes, output),
        Kind::Png => photo::draw_png(&bytes, output),
        Kind::Tiff => tiff::draw(&bytes, most, output),
        Kind::Pdf => pdf::draw(bytes, most, output),
        Kind::Doc | Kind::Docx => Err(Trouble::Damaged),
    }
}
