//! Whether a page's strips or tiles lie within the file.

use std::io::{Read, Seek};

use super::{
    Budget, Shape,
    directory::{List, Page},
};
use crate::{
    Refusal,
    reading::{Fault, Reader},
};

/// How many numbers of a list are read before the other list's turn.
const AT_ONCE: u64 = 128;
/// How far the last strip may say that it goes over the file's end: writers round up.
const LAST_STRIPS_EXCESS: u64 = 1024;
/// JPEG as TIFF 6 first had it.
const OLD_JPEG: u64 = 6;
const NOT_PACKED: u64 = 1;

/// Checks each strip against the file's size. Lengths may be missing or 0, as old fax programs write them; a strip's beginning
/// may not.
pub(super) fn check<F: Read + Seek>(
    file: &mut Reader<F>,
    shape: Shape,
    page: &Page,
    budget: &mut Budget,
) -> Result<(), Fault> {
    let Some(places) = page.places.filter(|places| places.count > 0) else {
        let is_old_jpeg = page.packing == OLD_JPEG && (1..file.size()).contains(&page.jpeg_place);
        return if is_old_jpeg { Ok(()) } else { Err(Refusal::Damaged.into()) };
    };
    let lengths = page.lengths;
    for list in [Some(places), lengths].into_iter().flatten() {
        let bytes = list.count.checked_mul(list.width.bytes()).ok_or(Refusal::Damaged)?;
        if list.at.checked_add(bytes).is_none_or(|end| end > file.size()) {
            return Err(Refusal::Damaged.into());
        }
        budget.spend(bytes)?;
    }

    let mut strips = Strips { size: file.size(), last: 0, over: None };
    let mut done = 0;
    while done < places.count {
        let begins = part(file, shape, places, done)?;
        let lengths = match lengths {
            Some(lengths) => part(file, shape, lengths, done)?,
            None => Vec::new(),
        };
        let lengths = lengths.into_iter().chain(std::iter::repeat(0));
        for (begin, length) in begins.into_iter().zip(lengths) {
            strips.add(begin, length)?;
        }
        done += AT_ONCE;
    }
    strips.judge(page, places.count)
}

/// Some numbers of a list, from the one with this index on; none behind its end.
fn part<F: Read + Seek>(file: &mut Reader<F>, shape: Shape, list: List, from: u64) -> Result<Vec<u64>, Fault> {
    let count = list.count.saturating_sub(from).min(AT_ONCE);
    if count == 0 {
        return Ok(Vec::new());
    }
    file.go_to(list.at + from * list.width.bytes());
    (0..count).map(|_| list.width.read(file, shape)).collect()
}

/// The strips so far.
struct Strips {
    size: u64,
    /// Where the one farthest back begins.
    last: u64,
    /// The one that goes over the file's end: where it begins, and its length.
    over: Option<(u64, u64)>,
}

impl Strips {
    fn add(&mut self, begin: u64, length: u64) -> Result<(), Refusal> {
        if begin >= self.size {
            return Err(Refusal::Damaged);
        }
        self.last = self.last.max(begin);
        if length > self.size - begin && self.over.replace((begin, length)).is_some() {
            return Err(Refusal::Damaged);
        }
        Ok(())
    }

    /// Only the last one may go over the end: a little, or when it is the only one and its writer noted the unpacked length.
    fn judge(&self, page: &Page, count: u64) -> Result<(), Fault> {
        let Some((begin, length)) = self.over else {
            return Ok(());
        };
        let is_little = length - (self.size - begin) <= LAST_STRIPS_EXCESS;
        let is_unpacked_length = count == 1 && page.packing != NOT_PACKED && length == unpacked_length(page);
        if begin == self.last && (is_little || is_unpacked_length) { Ok(()) } else { Err(Refusal::Damaged.into()) }
    }
}

/// The page's bytes without packing. Its size was checked, so that nothing overflows.
fn unpacked_length(page: &Page) -> u64 {
    (page.width * page.bits * page.samples).div_ceil(8) * page.height
}
