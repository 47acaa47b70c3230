//! A writer of TIFFs, of either order and either size of places.

pub const BYTE: u16 = 1;
pub const TEXT: u16 = 2;
pub const SHORT: u16 = 3;
pub const LONG: u16 = 4;
pub const SIGNED_LONG: u16 = 9;
pub const LONG8: u16 = 16;

pub const WIDTH: u16 = 256;
pub const HEIGHT: u16 = 257;
pub const BITS: u16 = 258;
pub const PACKING: u16 = 259;
pub const COLOURS: u16 = 262;
pub const STRIP_PLACES: u16 = 273;
pub const SAMPLES: u16 = 277;
pub const ROWS_PER_STRIP: u16 = 278;
pub const STRIP_LENGTHS: u16 = 279;
pub const TILE_WIDTH: u16 = 322;
pub const TILE_HEIGHT: u16 = 323;
pub const TILE_PLACES: u16 = 324;
pub const TILE_LENGTHS: u16 = 325;

/// One entry of a directory.
#[derive(Clone)]
pub struct Tag {
    pub code: u16,
    pub kind: u16,
    pub values: Vec<u64>,
}

pub fn tag(code: u16, kind: u16, values: &[u64]) -> Tag {
    Tag { code, kind, values: values.to_vec() }
}

/// A tag of letters.
pub fn text(code: u16, text: &str) -> Tag {
    let values = text.bytes().chain([0]).map(u64::from).collect();
    Tag { code, kind: TEXT, values }
}

/// A TIFF in the making.
#[derive(Clone)]
pub struct Tiff {
    pub bytes: Vec<u8>,
    is_big_endian: bool,
    is_big: bool,
    /// Where the place of the next directory belongs.
    link: usize,
}

impl Tiff {
    pub fn little() -> Self {
        Self { bytes: b"II*\0\0\0\0\0".to_vec(), is_big_endian: false, is_big: false, link: 4 }
    }

    pub fn big_endian() -> Self {
        Self { bytes: b"MM\0*\0\0\0\0".to_vec(), is_big_endian: true, is_big: false, link: 4 }
    }

    /// `BigTIFF`.
    pub fn big() -> Self {
        Self { bytes: b"II+\0\x08\0\0\0\0\0\0\0\0\0\0\0".to_vec(), is_big_endian: false, is_big: true, link: 8 }
    }

    pub fn big_and_big_endian() -> Self {
        Self { bytes: b"MM\0+\0\x08\0\0\0\0\0\0\0\0\0\0".to_vec(), is_big_endian: true, is_big: true, link: 8 }
    }

    /// Where the next thing goes.
    pub fn here(&self) -> u64 {
        self.bytes.len() as u64
    }

    /// Picture data; says where it is.
    pub fn data(&mut self, data: &[u8]) -> u64 {
        let here = self.here();
        self.bytes.extend_from_slice(data);
        here
    }

    /// A whole page: its data in strips, then its directory with the strips' places and lengths.
    pub fn page(&mut self, tags: &[Tag], strips: &[Vec<u8>]) {
        let places: Vec<u64> = strips.iter().map(|strip| self.data(strip)).collect();
        let lengths: Vec<u64> = strips.iter().map(|strip| strip.len() as u64).collect();
        let mut tags = tags.to_vec();
        tags.extend([tag(STRIP_PLACES, LONG, &places), tag(STRIP_LENGTHS, LONG, &lengths)]);
        tags.sort_by_key(|tag| tag.code);
        self.directory(&tags);
    }

    /// A directory with these entries as they are, hung onto the one before.
    pub fn directory(&mut self, tags: &[Tag]) {
        let room = if self.is_big { 8 } else { 4 };
        // Lists go before the directory.
        let fields: Vec<Vec<u8>> = tags
            .iter()
            .map(|tag| {
                let values: Vec<u8> =
                    tag.values.iter().flat_map(|value| self.number(*value, width_of(tag.kind))).collect();
                if values.len() <= room {
                    return values;
                }
                let place = self.data(&values);
                self.number(place, room)
            })
            .collect();
        self.link_to(self.here());
        let count = tags.len() as u64;
        self.bytes.extend(self.number(count, if self.is_big { 8 } else { 2 }));
        for (tag, mut field) in tags.iter().zip(fields) {
            field.resize(room, 0);
            for (value, width) in [(tag.code.into(), 2), (tag.kind.into(), 2), (tag.values.len() as u64, room)] {
                self.bytes.extend(self.number(value, width));
            }
            self.bytes.extend(field);
        }
        self.link = self.bytes.len();
        self.bytes.resize(self.link + room, 0);
    }

    /// Makes the last directory (or the header) point to this place.
    pub fn link_to(&mut self, place: u64) {
        let room = if self.is_big { 8 } else { 4 };
        let place = self.number(place, room);
        self.bytes[self.link..self.link + room].copy_from_slice(&place);
    }

    fn number(&self, value: u64, width: usize) -> Vec<u8> {
        if self.is_big_endian {
            value.to_be_bytes()[8 - width..].to_vec()
        } else {
            value.to_le_bytes()[..width].to_vec()
        }
    }
}

fn width_of(kind: u16) -> usize {
    match kind {
        BYTE | TEXT => 1,
        SHORT => 2,
        LONG8 => 8,
        _ => 4,
    }
}
