//! Binding photos into one PDF, in the order given: each a sheet of A4, upright or across as the photo is, as large as fits.
//!
//! JPEGs go in as they are, not a bit worse. The same photos always become the same bytes: no dates, no random names.

mod sheet;

use std::io::Write;

use pdf_writer::{Chunk, Pdf, Ref};
use pishkhan_inspect::Kind;

use crate::Trouble;

/// More photos than one letter has.
const MOST_PHOTOS: usize = 500;

/// Reads `kind length bytes` for each photo (`J` for JPEG or `P` for PNG; 64 bits, most significant byte first) and writes the PDF.
pub fn bind(mut input: &[u8], output: &mut dyn Write) -> Result<(), Trouble> {
    let mut numbers = Numbers { next: Ref::new(1) };
    let (catalog, tree) = (numbers.take(), numbers.take());
    let mut pdf = Pdf::with_capacity(input.len() + 64 * 1024);
    pdf.catalog(catalog).pages(tree);
    let mut sheets = Vec::new();
    while !input.is_empty() {
        if sheets.len() == MOST_PHOTOS {
            return Err(Trouble::TooMuch);
        }
        let (kind, photo) = next_photo(&mut input)?;
        let mut chunk = Chunk::new();
        sheets.push(sheet::write(&mut chunk, &mut numbers, tree, kind, photo)?);
        pdf.extend(&chunk);
    }
    let count = i32::try_from(sheets.len()).map_err(|_| Trouble::TooMuch)?;
    if count == 0 {
        return Err(Trouble::Damaged);
    }
    pdf.pages(tree).kids(sheets).count(count);
    Ok(output.write_all(&pdf.finish()).and_then(|()| output.flush())?)
}

/// Numbers for the objects of the PDF.
struct Numbers {
    next: Ref,
}

impl Numbers {
    fn take(&mut self) -> Ref {
        self.next.bump()
    }
}

fn next_photo<'a>(input: &mut &'a [u8]) -> Result<(Kind, &'a [u8]), Trouble> {
    let (kind, rest) = input.split_first().ok_or(Trouble::Damaged)?;
    let kind = match kind {
        b'J' => Kind::Jpeg,
        b'P' => Kind::Png,
        _ => return Err(Trouble::Damaged),
    };
    let (length, rest) = rest.split_first_chunk().ok_or(Trouble::Damaged)?;
    let length = usize::try_from(u64::from_be_bytes(*length)).map_err(|_| Trouble::TooMuch)?;
    let (photo, rest) = rest.split_at_checked(length).ok_or(Trouble::Damaged)?;
    *input = rest;
    Ok((kind, photo))
}
