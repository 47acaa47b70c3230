//! A writer of PNGs, chunk by chunk.

use std::io::Write;

use flate2::{Compression, write::ZlibEncoder};

pub const GREY: u8 = 0;
pub const COLOUR: u8 = 2;
pub const PALETTE: u8 = 3;
pub const GREY_ALPHA: u8 = 4;
pub const COLOUR_ALPHA: u8 = 6;

/// A PNG in the making.
#[derive(Clone)]
pub struct Png {
    bytes: Vec<u8>,
}

/// What IHDR says.
#[derive(Clone, Copy)]
pub struct Header {
    pub size: (u32, u32),
    pub depth: u8,
    pub colour: u8,
    pub is_interlaced: bool,
}

impl Header {
    pub fn of(depth: u8, colour: u8) -> Self {
        Self { size: (8, 8), depth, colour, is_interlaced: false }
    }
}

impl Png {
    pub fn new() -> Self {
        Self { bytes: b"\x89PNG\r\n\x1a\n".to_vec() }
    }

    pub fn raw(mut self, bytes: &[u8]) -> Self {
        self.bytes.extend_from_slice(bytes);
        self
    }

    /// A chunk with its length and its check sum.
    pub fn chunk(self, name: &[u8], data: &[u8]) -> Self {
        let length = u32::try_from(data.len()).expect("a small chunk").to_be_bytes();
        let sum = crc32fast::hash(&[name, data].concat()).to_be_bytes();
        self.raw(&length).raw(name).raw(data).raw(&sum)
    }

    pub fn header(self, header: Header) -> Self {
        let (width, height) = header.size;
        let rest = [header.depth, header.colour, 0, 0, u8::from(header.is_interlaced)];
        self.chunk(b"IHDR", &[&width.to_be_bytes()[..], &height.to_be_bytes(), &rest].concat())
    }

    /// A palette of so many shades.
    pub fn palette(self, entries: u8) -> Self {
        let colours: Vec<u8> = (0..entries).flat_map(|entry| [entry.wrapping_mul(17); 3]).collect();
        self.chunk(b"PLTE", &colours)
    }

    /// The whole picture in one chunk.
    pub fn data(self, header: Header) -> Self {
        self.chunk(b"IDAT", &packed(header))
    }

    pub fn end(self) -> Vec<u8> {
        self.chunk(b"IEND", &[]).bytes
    }

    pub fn without_end(self) -> Vec<u8> {
        self.bytes
    }
}

/// The rows of a picture of one colour, packed.
pub fn packed(header: Header) -> Vec<u8> {
    let samples = match header.colour {
        COLOUR => 3,
        GREY_ALPHA => 2,
        COLOUR_ALPHA => 4,
        _ => 1,
    };
    let (width, height) = (header.size.0 as usize, header.size.1 as usize);
    // Where each pass begins and how far it steps, across and down.
    let passes: &[[usize; 4]] = if header.is_interlaced {
        &[[0, 0, 8, 8], [4, 0, 8, 8], [0, 4, 4, 8], [2, 0, 4, 4], [0, 2, 2, 4], [1, 0, 2, 2], [0, 1, 1, 2]]
    } else {
        &[[0, 0, 1, 1]]
    };
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::default());
    for [left, top, across, down] in passes {
        let columns = width.saturating_sub(*left).div_ceil(*across);
        let rows = height.saturating_sub(*top).div_ceil(*down);
        if columns > 0 {
            let row = vec![0; 1 + (columns * samples * usize::from(header.depth)).div_ceil(8)];
            for _ in 0..rows {
                encoder.write_all(&row).expect("memory takes it");
            }
        }
    }
    encoder.finish().expect("memory takes it")
}
