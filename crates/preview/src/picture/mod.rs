//! Pixels on their way to a page image: grey or RGB, 8 bits a sample, rows from the top.

mod shrink;
mod turn;

pub use shrink::Shrink;
pub use turn::Orientation;

use crate::Trouble;

/// A0 at 300 dpi has 140 million pixels.
pub const MOST_PIXELS: u64 = 200_000_000;

/// The longest side that JPEG can have. It also keeps the sums of a row within 32 bits.
pub const LONGEST_SIDE: u32 = 65_535;

/// A page is at most this many times taller than wide images are wide; what is taller becomes narrower.
const TALLEST: u32 = 4;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Size {
    pub width: u32,
    pub height: u32,
}

/// One grey value or three of red, green and blue for each pixel.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Colours {
    Grey = 1,
    Rgb = 3,
}

#[derive(Clone, Debug)]
pub struct Picture {
    pub size: Size,
    pub colours: Colours,
    /// `width × height × colours` bytes.
    pub pixels: Vec<u8>,
}

impl Size {
    /// The size on paper, smaller in the same shape if it is wider than `widest` or too tall; never larger, never nothing.
    pub fn fit(self, widest: u32) -> Size {
        let (width, height) = (u64::from(self.width.max(1)), u64::from(self.height.max(1)));
        let (widest, tallest) = (u64::from(widest), u64::from(widest * TALLEST));
        let (mut fitted_width, mut fitted_height) = (width, height);
        if fitted_width > widest {
            (fitted_width, fitted_height) = (widest, (height * widest).div_ceil(width));
        }
        if fitted_height > tallest {
            (fitted_width, fitted_height) = ((width * tallest / height).max(1), tallest);
        }
        let small = |side| u32::try_from(side).expect("a fitted side is not longer than the side was");
        Size { width: small(fitted_width), height: small(fitted_height) }
    }

    pub fn turned(self) -> Size {
        Size { width: self.height, height: self.width }
    }

    pub fn pixels(self) -> u64 {
        u64::from(self.width) * u64::from(self.height)
    }

    /// The same size if there are pixels, and not more than we look at.
    pub fn bearable(self) -> Result<Size, Trouble> {
        if self.pixels() == 0 {
            Err(Trouble::Damaged)
        } else if self.pixels() > MOST_PIXELS || self.width.max(self.height) > LONGEST_SIDE {
            Err(Trouble::TooMuch)
        } else {
            Ok(self)
        }
    }
}

impl Colours {
    pub fn samples(self) -> usize {
        self as usize
    }
}

impl Picture {
    /// The same picture in another size, not larger than it is.
    pub fn shrunk(&self, to: Size) -> Picture {
        let mut shrink = Shrink::new(self.size, to, self.colours);
        for row in self.rows() {
            shrink.row(row);
        }
        shrink.finish()
    }

    /// The same picture made taller by repeating rows: faxes have half as many rows as columns to the inch.
    pub fn stretched(self, height: u32) -> Picture {
        if height <= self.size.height {
            return self;
        }
        let line = self.size.width as usize * self.colours.samples();
        let source = |row: usize| row * self.size.height as usize / height as usize;
        let rows = (0..height as usize).map(|row| &self.pixels[source(row) * line..][..line]);
        let pixels = rows.collect::<Vec<_>>().concat();
        Picture { size: Size { height, ..self.size }, colours: self.colours, pixels }
    }

    pub fn rows(&self) -> impl Iterator<Item = &[u8]> {
        self.pixels.chunks_exact(self.size.width as usize * self.colours.samples())
    }

    /// Red, green and blue for each pixel.
    pub fn into_rgb(self) -> Vec<u8> {
        match self.colours {
            Colours::Rgb => self.pixels,
            Colours::Grey => self.pixels.into_iter().flat_map(|grey| [grey; 3]).collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_picture_is_made_smaller_in_its_shape_and_never_larger() {
        let fit = |width, height| Size { width, height }.fit(900);
        assert_eq!(fit(9000, 3000), Size { width: 900, height: 300 });
        assert_eq!(fit(300, 20), Size { width: 300, height: 20 });
        assert_eq!(fit(900, 36_000), Size { width: 90, height: 3600 });
        assert_eq!(fit(1, 4_000_000_000), Size { width: 1, height: 3600 });
        assert_eq!(fit(4_000_000_000, 1), Size { width: 900, height: 1 });
        assert_eq!(fit(0, 0), Size { width: 1, height: 1 });
    }

    #[test]
    fn a_stretched_picture_repeats_its_rows() {
        let size = Size { width: 1, height: 2 };
        let picture = Picture { size, colours: Colours::Grey, pixels: vec![1, 2] };
        assert_eq!(picture.clone().stretched(5).pixels, [1, 1, 1, 2, 2]);
        assert_eq!(picture.stretched(1).pixels, [1, 2], "it is never made shorter");
    }
}
