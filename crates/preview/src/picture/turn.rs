//! How a picture was held: EXIF and TIFF say by the same eight numbers how it must be turned to stand upright.

use super::{Picture, Size};

/// What EXIF's tag 274 and TIFF's say; 1 is upright.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Orientation(u8);

impl Orientation {
    pub const UPRIGHT: Orientation = Orientation(1);

    /// What no standard knows is taken for upright.
    pub fn new(number: u64) -> Orientation {
        match u8::try_from(number) {
            Ok(number @ 1..=8) => Orientation(number),
            _ => Orientation::UPRIGHT,
        }
    }

    /// From a block of EXIF, with or without the `Exif` mark in front; upright if it says nothing that can be read.
    pub fn from_exif(block: &[u8]) -> Orientation {
        let block = block.strip_prefix(b"Exif\0\0").unwrap_or(block);
        read(block).map_or(Orientation::UPRIGHT, |number| Orientation::new(u64::from(number)))
    }

    /// Whether the upright picture's width is the height of what is stored.
    pub fn swaps_sides(self) -> bool {
        self.0 >= 5
    }

    /// The size of the picture when it stands upright.
    pub fn upright(self, stored: Size) -> Size {
        if self.swaps_sides() { stored.turned() } else { stored }
    }

    /// The same as a matrix of PDF, for the unit square in which a picture is drawn; y points upwards there.
    pub fn matrix(self) -> [f32; 6] {
        match self.0 {
            2 => [-1.0, 0.0, 0.0, 1.0, 1.0, 0.0],
            3 => [-1.0, 0.0, 0.0, -1.0, 1.0, 1.0],
            4 => [1.0, 0.0, 0.0, -1.0, 0.0, 1.0],
            5 => [0.0, -1.0, -1.0, 0.0, 1.0, 1.0],
            6 => [0.0, -1.0, 1.0, 0.0, 0.0, 1.0],
            7 => [0.0, 1.0, 1.0, 0.0, 0.0, 0.0],
            8 => [0.0, 1.0, -1.0, 0.0, 1.0, 0.0],
            _ => [1.0, 0.0, 0.0, 1.0, 0.0, 0.0],
        }
    }

    pub fn apply(self, picture: Picture) -> Picture {
        if self == Orientation::UPRIGHT {
            return picture;
        }
        let samples = picture.colours.samples();
        let (width, height) = (picture.size.width as usize, picture.size.height as usize);
        let size = self.upright(picture.size);
        let mut pixels = Vec::with_capacity(picture.pixels.len());
        for y in 0..size.height as usize {
            for x in 0..size.width as usize {
                let (from_x, from_y) = self.source(x, y, width, height);
                pixels.extend_from_slice(&picture.pixels[(from_y * width + from_x) * samples..][..samples]);
            }
        }
        Picture { size, colours: picture.colours, pixels }
    }

    /// Where in the stored picture of this size the upright pixel lies.
    fn source(self, x: usize, y: usize, width: usize, height: usize) -> (usize, usize) {
        match self.0 {
            2 => (width - 1 - x, y),
            3 => (width - 1 - x, height - 1 - y),
            4 => (x, height - 1 - y),
            5 => (y, x),
            6 => (y, height - 1 - x),
            7 => (width - 1 - y, height - 1 - x),
            8 => (width - 1 - y, x),
            _ => (x, y),
        }
    }
}

/// Tag 274 in the first directory of an EXIF block, which is a small TIFF.
fn read(block: &[u8]) -> Option<u16> {
    let is_little = match block.get(..4)? {
        b"II*\0" => true,
        b"MM\0*" => false,
        _ => return None,
    };
    let short = |at: usize| {
        let bytes: [u8; 2] = block.get(at..at.checked_add(2)?)?.try_into().ok()?;
        Some(if is_little { u16::from_le_bytes(bytes) } else { u16::from_be_bytes(bytes) })
    };
    let offset: [u8; 4] = block.get(4..8)?.try_into().ok()?;
    let offset = if is_little { u32::from_le_bytes(offset) } else { u32::from_be_bytes(offset) } as usize;
    let count = usize::from(short(offset)?);
    let entries = (0..count).map(|entry| offset.saturating_add(2 + entry * 12));
    let entry = entries.into_iter().find(|entry| short(*entry) == Some(274))?;
    short(entry.checked_add(8)?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::picture::Colours;

    /// 1 2 3 over 4 5 6, as it looks after each turn.
    #[test]
    fn each_orientation_stands_upright() {
        let stored =
            Picture { size: Size { width: 3, height: 2 }, colours: Colours::Grey, pixels: vec![1, 2, 3, 4, 5, 6] };
        for (number, width, upright) in [
            (1, 3, [1, 2, 3, 4, 5, 6]),
            (2, 3, [3, 2, 1, 6, 5, 4]),
            (3, 3, [6, 5, 4, 3, 2, 1]),
            (4, 3, [4, 5, 6, 1, 2, 3]),
            (5, 2, [1, 4, 2, 5, 3, 6]),
            (6, 2, [4, 1, 5, 2, 6, 3]),
            (7, 2, [6, 3, 5, 2, 4, 1]),
            (8, 2, [3, 6, 2, 5, 1, 4]),
        ] {
            let turned = Orientation::new(number).apply(stored.clone());
            assert_eq!((turned.size.width, turned.pixels.as_slice()), (width, &upright[..]), "orientation {number}");
        }
    }

    /// The middle of each pixel, taken through the matrix, lies where `apply` puts the pixel.
    #[test]
    fn the_matrix_turns_as_the_pixels_do() {
        let stored =
            Picture { size: Size { width: 3, height: 2 }, colours: Colours::Grey, pixels: vec![1, 2, 3, 4, 5, 6] };
        for orientation in (1..=8).map(Orientation::new) {
            let upright = orientation.apply(stored.clone());
            let unit = orientation.matrix();
            for (number, pixel) in (0_u16..).zip(&stored.pixels) {
                let (across, up) = ((f32::from(number % 3) + 0.5) / 3.0, 0.75 - f32::from(number / 3) / 2.0);
                let x = unit[0] * across + unit[2] * up + unit[4];
                let y = 1.0 - (unit[1] * across + unit[3] * up + unit[5]);
                let place =
                    |part: f32, whole: u32| (0..whole).rfind(|at| f64::from(part) * f64::from(whole) > f64::from(*at));
                let x = place(x, upright.size.width).expect("within");
                let y = place(y, upright.size.height).expect("within");
                assert_eq!(upright.pixels[(y * upright.size.width + x) as usize], *pixel, "{orientation:?}");
            }
        }
    }

    #[test]
    fn exif_is_read_in_both_byte_orders_and_nonsense_is_upright() {
        let little = b"Exif\0\0II*\0\x08\0\0\0\x02\0\x00\x01\x03\0\x01\0\0\0\x05\0\0\0\x12\x01\x03\0\x01\0\0\0\x06\0\0\0\0\0\0\0";
        let big = b"MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x08\0\0\0\0\0\0";
        assert_eq!(Orientation::from_exif(little), Orientation::new(6));
        assert_eq!(Orientation::from_exif(big), Orientation::new(8));
        for nonsense in [&b""[..], b"II*\0\xff\xff\xff\xff", b"MM\0*\0\0\0\x08\xff\xff", &big[..19]] {
            assert_eq!(Orientation::from_exif(nonsense), Orientation::UPRIGHT);
        }
        assert_eq!(Orientation::new(9), Orientation::UPRIGHT);
    }
}
