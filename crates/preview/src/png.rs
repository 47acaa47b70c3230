//! PNG pictures, read row by row, with what is transparent put on white.

use std::io::Cursor;

use png::{ColorType, Decoder, Limits, Reader, Transformations};

use crate::Trouble;
use crate::picture::{Colours, Orientation, Size};

/// What the decoder may hold beside the rows: the palette and a block of EXIF.
const ASIDE: usize = 16 * 1024 * 1024;

/// A PNG whose header has been read.
pub struct Png<'a> {
    reader: Reader<Cursor<&'a [u8]>>,
    pub size: Size,
    pub colours: Colours,
    pub orientation: Orientation,
    colour_type: ColorType,
    is_interlaced: bool,
}

impl<'a> Png<'a> {
    pub fn open(bytes: &'a [u8]) -> Result<Png<'a>, Trouble> {
        let mut decoder = Decoder::new_with_limits(Cursor::new(bytes), Limits { bytes: ASIDE });
        decoder.set_transformations(Transformations::normalize_to_color8());
        decoder.set_ignore_text_chunk(true);
        decoder.set_ignore_iccp_chunk(true);
        let reader = decoder.read_info().map_err(trouble)?;
        let info = reader.info();
        let size = Size { width: info.width, height: info.height };
        size.bearable()?;
        let is_interlaced = info.interlaced;
        let orientation = info.exif_metadata.as_deref().map_or(Orientation::UPRIGHT, Orientation::from_exif);
        let colour_type = reader.output_color_type().0;
        let colours = match colour_type {
            ColorType::Grayscale | ColorType::GrayscaleAlpha => Colours::Grey,
            ColorType::Rgb | ColorType::Rgba | ColorType::Indexed => Colours::Rgb,
        };
        Ok(Png { reader, size, colours, orientation, colour_type, is_interlaced })
    }

    /// Gives each row, from the top, in [`Png::colours`].
    pub fn rows(mut self, mut take: impl FnMut(&[u8])) -> Result<(), Trouble> {
        let mut opaque = Vec::new();
        if self.is_interlaced {
            // The rows of an interlaced picture are whole only at the end.
            let length = self.reader.output_buffer_size().ok_or(Trouble::TooMuch)?;
            let mut whole = vec![0; length];
            let frame = self.reader.next_frame(&mut whole).map_err(trouble)?;
            for row in whole.chunks_exact(frame.line_size).take(self.size.height as usize) {
                take(on_white(self.colour_type, row, &mut opaque));
            }
            return Ok(());
        }
        for _ in 0..self.size.height {
            let row = self.reader.next_row().map_err(trouble)?.ok_or(Trouble::Damaged)?;
            take(on_white(self.colour_type, row.data(), &mut opaque));
        }
        Ok(())
    }
}

fn on_white<'a>(colour_type: ColorType, row: &'a [u8], opaque: &'a mut Vec<u8>) -> &'a [u8] {
    let samples = match colour_type {
        ColorType::GrayscaleAlpha => 2,
        ColorType::Rgba => 4,
        ColorType::Grayscale | ColorType::Rgb | ColorType::Indexed => return row,
    };
    opaque.clear();
    for pixel in row.chunks_exact(samples) {
        let (alpha, colours) = pixel.split_last().expect("a pixel has samples");
        opaque.extend(colours.iter().map(|colour| blend(*colour, *alpha)));
    }
    opaque
}

/// A sample on white paper.
pub fn blend(sample: u8, alpha: u8) -> u8 {
    let white = u16::from(u8::MAX);
    let sum = u16::from(sample) * u16::from(alpha) + white * (white - u16::from(alpha));
    u8::try_from(sum / white).expect("the mean of bytes is a byte")
}

#[expect(clippy::needless_pass_by_value, reason = "map_err hands it over")]
fn trouble(error: png::DecodingError) -> Trouble {
    match error {
        png::DecodingError::LimitsExceeded => Trouble::TooMuch,
        _ => Trouble::Damaged,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_transparent_is_white() {
        assert_eq!((blend(0, 0), blend(0, 255), blend(200, 255), blend(0, 128)), (255, 0, 200, 127));
        let mut opaque = Vec::new();
        assert_eq!(on_white(ColorType::GrayscaleAlpha, &[0, 0, 7, 255], &mut opaque), [255, 7]);
    }
}
