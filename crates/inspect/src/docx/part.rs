//! One entry of the ZIP: whether its own header says what the directory says, and its content, unpacked piece by piece.

use std::io::{Read, Seek};
use std::ops::ControlFlow;

use flate2::{Decompress, FlushDecompress, Status};

use super::directory::Entry;
use crate::Refusal;
use crate::reading::{Fault, Order, Reader};

pub(super) const STORED: u16 = 0;
pub(super) const DEFLATED: u16 = 8;
/// The most that is read of parts. A thousand pages have some 20 MiB, and reading this much takes most of a second.
const READ_AT_MOST: u64 = 100 * 1024 * 1024;
/// What is read and unpacked at once.
const PIECE: usize = 32 * 1024;
/// The header's flag for sizes that stand behind the content.
const SIZES_BEHIND: u16 = 8;

/// Where an entry's content begins; its header must agree with the directory.
pub(super) fn content<F: Read + Seek>(file: &mut Reader<F>, entry: &Entry) -> Result<u64, Fault> {
    file.go_to(entry.start);
    if !file.is_at(b"PK\x03\x04")? {
        return Err(Refusal::Damaged.into());
    }
    file.skip(6)?;
    let flags = file.u16(Order::Little)?;
    let method = file.u16(Order::Little)?;
    file.skip(4)?;
    let checksum = file.u32(Order::Little)?;
    let packed = file.u32(Order::Little)?;
    let unpacked = file.u32(Order::Little)?;
    let name_length = usize::from(file.u16(Order::Little)?);
    let extra_length = file.u16(Order::Little)?;
    // A long name was refused in the directory; a longer one here would be another.
    let mut name = vec![0; name_length];
    file.exact(&mut name)?;
    file.skip(extra_length.into())?;
    let is_same = |here: u32, there: u64| here == u32::MAX || u64::from(here) == there;
    let has_sizes = flags & SIZES_BEHIND == 0;
    let agrees = method == entry.method
        && (flags & 1 != 0) == entry.is_encrypted
        && String::from_utf8_lossy(&name).replace('\\', "/") == entry.name
        && (!has_sizes
            || is_same(packed, entry.packed) && is_same(unpacked, entry.unpacked) && checksum == entry.checksum);
    if agrees { Ok(file.position()) } else { Err(Refusal::Damaged.into()) }
}

/// Shows an entry's content from `start` on, until `seen` has enough. What is shown whole is as long as it says, and has its
/// checksum.
pub(super) fn read<F: Read + Seek>(
    file: &mut Reader<F>,
    entry: &Entry,
    start: u64,
    inflater: &mut Inflater,
    mut seen: impl FnMut(&[u8]) -> Result<ControlFlow<()>, Refusal>,
) -> Result<(), Fault> {
    file.go_to(start);
    let mut left = entry.packed;
    let mut made_in_all = 0_u64;
    let mut checksum = crc32fast::Hasher::new();
    inflater.inflate.reset(false);
    let mut is_over = entry.packed == 0;
    while !is_over {
        let length = usize::try_from(left).unwrap_or(PIECE).min(PIECE);
        file.exact(&mut inflater.packed[..length])?;
        left -= length as u64;
        let mut input = &inflater.packed[..length];
        loop {
            let made: &[u8] = if entry.method == STORED {
                let made = std::mem::take(&mut input);
                is_over = left == 0;
                made
            } else {
                let (before_in, before_out) = (inflater.inflate.total_in(), inflater.inflate.total_out());
                let status = inflater.inflate.decompress(input, &mut inflater.unpacked, FlushDecompress::None);
                let taken = usize::try_from(inflater.inflate.total_in() - before_in).expect("a piece at most");
                let made = usize::try_from(inflater.inflate.total_out() - before_out).expect("a piece at most");
                is_over = matches!(status.map_err(|_| Refusal::Damaged)?, Status::StreamEnd);
                input = &input[taken..];
                if taken == 0 && made == 0 && !is_over {
                    break;
                }
                &inflater.unpacked[..made]
            };
            made_in_all += made.len() as u64;
            if made_in_all > entry.unpacked {
                return Err(Refusal::Damaged.into());
            }
            checksum.update(made);
            if seen(made)?.is_break() {
                return Ok(());
            }
            inflater.left = inflater.left.checked_sub(made.len() as u64).ok_or(Refusal::TooLarge)?;
            if is_over || entry.method == STORED {
                break;
            }
        }
        if left == 0 && !is_over {
            return Err(Refusal::Damaged.into());
        }
    }
    if made_in_all == entry.unpacked && checksum.finalize() == entry.checksum {
        Ok(())
    } else {
        Err(Refusal::Damaged.into())
    }
}

/// What unpacking needs, made once for all entries.
pub(super) struct Inflater {
    /// How much may still be read of all parts together.
    left: u64,
    inflate: Decompress,
    packed: Vec<u8>,
    unpacked: Vec<u8>,
}

impl Inflater {
    pub(super) fn new() -> Self {
        Self { left: READ_AT_MOST, inflate: Decompress::new(false), packed: vec![0; PIECE], unpacked: vec![0; PIECE] }
    }
}
