//! TIFF, classic and `BigTIFF`, in both byte orders: the chain of directories to its end, and whether each page's picture data lies
//! within the file.
//!
//! Accepted is what thirty years of scanners, fax machines and programs wrote: tags in any order or twice, directories at odd
//! places, a last one without its pointer to the next, picture data without its lengths, every packing (an unknown one shows
//! nothing and harms nobody). What hangs elsewhere than in the chain (EXIF, sub-images, maps' coordinates) is not looked at: nothing
//! here reads it either. So a camera's raw picture (DNG and its like) passes as the TIFF that it is.

mod directory;
mod places;

use std::{
    collections::HashSet,
    io::{Read, Seek},
};

use crate::{
    Refusal, hidden,
    reading::{Fault, Order, Reader, Walk},
};

/// The most pages. A scanned file of an office has a few hundred.
pub(crate) const MOST_PAGES: usize = 2000;

/// How a file counts: classic TIFF with four bytes, `BigTIFF` with eight.
#[derive(Clone, Copy)]
struct Shape {
    order: Order,
    is_big: bool,
}

/// How many bytes of directories and of lists may be read. They lie beside each other in an honest file, so that they can't be
/// longer than it; some share a list, and so the file's size counts several times.
struct Budget(u64);

/// Walks a file that begins like a TIFF.
pub(crate) fn walk<F: Read + Seek>(file: &mut Reader<F>) -> Walk {
    file.go_to(0);
    let (shape, mut next) = header(file)?;
    let mut budget = Budget(4 * file.size());
    let mut seen = HashSet::new();
    let mut pages = 0;
    while next != 0 {
        if seen.len() == MOST_PAGES {
            return Err(Refusal::TooManyPages.into());
        }
        if !seen.insert(next) {
            return Err(Refusal::Damaged.into());
        }
        file.go_to(next);
        let (page, following) = directory::read(file, shape, &mut budget)?;
        // Some programs hang a directory with notes only into the chain.
        if page.has_size() {
            page.check_size()?;
            places::check(file, shape, &page, &mut budget)?;
            pages += 1;
        }
        next = following;
    }
    if pages == 0 {
        return Err(Refusal::Damaged.into());
    }
    hidden::refuse(file)?;
    Ok(Vec::new())
}

/// Reads the first bytes: the shape, and where the first directory is.
fn header<F: Read + Seek>(file: &mut Reader<F>) -> Result<(Shape, u64), Fault> {
    let order = match &file.array()? {
        b"II" => Order::Little,
        b"MM" => Order::Big,
        _ => return Err(Refusal::Damaged.into()),
    };
    match file.u16(order)? {
        42 => {
            let shape = Shape { order, is_big: false };
            Ok((shape, shape.offset(file)?))
        }
        43 => {
            let shape = Shape { order, is_big: true };
            if (file.u16(order)?, file.u16(order)?) != (8, 0) {
                return Err(Refusal::Damaged.into());
            }
            Ok((shape, shape.offset(file)?))
        }
        _ => Err(Refusal::Damaged.into()),
    }
}

impl Shape {
    /// Reads a place in the file.
    fn offset<F: Read + Seek>(self, file: &mut Reader<F>) -> Result<u64, Fault> {
        if self.is_big { file.u64(self.order) } else { file.u32(self.order).map(u64::from) }
    }

    /// How long a place is, which is also how much of a value stands in the directory itself.
    fn offset_length(self) -> u64 {
        if self.is_big { 8 } else { 4 }
    }
}

impl Budget {
    /// Takes so many bytes before they are read.
    fn spend(&mut self, bytes: u64) -> Result<(), Refusal> {
        self.0 = self.0.checked_sub(bytes).ok_or(Refusal::Damaged)?;
        Ok(())
    }
}
