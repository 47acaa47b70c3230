//! The same small page, packed in the ways of TIFF: 64 × 8 pixels, black and white by turns of 16.

use std::io::Write;

use flate2::{Compression, write::ZlibEncoder};

pub const WIDTH: u64 = 64;
pub const HEIGHT: u64 = 8;

/// The rows as they are, black first.
pub fn rows() -> Vec<u8> {
    [0xFF, 0xFF, 0, 0, 0xFF, 0xFF, 0, 0].repeat(8)
}

/// Runs of equal bytes: each but one less than its length, negated, and the byte.
pub fn pack_bits() -> Vec<u8> {
    [0xFF, 0xFF, 0xFF, 0, 0xFF, 0xFF, 0xFF, 0].repeat(8)
}

pub fn lzw() -> Vec<u8> {
    let mut encoder = weezl::encode::Encoder::with_tiff_size_switch(weezl::BitOrder::Msb, 8);
    encoder.encode(&rows()).expect("memory takes it")
}

pub fn deflate() -> Vec<u8> {
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(&rows()).expect("memory takes it");
    encoder.finish().expect("memory takes it")
}

/// A row in fax codes: white 0, then black and white of 16 by turns.
const ROW: &str = "00110101 0000010111 101010 0000010111 101010";
/// The same row again, told by the one above: nothing moved.
const SAME: &str = "1 1 1 1 1";
const END_OF_LINE: &str = "000000000001";

/// Huffman codes without line ends, each row from a new byte (packing 2).
pub fn huffman_rows() -> Vec<u8> {
    bits(ROW).repeat(8)
}

/// Group 3, each row by itself.
pub fn group_3() -> Vec<u8> {
    bits(&format!("{END_OF_LINE}{ROW}").repeat(8))
}

/// Group 3, every second row told by the one above.
pub fn group_3_two_dimensional() -> Vec<u8> {
    bits(&format!("{END_OF_LINE}1{ROW}{END_OF_LINE}0{SAME}").repeat(4))
}

/// Group 4: the first row told by a white one above it.
pub fn group_4() -> Vec<u8> {
    let first = "001 00110101 0000010111  001 101010 0000010111  1";
    bits(&format!("{first}{}{END_OF_LINE}{END_OF_LINE}", SAME.repeat(7)))
}

/// Bytes with their bits in the other order, as many fax machines send them.
pub fn mirrored(bytes: &[u8]) -> Vec<u8> {
    bytes.iter().map(|byte| byte.reverse_bits()).collect()
}

fn bits(text: &str) -> Vec<u8> {
    let bits: Vec<bool> = text.chars().filter(|sign| *sign != ' ').map(|sign| sign == '1').collect();
    bits.chunks(8)
        .map(|bits| (0..8).fold(0, |byte, at| byte << 1 | u8::from(*bits.get(at).unwrap_or(&false))))
        .collect()
}

#[cfg(test)]
mod tests {
    use hayro_ccitt::{DecodeSettings, Decoder, DecoderContext, EncodingMode, decode};

    use super::*;

    /// Where colours change in each row.
    #[derive(Default)]
    struct Rows(Vec<Vec<u32>>);

    impl Decoder for Rows {
        fn push_row(&mut self, changes: &[u32]) {
            self.0.push(changes.to_vec());
        }
    }

    fn decoded(data: &[u8], encoding: EncodingMode, rows_are_byte_aligned: bool) -> Vec<Vec<u32>> {
        let end_of_line = encoding != EncodingMode::Group4 && !rows_are_byte_aligned;
        let mut context = DecoderContext::new(DecodeSettings {
            columns: 64,
            rows: 8,
            end_of_block: encoding == EncodingMode::Group4,
            end_of_line,
            rows_are_byte_aligned,
            encoding,
            strict: true,
        });
        let mut rows = Rows::default();
        decode(data, &mut rows, &mut context).expect("a decoder reads what we wrote");
        rows.0
    }

    #[test]
    fn each_fax_code_tells_the_same_rows() {
        let expected = vec![vec![0, 16, 32, 48]; 8];
        assert_eq!(decoded(&huffman_rows(), EncodingMode::Group3_1D, true), expected);
        assert_eq!(decoded(&group_3(), EncodingMode::Group3_1D, false), expected);
        assert_eq!(decoded(&group_3_two_dimensional(), EncodingMode::Group3_2D, false), expected);
        assert_eq!(decoded(&group_4(), EncodingMode::Group4, false), expected);
    }
}
