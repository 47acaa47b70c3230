//! How a page of a TIFF lies in the file: its size, its samples, and the chunks (strips or tiles) in which they are.

use crate::Trouble;
use crate::jpeg::Header;
use crate::picture::{Colours, Orientation, Size};

use super::directory::Directory;

/// What the samples of a pixel mean.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Meaning {
    /// Grey; `true` if 0 is white.
    Grey(bool),
    Rgb,
    Palette,
    Inks,
    YCbCr,
}

#[derive(Debug)]
#[expect(clippy::struct_excessive_bools, reason = "TIFF has these switches, each by itself")]
pub struct Layout {
    pub size: Size,
    /// 1, 2, 4, 8 or 16.
    pub bits: u32,
    pub samples: u32,
    pub meaning: Meaning,
    pub compression: u32,
    pub is_little_endian: bool,
    pub is_predicted: bool,
    pub has_reversed_bits: bool,
    pub fax_options: u64,
    pub jpeg_tables: Vec<u8>,
    /// Red, green and blue of each value, for [`Meaning::Palette`].
    pub palette: Vec<[u8; 3]>,
    pub orientation: Orientation,
    /// Whether the last sample says how opaque a pixel is.
    pub has_alpha: bool,
    /// Whether a JPEG in here stores light and colour, and not red, green and blue.
    pub has_light_and_colour: bool,
    aspect: (u64, u64),
    is_planar: bool,
    is_tiled: bool,
    /// The size of each chunk.
    chunk: Size,
    offsets: Vec<u64>,
    lengths: Vec<u64>,
}

/// Where the samples of a chunk belong.
#[derive(Clone, Copy, Debug)]
pub struct Place {
    pub left: u32,
    pub width: u32,
    pub rows: u32,
    /// Which sample of each pixel, if the samples lie apart.
    pub plane: Option<usize>,
}

/// Where a chunk lies in the file.
#[derive(Clone, Copy, Debug)]
pub struct Chunk {
    offset: u64,
    length: u64,
}

impl Layout {
    pub fn read(directory: &Directory, bytes: &[u8]) -> Result<Layout, Trouble> {
        let mut size = Size { width: directory.small(256, 0)?, height: directory.small(257, 0)? };
        let compression = directory.small(259, 1)?;
        let mut is_tiled = directory.first(322).is_some();
        let (offsets, lengths) = if is_tiled { (324, 325) } else { (273, 279) };
        let (mut offsets, mut lengths) = (directory.all(offsets).to_vec(), directory.all(lengths).to_vec());
        let mut chunk = Size {
            width: directory.small(322, size.width)?,
            height: directory.small(323, directory.small(278, size.height)?.min(size.height))?,
        };
        if compression == 6 {
            // Before 1995, JPEG was stored whole beside the strips, which only point into it.
            let (offset, length) = old_jpeg(directory, bytes)?;
            let whole = slice(bytes, offset, length).and_then(Header::read).ok_or(Trouble::Damaged)?;
            (size, chunk, offsets, lengths, is_tiled) = (whole.size, whole.size, vec![offset], vec![length], false);
        }
        size.bearable()?;
        chunk.bearable()?;
        if offsets.is_empty() {
            return Err(Trouble::Damaged);
        }
        if lengths.is_empty() && offsets.len() == 1 {
            // Some writers of the first years left out the length of the only strip.
            lengths.push((bytes.len() as u64).saturating_sub(offsets[0]));
        }
        let (samples, bits) = (directory.small(277, 1)?, directory.small(258, 1)?);
        let is_planar = directory.first(284) == Some(2) && samples > 1;
        let is_odd = bits < 8 && is_planar || (samples, bits) != (1, 1) && matches!(compression, 2..=4);
        let has_fractions = directory.first(339).is_some_and(|format| format > 2);
        if !matches!(bits, 1 | 2 | 4 | 8 | 16) || !(1..=16).contains(&samples) || is_odd || has_fractions {
            return Err(Trouble::Damaged);
        }
        let meaning = meaning(directory, compression, samples)?;
        let palette = if meaning == Meaning::Palette { palette(directory.all(320))? } else { Vec::new() };
        let alpha = directory.first(338).is_some_and(|extra| extra == 1 || extra == 2);
        Ok(Layout {
            size,
            bits,
            samples,
            meaning,
            compression,
            is_little_endian: directory.is_little_endian,
            is_predicted: directory.first(317) == Some(2),
            has_reversed_bits: directory.first(266) == Some(2),
            fax_options: directory.first(292).unwrap_or(0),
            jpeg_tables: directory.all(347).iter().filter_map(|byte| u8::try_from(*byte).ok()).collect(),
            palette,
            orientation: Orientation::new(directory.first(274).unwrap_or(1)),
            has_alpha: alpha && samples > meaning.samples(),
            aspect: aspect(directory),
            has_light_and_colour: directory.first(262) == Some(6),
            is_planar,
            is_tiled,
            chunk,
            offsets,
            lengths,
        })
    }

    pub fn colours(&self) -> Colours {
        if let Meaning::Grey(_) = self.meaning { Colours::Grey } else { Colours::Rgb }
    }

    /// The size if rows were as tall as columns are wide.
    pub fn size_on_paper(&self) -> Size {
        let height = u64::from(self.size.height) * self.aspect.0 / self.aspect.1;
        Size { width: self.size.width, height: u32::try_from(height).unwrap_or(u32::MAX).max(1) }
    }

