//! From the samples of a TIFF's row to grey or RGB.

use std::borrow::Cow;

use crate::jpeg::printed;
use crate::png::blend;

use super::layout::{Layout, Meaning};

/// Turns a row as it lies in a band into the colours of the picture.
pub fn colours(layout: &Layout, line: &[u8], into: &mut Vec<u8>) {
    into.clear();
    if let (Meaning::Grey(zero_is_white), 1, 1) = (layout.meaning, layout.bits, layout.samples) {
        bits(line, layout.size.width as usize, zero_is_white, into);
        return;
    }
    let bytes = unpacked(layout, line);
    let samples = layout.samples as usize;
    for pixel in bytes.chunks_exact(samples).take(layout.size.width as usize) {
        let start = into.len();
        match layout.meaning {
            Meaning::Grey(zero_is_white) => {
                let full = if layout.is_packed() { pixel[0] * (255 / ((1 << layout.bits) - 1)) } else { pixel[0] };
                into.push(if zero_is_white { !full } else { full });
            }
            Meaning::Palette => into.extend(layout.palette.get(usize::from(pixel[0])).unwrap_or(&[0; 3])),
            Meaning::Rgb => into.extend(&pixel[..3]),
            Meaning::Inks => into.extend(printed(pixel)),
            Meaning::YCbCr => into.extend(from_ycbcr(pixel)),
        }
        if layout.has_alpha {
            let alpha = pixel[layout.meaning.samples() as usize];
            into[start..].iter_mut().for_each(|sample| *sample = blend(*sample, alpha));
        }
    }
    into.resize(layout.size.width as usize * layout.colours().samples(), u8::MAX);
}

/// A bit for each pixel.
fn bits(line: &[u8], width: usize, zero_is_white: bool, into: &mut Vec<u8>) {
    let invert = if zero_is_white { 0xFF } else { 0 };
    for byte in line {
        let byte = byte ^ invert;
        // Most bytes of a letter are white.
        match byte {
            0xFF => into.extend([0xFF; 8]),
            0 => into.extend([0; 8]),
            _ => into.extend((0..8).map(|bit| if byte & (0x80 >> bit) == 0 { 0 } else { 0xFF })),
        }
    }
    into.resize(width, u8::MAX);
}

/// One byte for each sample; of 16 bits the upper half. What is less than a byte keeps its value.
fn unpacked<'a>(layout: &Layout, line: &'a [u8]) -> Cow<'a, [u8]> {
    match layout.bits {
        16 => line.chunks_exact(2).map(|pair| pair[usize::from(layout.is_little_endian)]).collect(),
        8 => Cow::Borrowed(line),
        bits => {
            let mask = (1_u8 << bits) - 1;
            let shifts = (0..8 / bits).rev().map(|place| place * bits);
            line.iter().flat_map(|byte| shifts.clone().map(move |shift| byte >> shift & mask)).collect()
        }
    }
}

/// As ITU-R BT.601 has it, in 16-bit fractions.
fn from_ycbcr(pixel: &[u8]) -> [u8; 3] {
    let (light, blue, red) = (i32::from(pixel[0]) << 16, i32::from(pixel[1]) - 128, i32::from(pixel[2]) - 128);
    let byte = |value: i32| u8::try_from(((value + 32_768) >> 16).clamp(0, 255)).expect("it is clamped");
    [byte(light + 91_881 * red), byte(light - 22_554 * blue - 46_802 * red), byte(light + 116_130 * blue)]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bits_are_black_and_white_either_way() {
        let mut row = Vec::new();
        bits(&[0b1010_0000, 0xFF], 10, false, &mut row);
        assert_eq!(row, [255, 0, 255, 0, 0, 0, 0, 0, 255, 255]);
        row.clear();
        bits(&[0b1010_0000], 3, true, &mut row);
        assert_eq!(row, [0, 255, 0]);
    }

    #[test]
    fn colours_come_out_of_light_and_differences() {
        assert_eq!((from_ycbcr(&[255, 128, 128]), from_ycbcr(&[0, 128, 128])), ([255; 3], [0; 3]));
        assert_eq!(from_ycbcr(&[76, 85, 255]), [254, 0, 0]);
    }
}
