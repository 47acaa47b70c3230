//! PNG: every chunk to the last, with the check sums of those that make the picture, and what lies behind it.
//!
//! Accepted are all kinds of colour, depth and interlacing, animations (their first picture counts), and chunks of any private
//! kind. The form that Apple's tools make for apps (`CgBI`) is refused as damaged: only Apple's own programs show it, and no
//! phone sends it.

use std::io::{Read, Seek};

use crate::{
    Refusal, dimensions, hidden,
    reading::{Fault, Order, Reader, Walk},
    trailing::{self, Allowance},
};

const SIGNATURE: [u8; 8] = *b"\x89PNG\r\n\x1a\n";
/// The longest chunk that the standard allows.
const LONGEST_CHUNK: u32 = (1 << 31) - 1;

/// Walks a file that begins like a PNG.
pub(crate) fn walk<F: Read + Seek>(file: &mut Reader<F>) -> Walk {
    file.go_to(0);
    picture(file)?;
    trailing::judge(file, Allowance::Little)?;
    hidden::refuse(file)?;
    Ok(Vec::new())
}

/// Walks the chunks up to IEND, and stays behind it.
fn picture<F: Read + Seek>(file: &mut Reader<F>) -> Result<(), Fault> {
    if file.array()? != SIGNATURE {
        return Err(Refusal::Damaged.into());
    }
    let mut is_paletted = false;
    let mut stage = Stage::Beginning;
    while stage != Stage::End {
        let length = file.u32(Order::Big)?;
        let name = file.array()?;
        if length > LONGEST_CHUNK || !name.iter().all(u8::is_ascii_alphabetic) {
            return Err(Refusal::Damaged.into());
        }
        stage = stage.after(name, length, is_paletted)?;
        if name == *b"IHDR" {
            is_paletted = header(file)?;
            file.go_to(file.position() - 13);
        }
        if is_critical(name) { check_sum(name, length, file)? } else { file.skip(u64::from(length) + 4)? }
    }
    Ok(())
}

/// How far the chunks have come. Palette and picture data stand in this order; everything else may stand anywhere in between.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Stage {
    Beginning,
    Header,
    Palette,
    Data,
    /// Behind the data.
    Rest,
    End,
}

impl Stage {
    /// The stage that this chunk leads to, or a refusal of a chunk that has no place here.
    fn after(self, name: [u8; 4], length: u32, is_paletted: bool) -> Result<Stage, Refusal> {
        match (self, &name) {
            (Stage::Beginning, b"IHDR") if length == 13 => Ok(Stage::Header),
            (Stage::Header, b"PLTE") if length > 0 && length <= 3 * 256 && length.is_multiple_of(3) => {
                Ok(Stage::Palette)
            }
            (Stage::Header, b"IDAT") if is_paletted => Err(Refusal::Damaged),
            (Stage::Header | Stage::Palette | Stage::Data, b"IDAT") => Ok(Stage::Data),
            (Stage::Data | Stage::Rest, b"IEND") if length == 0 => Ok(Stage::End),
            (Stage::Beginning, _) => Err(Refusal::Damaged),
            _ if is_critical(name) => Err(Refusal::Damaged),
            (Stage::Data, _) => Ok(Stage::Rest),
            _ => Ok(self),
        }
    }
}

/// Whether a picture can't be shown without this chunk: its name begins with a capital.
fn is_critical(name: [u8; 4]) -> bool {
    name[0].is_ascii_uppercase()
}

/// Reads IHDR, and says whether the picture needs a palette.
fn header<F: Read + Seek>(file: &mut Reader<F>) -> Result<bool, Fault> {
    let (width, height) = (file.u32(Order::Big)?, file.u32(Order::Big)?);
    let [depth, colour, packing, filter, interlacing] = file.array()?;
    dimensions::check(width.into(), height.into())?;
    let fits = match colour {
        0 => matches!(depth, 1 | 2 | 4 | 8 | 16),
        2 | 4 | 6 => matches!(depth, 8 | 16),
        3 => matches!(depth, 1 | 2 | 4 | 8),
        _ => false,
    };
    if fits && packing == 0 && filter == 0 && interlacing <= 1 { Ok(colour == 3) } else { Err(Refusal::Damaged.into()) }
}

/// Reads a chunk's data and the check sum behind it. Decoders refuse a picture whose sums are wrong.
fn check_sum<F: Read + Seek>(name: [u8; 4], length: u32, file: &mut Reader<F>) -> Result<(), Fault> {
    let mut sum = crc32fast::Hasher::new();
    sum.update(&name);
    let mut left = u64::from(length);
    while left > 0 {
        let bytes = file.look()?;
        let length = usize::try_from(left).unwrap_or(usize::MAX).min(bytes.len());
        if length == 0 {
            return Err(Refusal::Damaged.into());
        }
        sum.update(&bytes[..length]);
        file.take(length);
        left -= length as u64;
    }
    if file.u32(Order::Big)? == sum.finalize() { Ok(()) } else { Err(Refusal::Damaged.into()) }
}
