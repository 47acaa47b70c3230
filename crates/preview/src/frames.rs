//! What a worker writes: first how many pages the document has, then each page image that it made.
//!
//! A frame is five numbers of 32 bits, most significant byte first, and `length` bytes of WebP:
//! page (from 1), width, height, width of the variant (900 or 1,800), length. The first frame has the page 0, the number of all
//! pages as its width, and nothing else: whoever reads knows of all pages even if the worker dies in the midst of them.

use std::io::Write;

use crate::Trouble;
use crate::picture::{Picture, Size};

/// The widths of page images, in pixels: for the list beside the text, and for reading.
const SMALL: u32 = 900;
pub const LARGE: u32 = 1800;

/// libwebp's measure; below 75 the fine dots of Persian letters begin to smear.
const QUALITY: f32 = 80.0;

/// Writes page images in both variants.
pub struct Frames<'a> {
    output: &'a mut dyn Write,
    written: u32,
}

impl<'a> Frames<'a> {
    /// Begins with the number of pages that the document has in all.
    pub fn begin(output: &'a mut dyn Write, pages: u32) -> Result<Frames<'a>, Trouble> {
        output.write_all(&header([0, pages, 0, 0, 0]))?;
        output.flush()?;
        Ok(Frames { output, written: 0 })
    }

    /// Writes the next page; the picture is upright and fits [`LARGE`].
    pub fn page(&mut self, picture: Picture) -> Result<(), Trouble> {
        self.written += 1;
        let small = picture.size.fit(SMALL);
        if small == picture.size {
            let webp = encode(small, picture)?;
            self.variant(SMALL, small, &webp)?;
            self.variant(LARGE, small, &webp)?;
        } else {
            let webp = encode(small, picture.shrunk(small))?;
            self.variant(SMALL, small, &webp)?;
            let large = picture.size;
            let webp = encode(large, picture)?;
            self.variant(LARGE, large, &webp)?;
        }
        Ok(self.output.flush()?)
    }

    /// How many pages have been written.
    pub fn written(&self) -> u32 {
        self.written
    }

    fn variant(&mut self, variant: u32, size: Size, webp: &[u8]) -> Result<(), Trouble> {
        let length = u32::try_from(webp.len()).map_err(|_| Trouble::TooMuch)?;
        self.output.write_all(&header([self.written, size.width, size.height, variant, length]))?;
        Ok(self.output.write_all(webp)?)
    }
}

fn header(numbers: [u32; 5]) -> Vec<u8> {
    numbers.iter().flat_map(|number| number.to_be_bytes()).collect()
}

fn encode(size: Size, picture: Picture) -> Result<Vec<u8>, Trouble> {
    let rgb = picture.into_rgb();
    let encoder = webp::Encoder::from_rgb(&rgb, size.width, size.height);
    // libwebp fails on a picture of a good size only where memory ends.
    encoder.encode_simple(false, QUALITY).map(|webp| webp.to_vec()).map_err(|_| Trouble::TooMuch)
}
