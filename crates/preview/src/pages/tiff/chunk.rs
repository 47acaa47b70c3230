//! Unpacking a strip or a tile.

use std::io::Read;

use flate2::read::ZlibDecoder;
use hayro_ccitt::{DecodeSettings, DecoderContext, EncodingMode};
use weezl::BitOrder;
use weezl::decode::Configuration;
use zune_jpeg::zune_core::colorspace::ColorSpace;

use crate::Trouble;
use crate::jpeg;

use super::layout::{Chunk, Layout, Place};

/// The samples of a chunk: rows of `place.width` pixels, `place.rows` of them. What is missing at the end is 0.
pub fn decode(layout: &Layout, chunk: Chunk, place: &Place, file: &[u8]) -> Result<Vec<u8>, Trouble> {
    let samples = if place.plane.is_some() { 1 } else { layout.samples };
    let row = layout.stored_row_bytes(place.width, samples);
    let length = row.checked_mul(place.rows as usize).ok_or(Trouble::TooMuch)?;
    let mut packed = chunk.bytes(file);
    let reversed: Vec<u8>;
    if layout.has_reversed_bits && layout.is_packed() {
        reversed = packed.iter().map(|byte| byte.reverse_bits()).collect();
        packed = &reversed;
    }
    let mut bytes = match layout.compression {
        1 => packed[..packed.len().min(length)].to_vec(),
        2..=4 => fax(layout, place, packed, row),
        5 => lzw(packed, length),
        6 | 7 => of_jpeg(layout, place, packed, row)?,
        8 | 32_946 => inflate(packed, length),
        32_773 => pack_bits(packed, length),
        _ => return Err(Trouble::Damaged),
    };
    bytes.resize(length, 0);
    if layout.is_predicted && matches!(layout.compression, 5 | 8 | 32_946) {
        bytes.chunks_exact_mut(row).for_each(|row| undo_differences(layout, row, samples as usize));
    }
    Ok(bytes)
}

/// Black is a 1, as fax machines count.
fn fax(layout: &Layout, place: &Place, packed: &[u8], row: usize) -> Vec<u8> {
    let encoding = match layout.compression {
        4 => EncodingMode::Group4,
        3 if layout.fax_options & 1 == 1 => EncodingMode::Group3_2D,
        _ => EncodingMode::Group3_1D,
    };
    let settings = DecodeSettings {
        columns: place.width,
        rows: place.rows,
        end_of_block: layout.compression != 2,
        end_of_line: layout.compression == 3,
        rows_are_byte_aligned: layout.compression == 2,
        encoding,
        strict: false,
    };
    let mut rows = FaxRows { bytes: Vec::with_capacity(row * place.rows as usize), row, left: place.rows };
    // What came before the fault is worth showing, as a fax machine would print it.
    let _ = hayro_ccitt::decode(packed, &mut rows, &mut DecoderContext::new(settings));
    rows.bytes
}

struct FaxRows {
    bytes: Vec<u8>,
    row: usize,
    left: u32,
}

impl hayro_ccitt::Decoder for FaxRows {
    fn push_row(&mut self, changes: &[u32]) {
        let Some(left) = self.left.checked_sub(1) else { return };
        self.left = left;
        let start = self.bytes.len();
        self.bytes.resize(start + self.row, 0);
        let row = &mut self.bytes[start..];
        let width = u32::try_from(row.len() * 8).unwrap_or(u32::MAX);
        for run in changes.chunks(2) {
            blacken(row, run[0].min(width), run.get(1).map_or(width, |end| (*end).min(width)));
        }
    }
}

fn blacken(row: &mut [u8], from: u32, to: u32) {
    let (first, last) = (from as usize / 8, to as usize / 8);
    let (head, tail) = (0xFF_u8 >> (from % 8), !(0xFF_u16 >> (to % 8)).to_le_bytes()[0]);
    if from >= to {
        return;
    }
    if first == last {
        row[first] |= head & tail;
    } else {
        row[first] |= head;
        row[first + 1..last].fill(0xFF);
        if let Some(byte) = row.get_mut(last) {
            *byte |= tail;
        }
    }
}

fn lzw(packed: &[u8], length: usize) -> Vec<u8> {
    // Before TIFF 6.0, codes began at the other end of the byte and grew one code later.
    let is_old = matches!(packed, [0, second, ..] if second & 1 == 1);
    let configuration = if is_old {
        Configuration::new(BitOrder::Lsb, 8)
    } else {
        Configuration::with_tiff_size_switch(BitOrder::Msb, 8)
    };
    let mut decoder = configuration.with_yield_on_full_buffer(true).build();
    let mut bytes = vec![0; length];
    let (mut read, mut written) = (0, 0);
    while written < length {
        let result = decoder.decode_bytes(&packed[read..], &mut bytes[written..]);
        read += result.consumed_in;
        written += result.consumed_out;
        if result.status.is_err() || (result.consumed_in, result.consumed_out) == (0, 0) {
            break;
        }
    }
    bytes
}