    /// Bytes of a sample, unless several share one.
    pub fn sample_bytes(&self) -> usize {
        if self.bits == 16 { 2 } else { 1 }
    }

    /// Whether several pixels share a byte.
    pub fn is_packed(&self) -> bool {
        self.bits < 8
    }

    /// Bytes of a row in a band.
    pub fn row_bytes(&self) -> usize {
        self.stored_row_bytes(self.size.width, self.samples)
    }

    /// Bytes of a row with this many pixels of this many samples.
    pub fn stored_row_bytes(&self, width: u32, samples: u32) -> usize {
        (width as usize * samples as usize * self.bits as usize).div_ceil(8)
    }

    pub fn bands(&self) -> u32 {
        self.size.height.div_ceil(self.chunk.height)
    }

    pub fn rows_of_band(&self, band: u32) -> u32 {
        (self.size.height - band * self.chunk.height).min(self.chunk.height)
    }

    /// The chunks of a band, all planes of it; those that the file does not name stay empty.
    pub fn chunks_of_band(&self, band: u32) -> impl Iterator<Item = (Place, Chunk)> {
        let across = self.size.width.div_ceil(self.chunk.width);
        let planes = if self.is_planar { self.samples } else { 1 };
        // The last strip ends with the page, the last tiles are filled up.
        let rows = if self.is_tiled { self.chunk.height } else { self.rows_of_band(band) };
        (0..planes).flat_map(move |plane| {
            (0..across).filter_map(move |column| {
                let number = ((plane * self.bands() + band) * across + column) as usize;
                let chunk = Chunk { offset: *self.offsets.get(number)?, length: *self.lengths.get(number)? };
                let plane = self.is_planar.then_some(plane as usize);
                Some((Place { left: column * self.chunk.width, width: self.chunk.width, rows, plane }, chunk))
            })
        })
    }
}

impl Chunk {
    /// The chunk's bytes; what lies behind the end of the file is missing.
    pub fn bytes<'a>(&self, file: &'a [u8]) -> &'a [u8] {
        let length = self.length.min((file.len() as u64).saturating_sub(self.offset));
        slice(file, self.offset, length).unwrap_or_default()
    }
}

impl Meaning {
    pub fn samples(self) -> u32 {
        match self {
            Meaning::Grey(_) | Meaning::Palette => 1,
            Meaning::Rgb | Meaning::YCbCr => 3,
            Meaning::Inks => 4,
        }
    }
}

fn meaning(directory: &Directory, compression: u32, samples: u32) -> Result<Meaning, Trouble> {
    let meaning = match directory.first(262) {
        Some(0) => Meaning::Grey(true),
        Some(1 | 4) => Meaning::Grey(false),
        Some(2) => Meaning::Rgb,
        Some(3) => Meaning::Palette,
        Some(5) => Meaning::Inks,
        // JPEG says itself how its colours are stored, and is read as RGB.
        Some(6) if matches!(compression, 6 | 7) => Meaning::Rgb,
        Some(6) if directory.all(530).iter().all(|factor| *factor == 1) && !directory.all(530).is_empty() => {
            Meaning::YCbCr
        }
        // Fax machines forget it.
        None if matches!(compression, 2..=4) => Meaning::Grey(true),
        _ => return Err(Trouble::Damaged),
    };
    if samples < meaning.samples() { Err(Trouble::Damaged) } else { Ok(meaning) }
}

/// Where the whole JPEG of an old page lies: offset and length.
fn old_jpeg(directory: &Directory, bytes: &[u8]) -> Result<(u64, u64), Trouble> {
    let offset = directory.first(513).or_else(|| directory.first(273)).ok_or(Trouble::Damaged)?;
    let rest = (bytes.len() as u64).checked_sub(offset).ok_or(Trouble::Damaged)?;
    Ok((offset, rest))
}

fn slice(bytes: &[u8], offset: u64, length: u64) -> Option<&[u8]> {
    let start = usize::try_from(offset).ok()?;
    bytes.get(start..start.checked_add(usize::try_from(length).ok()?)?)
}

/// All reds, then all greens, then all blues, of 16 bits each.
fn palette(numbers: &[u64]) -> Result<Vec<[u8; 3]>, Trouble> {
    let count = numbers.len() / 3;
    if count == 0 {
        return Err(Trouble::Damaged);
    }
    // Some writers mean 8 bits.
    let shift = if numbers.iter().all(|number| *number < 256) { 0 } else { 8 };
    let colour = |number: u64| u8::try_from((number >> shift).min(255)).expect("at most 255");
    Ok((0..count).map(|at| [numbers[at], numbers[count + at], numbers[2 * count + at]].map(colour)).collect())
}

/// How many times taller than wide a pixel is, as a ratio; what is beyond the fax's 2:1 is nonsense.
fn aspect(directory: &Directory) -> (u64, u64) {
    let (Some(x), Some(y)) = (directory.ratio(282), directory.ratio(283)) else { return (1, 1) };
    let (above, below) = (u128::from(x.0) * u128::from(y.1), u128::from(x.1) * u128::from(y.0));
    if above > below * 5 / 2 || below > above * 5 / 2 {
        return (1, 1);
    }
    // Within a part in a thousand, a thousand is enough.
    let thousandths = u64::try_from(above * 1000 / below.max(1)).unwrap_or(1000);
    (thousandths.max(1), 1000)
}
