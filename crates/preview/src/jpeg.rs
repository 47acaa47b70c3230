//! JPEG pictures: what their headers say, and their pixels.

use zune_jpeg::JpegDecoder;
use zune_jpeg::zune_core::bytestream::ZCursor;
use zune_jpeg::zune_core::colorspace::ColorSpace;
use zune_jpeg::zune_core::options::DecoderOptions;

use crate::Trouble;
use crate::picture::{Colours, LONGEST_SIDE, Orientation, Size};

/// What the headers say, up to the first scan.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Header {
    pub size: Size,
    /// Bits of one sample: 8, but for 12 in some medical pictures.
    pub bits: u8,
    /// How many samples a pixel has: 1 grey, 3 coloured, 4 for print.
    pub samples: u8,
    /// Baseline or progressive, Huffman-coded: what every reader of JPEG reads.
    pub is_ordinary: bool,
    /// Adobe's programs mark their files, and write the four inks of print upside down.
    pub is_adobes: bool,
    pub orientation: Orientation,
}

/// Pixels in rows from the top.
pub struct Pixels {
    pub size: Size,
    pub samples: usize,
    pub bytes: Vec<u8>,
}

impl Header {
    pub fn read(bytes: &[u8]) -> Option<Header> {
        let mut rest = bytes.strip_prefix(&[0xFF, 0xD8])?;
        let mut is_adobes = false;
        let mut orientation = Orientation::UPRIGHT;
        loop {
            let start = rest.iter().position(|byte| *byte == 0xFF)?;
            rest = &rest[start..];
            let marker = *rest.iter().find(|byte| **byte != 0xFF)?;
            let fill = rest.iter().take_while(|byte| **byte == 0xFF).count();
            rest = &rest[fill + 1..];
            if matches!(marker, 0x00 | 0x01 | 0xD0..=0xD8) {
                continue;
            }
            let length = usize::from(u16::from_be_bytes([*rest.first()?, *rest.get(1)?]));
            let body = rest.get(2..length)?;
            rest = &rest[length..];
            match marker {
                0xE1 if body.starts_with(b"Exif\0\0") => orientation = Orientation::from_exif(body),
                0xEE if body.starts_with(b"Adobe") => is_adobes = true,
                0xC0..=0xCF if !matches!(marker, 0xC4 | 0xC8 | 0xCC) => {
                    let &[bits, height, low_height, width, low_width, samples, ..] = body else { return None };
                    let pixels = |high, low| u32::from(u16::from_be_bytes([high, low]));
                    let size = Size { width: pixels(width, low_width), height: pixels(height, low_height) };
                    let is_ordinary = matches!(marker, 0xC0..=0xC2);
                    return Some(Header { size, bits, samples, is_ordinary, is_adobes, orientation });
                }
                0xD9 | 0xDA => return None,
                _ => {}
            }
        }
    }
}

/// Grey or RGB pixels. The orientation is not applied.
pub fn decode(bytes: &[u8], header: &Header) -> Result<(Colours, Vec<u8>), Trouble> {
    header.size.bearable()?;
    match header.samples {
        1 => Ok((Colours::Grey, decode_as(bytes, |_| ColorSpace::Luma)?.bytes)),
        4 if !header.is_adobes => {
            let inks = decode_as(bytes, |stored| stored)?.bytes;
            Ok((Colours::Rgb, inks.chunks_exact(4).flat_map(printed).collect()))
        }
        _ => Ok((Colours::Rgb, decode_as(bytes, |_| ColorSpace::RGB)?.bytes)),
    }
}

/// Pixels in the colours that `wanted` chooses for those in which they are stored.
pub fn decode_as(bytes: &[u8], wanted: impl Fn(ColorSpace) -> ColorSpace) -> Result<Pixels, Trouble> {
    let longest = LONGEST_SIDE as usize;
    let options = DecoderOptions::default().set_max_width(longest).set_max_height(longest);
    let mut decoder = JpegDecoder::new_with_options(ZCursor::new(bytes), options);
    decoder.decode_headers().map_err(|_| Trouble::Damaged)?;
    let (width, height) = decoder.dimensions().ok_or(Trouble::Damaged)?;
    let stored = decoder.input_colorspace().ok_or(Trouble::Damaged)?;
    let wanted = wanted(stored);
    decoder.set_options(options.jpeg_set_out_colorspace(wanted));
    let small = |side| u32::try_from(side).map_err(|_| Trouble::TooMuch);
    let size = Size { width: small(width)?, height: small(height)? };
    size.bearable()?;
    let bytes = decoder.decode().map_err(|_| Trouble::Damaged)?;
    let samples = wanted.num_components();
    if bytes.len() != width * height * samples {
        return Err(Trouble::Damaged);
    }
    Ok(Pixels { size, samples, bytes })
}

/// Cyan, magenta, yellow and black, 255 the most ink, as they look on paper.
pub fn printed(inks: &[u8]) -> [u8; 3] {
    let paper = |ink: u8| {
        let light = u16::from(u8::MAX - ink) * u16::from(u8::MAX - inks[3]) / u16::from(u8::MAX);
        u8::try_from(light).expect("a part of a byte is a byte")
    };
    [paper(inks[0]), paper(inks[1]), paper(inks[2])]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headers_are_read_past_fillers_and_blocks() {
        let adobe = b"\xFF\xEE\x00\x0EAdobe\x00\x64\0\0\0\0\x02";
        let frame = b"\xFF\xFF\xFF\xC2\x00\x14\x08\x01\x00\x02\x01\x04\x01\x11\0\x02\x11\0\x03\x11\0\x04\x11\0";
        let bytes = [&b"\xFF\xD8"[..], adobe, frame].concat();
        let header = Header::read(&bytes).expect("a header");
        assert_eq!((header.size, header.samples, header.bits), (Size { width: 513, height: 256 }, 4, 8));
        assert!(header.is_ordinary && header.is_adobes && header.orientation == Orientation::UPRIGHT);
    }

    #[test]
    fn a_header_that_is_cut_off_is_none() {
        for bytes in [
            &b""[..],
            b"\xFF\xD8",
            b"\xFF\xD8\xFF\xC0\x00\x0B\x08",
            b"\xFF\xD8\xFF\xE0\x00\x00",
            b"\xFF\xD8\xFF\xD9\0\x02",
        ] {
            assert_eq!(Header::read(bytes), None, "{bytes:?}");
        }
    }

    #[test]
    fn no_ink_is_white_and_black_ink_is_black() {
        assert_eq!((printed(&[0, 0, 0, 0]), printed(&[0, 0, 0, 255])), ([255; 3], [0; 3]));
        assert_eq!(printed(&[255, 0, 0, 0]), [0, 255, 255]);
    }
}