fn inflate(packed: &[u8], length: usize) -> Vec<u8> {
    let mut bytes = Vec::new();
    // What came before the fault is kept.
    let _ = ZlibDecoder::new(packed).take(length as u64).read_to_end(&mut bytes);
    bytes
}

fn pack_bits(mut packed: &[u8], length: usize) -> Vec<u8> {
    let mut bytes = Vec::new();
    while let Some((count, rest)) = packed.split_first() {
        if bytes.len() >= length {
            break;
        }
        packed = match (*count, rest) {
            (count @ 0..=127, rest) => {
                let (run, rest) = rest.split_at(rest.len().min(usize::from(count) + 1));
                bytes.extend_from_slice(run);
                rest
            }
            (128, rest) => rest,
            (count, [value, rest @ ..]) => {
                bytes.resize(bytes.len() + 257 - usize::from(count), *value);
                rest
            }
            (_, []) => break,
        };
    }
    bytes.truncate(length);
    bytes
}

/// A chunk that is a JPEG; the tables that all chunks share come first.
fn of_jpeg(layout: &Layout, place: &Place, packed: &[u8], row: usize) -> Result<Vec<u8>, Trouble> {
    let joined: Vec<u8>;
    let mut stream = packed;
    if let (Some(tables), Some(rest)) =
        (layout.jpeg_tables.strip_suffix(&[0xFF, 0xD9]), packed.strip_prefix(&[0xFF, 0xD8]))
    {
        joined = [tables, rest].concat();
        stream = &joined;
    }
    let pixels = jpeg::decode_as(stream, |stored| match stored {
        ColorSpace::YCbCr if layout.has_light_and_colour => ColorSpace::RGB,
        stored => stored,
    })?;
    let mut bytes = vec![0; row * place.rows as usize];
    let line = pixels.size.width as usize * pixels.samples;
    for (target, source) in bytes.chunks_exact_mut(row).zip(pixels.bytes.chunks_exact(line)) {
        let length = row.min(line);
        target[..length].copy_from_slice(&source[..length]);
    }
    Ok(bytes)
}

/// Each sample was stored as the difference from its left neighbour.
fn undo_differences(layout: &Layout, row: &mut [u8], samples: usize) {
    match layout.bits {
        8 => {
            for at in samples..row.len() {
                row[at] = row[at].wrapping_add(row[at - samples]);
            }
        }
        16 => {
            // Which byte of a sample is the lower one.
            let (low, high) = if layout.is_little_endian { (0, 1) } else { (1, 0) };
            for at in (samples * 2..row.len().saturating_sub(1)).step_by(2) {
                let before = at - samples * 2;
                let (sum, carry) = row[at + low].overflowing_add(row[before + low]);
                row[at + low] = sum;
                row[at + high] = row[at + high].wrapping_add(row[before + high]).wrapping_add(u8::from(carry));
            }
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn runs_of_a_fax_begin_and_end_anywhere() {
        for (from, to, black) in [
            (0, 24, [0xFF, 0xFF, 0xFF]),
            (3, 5, [0b0001_1000, 0, 0]),
            (6, 18, [0b0000_0011, 0xFF, 0b1100_0000]),
            (8, 16, [0, 0xFF, 0]),
            (5, 5, [0, 0, 0]),
        ] {
            let mut row = [0; 3];
            blacken(&mut row, from, to);
            assert_eq!(row, black, "{from}..{to}");
        }
    }

    #[test]
    fn packed_bits_are_unpacked_and_bounded() {
        let packed = [0xFE, 0xAA, 0x02, 0x80, 0x00, 0x2A, 0x80, 0xFD, 0x22];
        assert_eq!(pack_bits(&packed, 100), [0xAA, 0xAA, 0xAA, 0x80, 0x00, 0x2A, 0x22, 0x22, 0x22, 0x22]);
        assert_eq!(pack_bits(&packed, 4), [0xAA, 0xAA, 0xAA, 0x80]);
        assert_eq!(pack_bits(&[0x7F, 1, 2], 9), [1, 2], "a run that is cut off");
        assert_eq!(pack_bits(&[0x81; 1], 9), [], "a repetition of nothing");
    }
}
