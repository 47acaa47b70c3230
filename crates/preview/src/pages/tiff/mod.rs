//! The pages of a TIFF: what scanners and fax machines have written since 1987. Old and new headers (`BigTIFF`), both byte orders,
//! strips and tiles; bits, grey, palettes, RGB and inks; plain, `PackBits`, LZW, Deflate, JPEG and the three kinds of fax.

mod chunk;
mod directory;
mod layout;
mod samples;

use std::io::Write;

use crate::Trouble;
use crate::frames::{Frames, LARGE};
use crate::picture::{Picture, Shrink};

use directory::Directory;
use layout::{Layout, Place};

/// Draws the pages; small pictures that stand for a page (thumbnails) are passed over, and what holds no picture at all.
pub fn draw(bytes: &[u8], most: u32, output: &mut dyn Write) -> Result<(), Trouble> {
    let mut directories = directory::read_all(bytes)?;
    directories.retain(Directory::has_picture);
    let mut pages: Vec<&Directory> = directories.iter().filter(|directory| !directory.is_thumbnail()).collect();
    if pages.is_empty() {
        pages = directories.iter().collect();
    }
    if pages.is_empty() {
        return Err(Trouble::Damaged);
    }
    let count = u32::try_from(pages.len()).map_err(|_| Trouble::TooMuch)?;
    let mut frames = Frames::begin(output, count)?;
    for directory in pages.into_iter().take(most as usize) {
        match Layout::read(directory, bytes).and_then(|layout| draw_page(&layout, bytes)) {
            Ok(picture) => frames.page(picture)?,
            Err(_) if frames.written() > 0 => return Ok(()),
            Err(trouble) => return Err(trouble),
        }
    }
    Ok(())
}

fn draw_page(layout: &Layout, bytes: &[u8]) -> Result<Picture, Trouble> {
    // A fax is stored flat: its rows are taller than its columns are wide.
    let on_paper = layout.size_on_paper();
    let upright = layout.orientation.upright(on_paper).fit(LARGE);
    let wanted = layout.orientation.upright(upright);
    let mut small = wanted;
    small.width = small.width.min(layout.size.width);
    small.height = small.height.min(layout.size.height);
    let mut shrink = Shrink::new(layout.size, small, layout.colours());
    let (mut band, mut row) = (Vec::new(), Vec::new());
    for number in 0..layout.bands() {
        let rows = read_band(layout, number, bytes, &mut band)?;
        for line in band.chunks_exact(layout.row_bytes()).take(rows as usize) {
            samples::colours(layout, line, &mut row);
            shrink.row(&row);
        }
    }
    Ok(layout.orientation.apply(shrink.finish().stretched(wanted.height)))
}

/// Reads a band of rows, one strip high or one tile, with the samples of a pixel side by side, one byte or more for each.
fn read_band(layout: &Layout, band: u32, bytes: &[u8], into: &mut Vec<u8>) -> Result<u32, Trouble> {
    let rows = layout.rows_of_band(band);
    into.clear();
    for (place, chunk) in layout.chunks_of_band(band) {
        let decoded = chunk::decode(layout, chunk, &place, bytes)?;
        if place.width == layout.size.width && place.plane.is_none() {
            *into = decoded;
        } else {
            into.resize(layout.row_bytes() * rows as usize, 0);
            spread(layout, &place, &decoded, rows, into);
        }
    }
    Ok(rows)
}

/// Puts a chunk's samples where they belong in the band.
fn spread(layout: &Layout, place: &Place, decoded: &[u8], rows: u32, band: &mut [u8]) {
    let (sample, pixel) = (layout.sample_bytes(), layout.sample_bytes() * layout.samples as usize);
    let row_bytes = layout.row_bytes();
    let Some(chunk_row) = decoded.len().checked_div(place.rows as usize).filter(|length| *length > 0) else { return };
    for (row, line) in decoded.chunks_exact(chunk_row).take(rows as usize).enumerate() {
        let target = &mut band[row * row_bytes..][..row_bytes];
        match place.plane {
            None => {
                let from = layout.stored_row_bytes(place.left, layout.samples).min(row_bytes);
                let length = line.len().min(row_bytes - from);
                target[from..from + length].copy_from_slice(&line[..length]);
            }
            Some(number) => {
                let pixels = target.chunks_exact_mut(pixel).skip(place.left as usize);
                for (pixel, value) in pixels.zip(line.chunks_exact(sample)) {
                    pixel[number * sample..][..sample].copy_from_slice(value);
                }
            }
        }
    }
}
