//! One directory of a TIFF: what it says of its page.

use std::io::{Read, Seek};

use super::{Budget, Shape};
use crate::{
    Refusal, dimensions,
    reading::{Fault, Reader},
};

const WIDTH: u16 = 256;
const HEIGHT: u16 = 257;
const BITS_PER_SAMPLE: u16 = 258;
const PACKING: u16 = 259;
const STRIP_PLACES: u16 = 273;
const SAMPLES_PER_PIXEL: u16 = 277;
const STRIP_LENGTHS: u16 = 279;
const TILE_WIDTH: u16 = 322;
const TILE_HEIGHT: u16 = 323;
const TILE_PLACES: u16 = 324;
const TILE_LENGTHS: u16 = 325;
/// Where the picture of the older JPEG packing begins, which may have no strips at all.
const JPEG_PLACE: u16 = 513;

/// The most values of a pixel. Prints have four colours and a few masks.
const MOST_SAMPLES: u64 = 64;

/// A page as far as it matters here. When a tag is there twice, the larger value counts.
#[derive(Default)]
pub(super) struct Page {
    pub(super) width: u64,
    pub(super) height: u64,
    /// Of the first sample, and where that stands when it isn't in the directory.
    pub(super) bits: u64,
    bits_place: Option<List>,
    pub(super) samples: u64,
    pub(super) packing: u64,
    pub(super) tile_width: u64,
    pub(super) tile_height: u64,
    /// Where its strips or tiles are.
    pub(super) places: Option<List>,
    pub(super) lengths: Option<List>,
    /// Where the older JPEG is, or 0.
    pub(super) jpeg_place: u64,
}

/// Numbers somewhere in the file.
#[derive(Clone, Copy)]
pub(super) struct List {
    pub(super) width: Width,
    pub(super) count: u64,
    /// Where the first one is.
    pub(super) at: u64,
}

/// How many bytes a number has.
#[derive(Clone, Copy)]
pub(super) enum Width {
    One,
    Two,
    Four,
    Eight,
}

impl Page {
    /// The number that this tag tells.
    fn number(&mut self, tag: u16) -> Option<&mut u64> {
        match tag {
            WIDTH => Some(&mut self.width),
            HEIGHT => Some(&mut self.height),
            BITS_PER_SAMPLE => Some(&mut self.bits),
            SAMPLES_PER_PIXEL => Some(&mut self.samples),
            PACKING => Some(&mut self.packing),
            TILE_WIDTH => Some(&mut self.tile_width),
            TILE_HEIGHT => Some(&mut self.tile_height),
            JPEG_PLACE => Some(&mut self.jpeg_place),
            _ => None,
        }
    }

    pub(super) fn has_size(&self) -> bool {
        self.width > 0 && self.height > 0
    }

    /// Says no to too many pixels, in the page or in one of its tiles, which a decoder unpacks whole.
    pub(super) fn check_size(&self) -> Result<(), Refusal> {
        dimensions::check(self.width, self.height)?;
        dimensions::check(self.tile_width.max(1), self.tile_height.max(1))?;
        if self.samples > MOST_SAMPLES || self.bits > MOST_SAMPLES { Err(Refusal::TooLarge) } else { Ok(()) }
    }
}

/// Reads the directory that begins here, and where the next one is: 0 for none.
pub(super) fn read<F: Read + Seek>(
    file: &mut Reader<F>,
    shape: Shape,
    budget: &mut Budget,
) -> Result<(Page, u64), Fault> {
    let entries = if shape.is_big { file.u64(shape.order)? } else { file.u16(shape.order)?.into() };
    let length = 4 + 2 * shape.offset_length();
    let all = entries.checked_mul(length).ok_or(Refusal::Damaged)?;
    if entries == 0 || all > file.left() {
        return Err(Refusal::Damaged.into());
    }
    budget.spend(all)?;

    let start = file.position();
    let mut page = Page { bits: 1, samples: 1, packing: 1, ..Page::default() };
    for entry in 0..entries {
        file.go_to(start + entry * length);
        read_entry(file, shape, &mut page)?;
    }
    file.go_to(start + all);
    // Some writers end the file before the last pointer.
    let next = if file.left() < shape.offset_length() { 0 } else { shape.offset(file)? };
    if let Some(list) = page.bits_place {
        file.go_to(list.at);
        page.bits = page.bits.max(list.width.read(file, shape)?);
    }
    Ok((page, next))
}

fn read_entry<F: Read + Seek>(file: &mut Reader<F>, shape: Shape, page: &mut Page) -> Result<(), Fault> {
    let tag = file.u16(shape.order)?;
    let Some(width) = Width::of(file.u16(shape.order)?) else {
        return Ok(());
    };
    let count = shape.offset(file)?;
    let is_here = count.checked_mul(width.bytes()).is_some_and(|bytes| bytes <= shape.offset_length());
    let at = if is_here { file.position() } else { shape.offset(file)? };
    let list = List { width, count, at };
    match tag {
        STRIP_PLACES | TILE_PLACES => page.places = Some(list),
        STRIP_LENGTHS | TILE_LENGTHS => page.lengths = Some(list),
        BITS_PER_SAMPLE if !is_here => page.bits_place = Some(list),
        _ => {
            // Numbers that a page has one of stand in the directory itself.
            if let Some(value) = page.number(tag).filter(|_| is_here && count > 0) {
                *value = (*value).max(width.read(file, shape)?);
            }
        }
    }
    Ok(())
}

impl Width {
    /// The width of a type of whole numbers: bytes, shorts, longs and `BigTIFF`'s, with a sign (which some old writers set) or
    /// without, and places of directories.
    fn of(kind: u16) -> Option<Width> {
        match kind {
            1 | 6 | 7 => Some(Width::One),
            3 | 8 => Some(Width::Two),
            4 | 9 | 13 => Some(Width::Four),
            16..=18 => Some(Width::Eight),
            _ => None,
        }
    }

    pub(super) fn bytes(self) -> u64 {
        match self {
            Width::One => 1,
            Width::Two => 2,
            Width::Four => 4,
            Width::Eight => 8,
        }
    }

    /// Reads the number that is here.
    pub(super) fn read<F: Read + Seek>(self, file: &mut Reader<F>, shape: Shape) -> Result<u64, Fault> {
        match self {
            Width::One => file.byte().map(u64::from),
            Width::Two => file.u16(shape.order).map(u64::from),
            Width::Four => file.u32(shape.order).map(u64::from),
            Width::Eight => file.u64(shape.order),
        }
    }
}
