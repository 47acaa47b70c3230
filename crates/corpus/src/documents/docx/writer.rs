//! Writing ZIP by hand, with every field where it can be wrong.

use std::io::Write;

use flate2::{Compression, write::DeflateEncoder};

/// An entry, honest unless it is changed.
#[derive(Clone)]
pub(super) struct Entry {
    pub(super) name: String,
    pub(super) content: Vec<u8>,
    pub(super) is_stored: bool,
    /// With the sizes behind the content.
    pub(super) has_descriptor: bool,
    /// With the numbers of eight bytes.
    pub(super) is_long: bool,
    pub(super) flags: u16,
    /// The mode that Unix gives a file.
    pub(super) mode: u32,
    /// The name in its own header, when that is another.
    pub(super) own_name: Option<&'static str>,
    /// How long the directory says that it is, when that is another size.
    pub(super) claimed: Option<u32>,
}

impl Entry {
    pub(super) fn new(name: &str, content: &str) -> Self {
        Self {
            name: name.to_owned(),
            content: content.as_bytes().to_vec(),
            is_stored: false,
            has_descriptor: false,
            is_long: false,
            flags: 0,
            mode: 0,
            own_name: None,
            claimed: None,
        }
    }
}

/// The archive, with this before its first entry.
pub(super) fn zip(before: &[u8], entries: &[Entry]) -> Vec<u8> {
    let mut file = before.to_vec();
    let mut directory = Vec::new();
    for entry in entries {
        let start = u32::try_from(file.len()).expect("samples are small");
        let packed = if entry.is_stored { entry.content.clone() } else { deflated(&entry.content) };
        let checksum = crc32fast::hash(&entry.content);
        let flags = entry.flags | if entry.has_descriptor { 8 } else { 0 };
        let sizes = [packed.len(), entry.content.len()].map(|size| u32::try_from(size).expect("samples are small"));
        let claimed = [sizes[0], entry.claimed.unwrap_or(sizes[1])];
        let own_name = entry.own_name.unwrap_or(&entry.name);
        file.extend_from_slice(b"PK\x03\x04");
        let own_sizes = if entry.has_descriptor { [0, 0] } else { claimed };
        let own_checksum = if entry.has_descriptor { 0 } else { checksum };
        common(&mut file, entry, flags, own_checksum, own_sizes, own_name);
        file.extend_from_slice(own_name.as_bytes());
        file.extend_from_slice(&long_sizes(entry, own_sizes));
        file.extend_from_slice(&packed);
        if entry.has_descriptor {
            file.extend_from_slice(b"PK\x07\x08");
            file.extend([checksum, sizes[0], sizes[1]].into_iter().flat_map(u32::to_le_bytes));
        }
        directory.extend_from_slice(b"PK\x01\x02\x14\x03");
        common(&mut directory, entry, flags, checksum, claimed, &entry.name);
        directory.extend_from_slice(&[0; 6]);
        directory.extend_from_slice(&(entry.mode << 16).to_le_bytes());
        directory.extend_from_slice(&start.to_le_bytes());
        directory.extend_from_slice(entry.name.as_bytes());
        directory.extend_from_slice(&long_sizes(entry, claimed));
    }
    let start = file.len();
    let size = directory.len();
    file.extend_from_slice(&directory);
    if entries.iter().any(|entry| entry.is_long) {
        let end = file.len();
        let [count, size, start, end] = [entries.len(), size, start, end].map(|number| (number as u64).to_le_bytes());
        let long_end =
            [b"PK\x06\x06", &44_u64.to_le_bytes()[..], &[45, 0, 45, 0], &[0; 8], &count, &count, &size, &start]
                .concat();
        file.extend_from_slice(&long_end);
        file.extend_from_slice(&[b"PK\x06\x07", &[0; 4][..], &end, &[1, 0, 0, 0]].concat());
    }
    let count = u16::try_from(entries.len()).expect("samples are small").to_le_bytes();
    let [size, start] = [size, start].map(|number| u32::try_from(number).expect("samples are small").to_le_bytes());
    file.extend_from_slice(&[b"PK\x05\x06", &[0; 4][..], &count, &count, &size, &start, &[0; 2]].concat());
    file
}

/// What both headers have, from the version on to the extra field's length.
fn common(into: &mut Vec<u8>, entry: &Entry, flags: u16, checksum: u32, sizes: [u32; 2], name: &str) {
    let method = if entry.is_stored { 0 } else { 8 };
    for number in [20_u16, flags, method, 0, 0x21] {
        into.extend_from_slice(&number.to_le_bytes());
    }
    into.extend_from_slice(&checksum.to_le_bytes());
    for size in if entry.is_long { [u32::MAX; 2] } else { sizes } {
        into.extend_from_slice(&size.to_le_bytes());
    }
    into.extend_from_slice(&u16::try_from(name.len()).expect("a short name").to_le_bytes());
    let extra = if entry.is_long { 20_u16 } else { 0 };
    into.extend_from_slice(&extra.to_le_bytes());
}

fn long_sizes(entry: &Entry, [packed, unpacked]: [u32; 2]) -> Vec<u8> {
    if !entry.is_long {
        return Vec::new();
    }
    [&[1, 0, 16, 0][..], &u64::from(unpacked).to_le_bytes(), &u64::from(packed).to_le_bytes()].concat()
}

fn deflated(content: &[u8]) -> Vec<u8> {
    let mut encoder = DeflateEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(content).expect("memory takes all");
    encoder.finish().expect("memory takes all")
}
