//! A ZIP's directory at its end. It is read once, with limits, and must describe the file without gaps that could hide
//! something: what is in the directory is what every program finds.

use std::io::{Read, Seek};

use crate::Refusal;
use crate::reading::{Fault, Order, Reader};

/// How many entries we look at.
pub(super) const ENTRIES_AT_MOST: usize = 2_000;
const NAME_AT_MOST: usize = 1_024;
/// Where the end record is searched for: its longest comment, and what may lie behind it.
const TAIL: u64 = 128 * 1024;
const BEHIND_AT_MOST: u64 = 1_024;
const END: [u8; 4] = *b"PK\x05\x06";
const END_SIZE: u64 = 22;
const LONG_END_LOCATOR_SIZE: u64 = 20;

#[derive(Debug)]
pub(super) struct Entry {
    /// As it stands there, with slashes only.
    pub(super) name: String,
    pub(super) method: u16,
    pub(super) is_encrypted: bool,
    /// A link to another file, as archives of Unix have.
    pub(super) is_link: bool,
    pub(super) checksum: u32,
    pub(super) packed: u64,
    pub(super) unpacked: u64,
    /// Where its own header is.
    pub(super) start: u64,
}

#[derive(Debug)]
pub(super) struct Directory {
    /// The first [`ENTRIES_AT_MOST`].
    pub(super) entries: Vec<Entry>,
    /// How many the end record says there are.
    pub(super) count: u64,
    /// Where the directory begins, behind the last entry's content.
    pub(super) start: u64,
    /// How many bytes lie behind the end record.
    behind: u64,
}

impl Directory {
    pub(super) fn read<F: Read + Seek>(file: &mut Reader<F>) -> Result<Self, Fault> {
        let mut directory = find(file)?;
        file.go_to(directory.start);
        for _ in 0..directory.count.min(ENTRIES_AT_MOST as u64) {
            directory.entries.push(read_entry(file)?);
        }
        Ok(directory)
    }

    pub(super) fn has_much_behind(&self) -> bool {
        self.behind > BEHIND_AT_MOST
    }
}

/// The last end record whose directory lies just before it.
fn find<F: Read + Seek>(file: &mut Reader<F>) -> Result<Directory, Fault> {
    let from = file.size().saturating_sub(TAIL);
    let mut tail = vec![0; usize::try_from(TAIL).expect("128 KiB")];
    file.go_to(from);
    let length = file.some(&mut tail)?;
    for at in memchr::memmem::rfind_iter(&tail[..length], &END) {
        if let Some(directory) = read_end(file, from + at as u64)? {
            return Ok(directory);
        }
    }
    Err(Refusal::Damaged.into())
}

fn read_end<F: Read + Seek>(file: &mut Reader<F>, at: u64) -> Result<Option<Directory>, Fault> {
    file.go_to(at);
    if file.left() < END_SIZE {
        return Ok(None);
    }
    file.skip(10)?;
    let mut count = u64::from(file.u16(Order::Little)?);
    let mut size = u64::from(file.u32(Order::Little)?);
    let mut start = u64::from(file.u32(Order::Little)?);
    let comment = u64::from(file.u16(Order::Little)?);
    let Some(behind) = file.left().checked_sub(comment) else { return Ok(None) };
    let mut end = at;
    if at >= LONG_END_LOCATOR_SIZE {
        file.go_to(at - LONG_END_LOCATOR_SIZE);
        if file.is_at(b"PK\x06\x07")? {
            file.skip(8)?;
            end = file.u64(Order::Little)?;
            file.go_to(end);
            if !file.is_at(b"PK\x06\x06")? {
                return Ok(None);
            }
            file.skip(32)?;
            count = file.u64(Order::Little)?;
            size = file.u64(Order::Little)?;
            start = file.u64(Order::Little)?;
        }
    }
    let is_just_before = start.checked_add(size) == Some(end);
    Ok(is_just_before.then_some(Directory { entries: Vec::new(), count, start, behind }))
}

fn read_entry<F: Read + Seek>(file: &mut Reader<F>) -> Result<Entry, Fault> {
    if !file.is_at(b"PK\x01\x02")? {
        return Err(Refusal::Damaged.into());
    }
    file.skip(5)?;
    let system = file.byte()?;
    file.skip(2)?;
    let flags = file.u16(Order::Little)?;
    let method = file.u16(Order::Little)?;
    file.skip(4)?;
    let checksum = file.u32(Order::Little)?;
    let mut packed = u64::from(file.u32(Order::Little)?);
    let mut unpacked = u64::from(file.u32(Order::Little)?);
    let name_length = usize::from(file.u16(Order::Little)?);
    let extra_length = u64::from(file.u16(Order::Little)?);
    let comment_length = u64::from(file.u16(Order::Little)?);
    file.skip(4)?;
    let attributes = file.u32(Order::Little)?;
    let mut start = u64::from(file.u32(Order::Little)?);
    if name_length > NAME_AT_MOST {
        return Err(Refusal::Damaged.into());
    }
    let mut name = vec![0; name_length];
    file.exact(&mut name)?;
    let behind_extra = file.position() + extra_length;
    while file.position() + 4 <= behind_extra {
        let id = file.u16(Order::Little)?;
        let behind_field = file.position() + 2 + u64::from(file.u16(Order::Little)?);
        if id == 1 {
            // The long form holds, in this order, those numbers that didn't fit.
            for number in [&mut unpacked, &mut packed, &mut start] {
                if *number == u64::from(u32::MAX) && file.position() + 8 <= behind_field {
                    *number = file.u64(Order::Little)?;
                }
            }
        }
        file.go_to(behind_field);
    }
    file.go_to(behind_extra);
    file.skip(comment_length)?;
    Ok(Entry {
        name: String::from_utf8_lossy(&name).replace('\\', "/"),
        method,
        is_encrypted: flags & 1 != 0,
        is_link: matches!(system, 3 | 19) && attributes >> 16 & 0o170_000 == 0o120_000,
        checksum,
        packed,
        unpacked,
        start,
    })
}
