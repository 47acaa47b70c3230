//! The OLE container: a small file system of sectors, whose tables are believed only as far as the file reaches.

use std::io::{Read, Seek};

use super::directory::{ENTRY_SIZE, Entry};
use crate::Refusal;
use crate::reading::{Fault, Order, Reader};

/// Sector numbers from here on are marks: the end of a chain, or no sector.
const MARKS: u32 = 0xffff_fffa;
const HEADER_SECTORS: u64 = 109;
const MINI_SECTOR: u64 = 64;
/// Honest documents have some dozen entries, with many drawings in them a few thousand.
const ENTRIES_AT_MOST: usize = 65_536;

pub(super) struct Container {
    sector_size: u64,
    /// Streams shorter than this lie in the mini stream.
    mini_cutoff: u64,
    next: Vec<u32>,
    next_mini: Vec<u32>,
    mini_stream: Vec<u32>,
    pub(super) entries: Vec<Entry>,
}

impl Container {
    /// Reads the tables: at most some hundredth of the file's size is kept.
    pub(super) fn open<F: Read + Seek>(file: &mut Reader<F>) -> Result<Self, Fault> {
        file.go_to(26);
        let version = file.u16(Order::Little)?;
        file.skip(2)?;
        let shift = file.u16(Order::Little)?;
        if !matches!((version, shift), (3, 9) | (4, 12)) {
            return Err(Refusal::Damaged.into());
        }
        file.go_to(48);
        let directory = file.u32(Order::Little)?;
        file.go_to(56);
        let mini_cutoff = file.u32(Order::Little)?.into();
        let mini_table = file.u32(Order::Little)?;
        let sector_size = 1 << shift;
        let mut container = Self {
            sector_size,
            mini_cutoff,
            next: Vec::new(),
            next_mini: Vec::new(),
            mini_stream: Vec::new(),
            entries: Vec::new(),
        };
        container.read_table(file)?;
        container.read_directory(file, directory, version)?;
        for sector in container.chain(mini_table, u64::MAX)? {
            let mut numbers = std::mem::take(&mut container.next_mini);
            container.read_numbers(file, sector, &mut numbers)?;
            container.next_mini = numbers;
        }
        let root = container.entries.first().ok_or(Refusal::Damaged)?;
        container.mini_stream = container.chain(root.start, root.size.div_ceil(sector_size))?;
        Ok(container)
    }

    /// Shows a stream's content piece by piece, from its beginning on.
    pub(super) fn read<F: Read + Seek>(
        &self,
        file: &mut Reader<F>,
        entry: &Entry,
        mut seen: impl FnMut(&[u8]),
    ) -> Result<(), Fault> {
        let is_mini = entry.size < self.mini_cutoff;
        let size = if is_mini { MINI_SECTOR } else { self.sector_size };
        let count = entry.size.div_ceil(size);
        let sectors =
            if is_mini { follow(&self.next_mini, entry.start, count)? } else { self.chain(entry.start, count)? };
        if (sectors.len() as u64) < count {
            return Err(Refusal::Damaged.into());
        }
        let mut left = entry.size;
        let mut sector_bytes = vec![0; self.sector_bytes()];
        for sector in sectors {
            let place = if is_mini { self.mini_place(sector)? } else { self.place(sector) };
            let length = usize::try_from(left.min(size)).expect("a sector at most");
            file.go_to(place);
            // The last sector's unused rest is missing in some files, so no more than the content is asked for.
            file.exact(&mut sector_bytes[..length])?;
            seen(&sector_bytes[..length]);
            left -= length as u64;
        }
        Ok(())
    }

    /// The table of sectors, from the places in the header and those in the chain behind it.
    fn read_table<F: Read + Seek>(&mut self, file: &mut Reader<F>) -> Result<(), Fault> {
        let sectors = file.size().div_ceil(self.sector_size);
        let enough = usize::try_from(sectors).map_err(|_| Refusal::TooLarge)?;
        file.go_to(68);
        let mut list = file.u32(Order::Little)?;
        let mut places = Vec::new();
        for entry in 0..HEADER_SECTORS {
            file.go_to(76 + 4 * entry);
            places.push(file.u32(Order::Little)?);
        }
        let mut numbers = Vec::new();
        for _ in 0..=sectors {
            for &place in &places {
                if place < MARKS && numbers.len() < enough {
                    self.read_numbers(file, place, &mut numbers)?;
                }
            }
            if list >= MARKS || numbers.len() >= enough {
                break;
            }
            places.clear();
            self.read_numbers(file, list, &mut places)?;
            list = places.pop().unwrap_or(MARKS);
        }
        numbers.truncate(enough);
        self.next = numbers;
        Ok(())
    }

    fn read_directory<F: Read + Seek>(&mut self, file: &mut Reader<F>, start: u32, version: u16) -> Result<(), Fault> {
        for sector in self.chain(start, u64::MAX)? {
            for place in (0..self.sector_size).step_by(ENTRY_SIZE) {
                if self.entries.len() >= ENTRIES_AT_MOST {
                    return Err(Refusal::TooLarge.into());
                }
                file.go_to(self.place(sector) + place);
                let mut bytes = [0; ENTRY_SIZE];
                // A file may be cut within its directory's unused rest.
                file.some(&mut bytes)?;
                self.entries.push(Entry::read(&bytes, version));
            }
        }
        Ok(())
    }

    fn read_numbers<F: Read + Seek>(
        &self,
        file: &mut Reader<F>,
        sector: u32,
        into: &mut Vec<u32>,
    ) -> Result<(), Fault> {
        let mut bytes = vec![0xff; self.sector_bytes()];
        file.go_to(self.place(sector));
        file.some(&mut bytes)?;
        into.extend(bytes.as_chunks::<4>().0.iter().map(|bytes| u32::from_le_bytes(*bytes)));
        Ok(())
    }

    fn chain(&self, start: u32, at_most: u64) -> Result<Vec<u32>, Fault> {
        follow(&self.next, start, at_most)
    }

    fn place(&self, sector: u32) -> u64 {
        (u64::from(sector) + 1) * self.sector_size
    }

    fn mini_place(&self, sector: u32) -> Result<u64, Fault> {
        let at = u64::from(sector) * MINI_SECTOR;
        let index = usize::try_from(at / self.sector_size).map_err(|_| Refusal::Damaged)?;
        let holder = self.mini_stream.get(index).ok_or(Refusal::Damaged)?;
        Ok(self.place(*holder) + at % self.sector_size)
    }

    fn sector_bytes(&self) -> usize {
        usize::try_from(self.sector_size).expect("512 or 4,096")
    }
}

/// The sectors from `start` on, so many at most. A chain that is longer than its table goes round.
fn follow(next: &[u32], start: u32, at_most: u64) -> Result<Vec<u32>, Fault> {
    let mut chain = Vec::new();
    let mut sector = start;
    while sector < MARKS && (chain.len() as u64) < at_most {
        let following = usize::try_from(sector).ok().and_then(|sector| next.get(sector)).ok_or(Refusal::Damaged)?;
        if chain.len() >= next.len() {
            return Err(Refusal::Damaged.into());
        }
        chain.push(sector);
        sector = *following;
    }
    Ok(chain)
}
