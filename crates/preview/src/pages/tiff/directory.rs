//! The directories of a TIFF: one for each page, with numbers under tags.

use std::collections::{BTreeMap, BTreeSet};

use crate::Trouble;

/// More pages than a letter has; a chain that is longer leads in circles.
const MOST_DIRECTORIES: usize = 10_000;
/// More strips or tiles than 200 million pixels need, even of 8 by 8.
const MOST_VALUES: u64 = 4_000_000;

/// The numbers of one directory.
#[derive(Debug)]
pub struct Directory {
    values: BTreeMap<u16, Vec<u64>>,
    pub is_little_endian: bool,
}

impl Directory {
    pub fn all(&self, tag: u16) -> &[u64] {
        self.values.get(&tag).map_or(&[], Vec::as_slice)
    }

    pub fn first(&self, tag: u16) -> Option<u64> {
        self.all(tag).first().copied()
    }

    /// The first number as a small one, or what stands in its place if there is none.
    pub fn small(&self, tag: u16, absent: u32) -> Result<u32, Trouble> {
        self.first(tag).map_or(Ok(absent), |value| u32::try_from(value).map_err(|_| Trouble::Damaged))
    }

    /// A ratio of two numbers; `None` unless both are positive.
    pub fn ratio(&self, tag: u16) -> Option<(u64, u64)> {
        match self.all(tag) {
            &[above, below, ..] if above > 0 && below > 0 => Some((above, below)),
            _ => None,
        }
    }

    /// Some programs chain their notes to the pages.
    pub fn has_picture(&self) -> bool {
        [273, 324, 513].iter().any(|tag| self.first(*tag).is_some())
    }

    /// A smaller picture of another page.
    pub fn is_thumbnail(&self) -> bool {
        self.first(254).is_some_and(|kind| kind & 1 == 1) || self.first(255) == Some(2)
    }
}

/// All directories in the order of the chain; at least one.
pub fn read_all(bytes: &[u8]) -> Result<Vec<Directory>, Trouble> {
    let reader = Reader::open(bytes)?;
    let mut directories = Vec::new();
    let mut seen = BTreeSet::new();
    let mut at = reader.first()?;
    while at != 0 && seen.insert(at) {
        if directories.len() == MOST_DIRECTORIES {
            return Err(Trouble::TooMuch);
        }
        match reader.directory(at) {
            Some((directory, next)) => {
                directories.push(directory);
                at = next;
            }
            None => break,
        }
    }
    if directories.is_empty() { Err(Trouble::Damaged) } else { Ok(directories) }
}

struct Reader<'a> {
    bytes: &'a [u8],
    is_little: bool,
    is_big_tiff: bool,
}

impl<'a> Reader<'a> {
    fn open(bytes: &'a [u8]) -> Result<Reader<'a>, Trouble> {
        let is_little = match bytes.get(..2) {
            Some(b"II") => true,
            Some(b"MM") => false,
            _ => return Err(Trouble::Damaged),
        };
        let mut reader = Reader { bytes, is_little, is_big_tiff: false };
        reader.is_big_tiff = match reader.number(2, 2) {
            Some(42) => false,
            Some(43) => true,
            _ => return Err(Trouble::Damaged),
        };
        Ok(reader)
    }

    fn first(&self) -> Result<u64, Trouble> {
        let at = if self.is_big_tiff { self.number(8, 8) } else { self.number(4, 4) };
        at.ok_or(Trouble::Damaged)
    }

    /// The directory there, and where the next one lies. What is cut off at its end is as if it were not there.
    fn directory(&self, at: u64) -> Option<(Directory, u64)> {
        let (count_size, entry_size, offset_size) = if self.is_big_tiff { (8, 20, 8) } else { (2, 12, 4) };
        let count = self.number(at, count_size)?.min(u64::from(u16::MAX));
        let entries = at.checked_add(count_size as u64)?;
        let mut values = BTreeMap::new();
        for entry in 0..count {
            let entry = entries.checked_add(entry * entry_size)?;
            let Some(tag) = self.number(entry, 2) else { break };
            if let Some(numbers) = self.values(entry, offset_size) {
                values.entry(u16::try_from(tag).expect("two bytes")).or_insert(numbers);
            }
        }
        let next = entries.checked_add(count * entry_size).and_then(|end| self.number(end, offset_size));
        Some((Directory { values, is_little_endian: self.is_little }, next.unwrap_or(0)))
    }

    /// The numbers of an entry: whole numbers, each ratio as two. Texts and blobs are numbers, too.
    fn values(&self, entry: u64, offset_size: usize) -> Option<Vec<u64>> {
        let (size, parts) = match self.number(entry + 2, 2)? {
            1 | 2 | 6 | 7 => (1, 1),
            3 | 8 => (2, 1),
            4 | 9 | 13 => (4, 1),
            5 | 10 => (4, 2),
            16..=18 => (8, 1),
            _ => return None,
        };
        let count = self.number(entry + 4, offset_size)?.checked_mul(parts).filter(|count| *count <= MOST_VALUES)?;
        let inline = entry + 4 + offset_size as u64;
        let at = if count * size <= offset_size as u64 { inline } else { self.number(inline, offset_size)? };
        let end = at.checked_add(count * size)?;
        let size = usize::try_from(size).ok()?;
        let bytes = self.bytes.get(usize::try_from(at).ok()?..usize::try_from(end).ok()?)?;
        Some(bytes.chunks_exact(size).map(|bytes| self.fold(bytes)).collect())
    }

    fn number(&self, at: u64, size: usize) -> Option<u64> {
        let at = usize::try_from(at).ok()?;
        self.bytes.get(at..at.checked_add(size)?).map(|bytes| self.fold(bytes))
    }

    fn fold(&self, bytes: &[u8]) -> u64 {
        let join = |number: u64, byte: &u8| number << 8 | u64::from(*byte);
        if self.is_little { bytes.iter().rev().fold(0, join) } else { bytes.iter().fold(0, join) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_chain_that_leads_in_circles_ends() {
        // One directory with one entry (width 7), whose next is itself.
        let bytes = b"II*\0\x08\0\0\0\x01\0\x00\x01\x03\0\x01\0\0\0\x07\0\0\0\x08\0\0\0";
        let directories = read_all(bytes).expect("a directory");
        assert_eq!(directories.len(), 1);
        assert_eq!(directories[0].first(256), Some(7));
    }

    #[test]
    fn wild_offsets_and_counts_are_as_if_not_there() {
        let bytes = b"MM\0*\0\0\0\x08\0\x02\x01\x11\0\x04\xff\xff\xff\xff\0\0\0\x08\x01\x00\0\x04\0\0\0\x01\0\0\0\x05";
        let directories = read_all(bytes).expect("a directory");
        assert_eq!((directories[0].all(273), directories[0].first(256)), (&[][..], Some(5)));
        assert_eq!(read_all(b"II*\0\xff\xff\xff\xff").err(), Some(Trouble::Damaged));
        assert_eq!(read_all(b"II*").err(), Some(Trouble::Damaged));
    }
}
