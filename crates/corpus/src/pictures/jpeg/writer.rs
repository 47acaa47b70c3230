//! A writer of JPEGs, marker by marker: flat blocks in a chequered pattern, with tables of two codes.

/// What a component of a frame is sampled by, across and down.
pub type Sampling = (u8, u8);

pub const BASELINE: u8 = 0xC0;
pub const EXTENDED: u8 = 0xC1;
pub const PROGRESSIVE: u8 = 0xC2;
pub const LOSSLESS: u8 = 0xC3;
pub const HIERARCHICAL: u8 = 0xC5;
pub const ARITHMETIC: u8 = 0xC9;
pub const COMMENT: u8 = 0xFE;

/// A JPEG in the making.
#[derive(Clone)]
pub struct Jpeg {
    bytes: Vec<u8>,
}

impl Jpeg {
    pub fn new() -> Self {
        Self { bytes: vec![0xFF, 0xD8] }
    }

    /// Bytes as they are.
    pub fn raw(mut self, bytes: &[u8]) -> Self {
        self.bytes.extend_from_slice(bytes);
        self
    }

    /// A segment with its length.
    pub fn segment(self, code: u8, body: &[u8]) -> Self {
        let length = u16::try_from(body.len() + 2).expect("a segment has 64 KiB at most").to_be_bytes();
        self.raw(&[0xFF, code]).raw(&length).raw(body)
    }

    pub fn jfif(self) -> Self {
        self.segment(0xE0, b"JFIF\0\x01\x01\x01\0\x96\0\x96\0\0")
    }

    /// One table to quantise by, in steps of 1.
    pub fn quantisation(self) -> Self {
        self.segment(0xDB, &[&[0][..], &[1; 64]].concat())
    }

    /// Tables for DC (`0`: no change, `10`: a change of eight bits) and AC (`0`: nothing more in this block).
    pub fn codes(self) -> Self {
        let lengths = |codes: [u8; 2]| [&codes[..], &[0; 14]].concat();
        let dc = [&[0x00][..], &lengths([1, 1]), &[0, 8]].concat();
        let ac = [&[0x10][..], &lengths([1, 0]), &[0]].concat();
        self.segment(0xC4, &dc).segment(0xC4, &ac)
    }

    pub fn frame(self, code: u8, bits: u8, (width, height): (u16, u16), components: &[Sampling]) -> Self {
        let mut body = vec![bits];
        body.extend(height.to_be_bytes());
        body.extend(width.to_be_bytes());
        body.push(u8::try_from(components.len()).expect("a handful"));
        for (id, (across, down)) in (1..).zip(components) {
            body.extend([id, across << 4 | down, 0]);
        }
        self.segment(code, &body)
    }

    /// The head of a scan over these components, from one coefficient to another.
    pub fn scan(self, components: &[u8], (from, to): (u8, u8)) -> Self {
        let mut body = vec![u8::try_from(components.len()).expect("a handful")];
        body.extend(components.iter().flat_map(|id| [*id, 0]));
        body.extend([from, to, 0]);
        self.segment(0xDA, &body)
    }

    pub fn end(self) -> Vec<u8> {
        self.raw(&[0xFF, 0xD9]).bytes
    }

    /// What was written so far, without an end.
    pub fn without_end(self) -> Vec<u8> {
        self.bytes
    }
}

/// The picture data of so many blocks, light and dark in turn, with a restart after each `restart` blocks (0: none).
pub fn blocks(count: usize, restart: usize) -> Vec<u8> {
    coded(count, restart, |bits, block| {
        bits.push(0b10, 2);
        bits.push(if block.is_multiple_of(2) { 0xFF } else { 0 }, 8);
        bits.push(0, 1);
    })
}

/// The data of so many blocks of which nothing is to be said: one bit for the DC or the AC part each.
pub fn empty_blocks(count: usize) -> Vec<u8> {
    coded(count, 0, |bits, _| bits.push(0, 1))
}

fn coded(count: usize, restart: usize, write: impl Fn(&mut Bits, usize)) -> Vec<u8> {
    let mut data = Vec::new();
    let mut bits = Bits::default();
    for block in 0..count {
        if restart > 0 && block > 0 && block % restart == 0 {
            data.extend(std::mem::take(&mut bits).stuffed());
            data.extend([0xFF, 0xD0 + u8::try_from((block / restart - 1) % 8).expect("less than eight")]);
        }
        write(&mut bits, if restart > 0 { block % restart } else { block });
    }
    data.extend(bits.stuffed());
    data
}

/// Bits in the making.
#[derive(Default)]
struct Bits(Vec<bool>);

impl Bits {
    fn push(&mut self, value: u32, length: u32) {
        self.0.extend((0..length).rev().map(|bit| value >> bit & 1 == 1));
    }

    /// The bytes, filled up with ones, with a zero behind each 0xFF.
    fn stuffed(self) -> Vec<u8> {
        let byte = |bits: &[bool]| (0..8).fold(0, |byte, at| byte << 1 | u8::from(*bits.get(at).unwrap_or(&true)));
        let bytes = self.0.chunks(8).map(byte);
        bytes.flat_map(|byte| [Some(byte), (byte == 0xFF).then_some(0)]).flatten().collect()
    }
}
