//! One photo on one sheet.

use std::io::Write;

use flate2::Compression;
use flate2::write::ZlibEncoder;
use pdf_writer::types::Predictor;
use pdf_writer::{Chunk, Content, Filter, Finish, Name, Rect, Ref};
use pishkhan_inspect::Kind;

use crate::Trouble;
use crate::jpeg::Header;
use crate::picture::{Colours, Orientation, Size};
use crate::png::Png;

use super::Numbers;

/// A4, in points: 210 by 297 millimetres.
const SHORT: f32 = 595.276;
const LONG: f32 = 841.89;

/// The photo's name on its sheet.
const PHOTO: Name = Name(b"P");

/// Writes the photo, its sheet and what joins them; returns the sheet's number.
pub fn write(chunk: &mut Chunk, numbers: &mut Numbers, tree: Ref, kind: Kind, bytes: &[u8]) -> Result<Ref, Trouble> {
    let photo = numbers.take();
    let (size, orientation) = match kind {
        Kind::Jpeg => write_jpeg(chunk, photo, bytes)?,
        Kind::Png => write_png(chunk, photo, bytes)?,
        Kind::Pdf | Kind::Doc | Kind::Docx | Kind::Tiff => return Err(Trouble::Damaged),
    };
    let upright = orientation.upright(size);
    let (width, height) = if upright.width > upright.height { (LONG, SHORT) } else { (SHORT, LONG) };

    let drawing = numbers.take();
    let mut content = Content::new();
    content.transform(placed(upright, orientation, width, height)).x_object(PHOTO);
    chunk.stream(drawing, &content.finish());

    let sheet = numbers.take();
    let mut page = chunk.page(sheet);
    page.parent(tree).media_box(Rect::new(0.0, 0.0, width, height)).contents(drawing);
    page.resources().x_objects().pair(PHOTO, photo);
    page.finish();
    Ok(sheet)
}

/// As it is, after its headers have been read.
fn write_jpeg(chunk: &mut Chunk, photo: Ref, bytes: &[u8]) -> Result<(Size, Orientation), Trouble> {
    let header = Header::read(bytes).ok_or(Trouble::Damaged)?;
    header.size.bearable()?;
    if !header.is_ordinary || header.bits != 8 {
        return Err(Trouble::Damaged);
    }
    let mut image = chunk.image_xobject(photo, bytes);
    image.filter(Filter::DctDecode);
    image.width(side(header.size.width)).height(side(header.size.height)).bits_per_component(8);
    match header.samples {
        1 => image.color_space().device_gray(),
        3 => image.color_space().device_rgb(),
        4 => {
            image.color_space().device_cmyk();
            if header.is_adobes {
                image.decode([1.0, 0.0].repeat(4));
            }
        }
        _ => return Err(Trouble::Damaged),
    }
    image.finish();
    Ok((header.size, header.orientation))
}

/// Its pixels packed anew: PDF knows no PNG, and no half-transparent paper.
fn write_png(chunk: &mut Chunk, photo: Ref, bytes: &[u8]) -> Result<(Size, Orientation), Trouble> {
    let png = Png::open(bytes)?;
    let (size, colours, orientation) = (png.size, png.colours, png.orientation);
    let samples = colours.samples();
    let mut packed = ZlibEncoder::new(Vec::new(), Compression::default());
    let mut written = Ok(());
    let mut line = Vec::new();
    png.rows(|row| {
        differences(row, samples, &mut line);
        if written.is_ok() {
            written = packed.write_all(&line);
        }
    })?;
    written?;
    let packed = packed.finish()?;
    let mut image = chunk.image_xobject(photo, &packed);
    image.filter(Filter::FlateDecode);
    let samples = i32::try_from(samples).expect("one or three");
    image.decode_parms().predictor(Predictor::PngSub).colors(samples).columns(side(size.width));
    image.width(side(size.width)).height(side(size.height)).bits_per_component(8);
    match colours {
        Colours::Grey => image.color_space().device_gray(),
        Colours::Rgb => image.color_space().device_rgb(),
    }
    image.finish();
    Ok((size, orientation))
}

/// A row as PNG's filter 1 has it: each sample as the difference from its left neighbour, which packs far better.
fn differences(row: &[u8], samples: usize, line: &mut Vec<u8>) {
    line.clear();
    line.push(1);
    let neighbours = [0; 3].into_iter().take(samples).chain(row.iter().copied());
    line.extend(row.iter().zip(neighbours).map(|(sample, left)| sample.wrapping_sub(left)));
}

/// The matrix that draws the photo upright in the middle of its sheet, as large as fits.
fn placed(upright: Size, orientation: Orientation, width: f32, height: f32) -> [f32; 6] {
    #[expect(clippy::cast_precision_loss, reason = "a side has at most 65,535 pixels")]
    let (pixels_across, pixels_down) = (upright.width as f32, upright.height as f32);
    let scale = (width / pixels_across).min(height / pixels_down);
    let (across, down) = (pixels_across * scale, pixels_down * scale);
    let (left, below) = ((width - across) / 2.0, (height - down) / 2.0);
    let unit = orientation.matrix();
    [
        unit[0] * across,
        unit[1] * down,
        unit[2] * across,
        unit[3] * down,
        unit[4] * across + left,
        unit[5] * down + below,
    ]
}

fn side(pixels: u32) -> i32 {
    i32::try_from(pixels).expect("a bearable side fits in 16 bits")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_is_stored_as_differences_of_the_same_colour() {
        let mut line = Vec::new();
        differences(&[10, 20, 30, 11, 19, 30], 3, &mut line);
        assert_eq!(line, [1, 10, 20, 30, 1, 255, 0]);
    }

    #[test]
    fn a_photo_lies_in_the_middle_and_fills_one_direction() {
        let matrix = placed(Size { width: 100, height: 100 }, Orientation::UPRIGHT, SHORT, LONG);
        assert!((matrix[0] - SHORT).abs() < 0.01 && (matrix[5] - (LONG - SHORT) / 2.0).abs() < 0.01, "{matrix:?}");
        let matrix = placed(Size { width: 10_000, height: 100 }, Orientation::UPRIGHT, LONG, SHORT);
        assert!((matrix[0] - LONG).abs() < 0.01 && (matrix[3] - LONG / 100.0).abs() < 0.01, "{matrix:?}");
    }
}
