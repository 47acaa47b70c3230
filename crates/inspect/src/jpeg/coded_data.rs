//! The data of a scan, up to the marker that ends it.

use std::io::{Read, Seek};

use memchr::memchr;

use super::{FILL, START};
use crate::reading::{Fault, Reader};

/// Goes over a scan's data, behind the marker that ends it, and adds up its bytes. None when the file ends before that.
pub(super) fn skip<F: Read + Seek>(coded: &mut u64, file: &mut Reader<F>) -> Result<Option<u8>, Fault> {
    let mut is_after_fill = false;
    loop {
        let bytes = file.look()?;
        if bytes.is_empty() {
            return Ok(None);
        }
        let (length, marker) = marker_in(bytes, &mut is_after_fill);
        file.take(length);
        *coded += length as u64;
        if marker.is_some() {
            // The marker is none of the data.
            *coded -= 2;
            return Ok(marker);
        }
    }
}

/// Looks through a piece of a scan for the marker that ends it: how far it looked, and the marker it went behind.
/// `is_after_fill` is kept from piece to piece.
fn marker_in(bytes: &[u8], is_after_fill: &mut bool) -> (usize, Option<u8>) {
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        if *is_after_fill {
            at += 1;
            *is_after_fill = byte == FILL;
            if ends_scan(byte) {
                return (at, Some(byte));
            }
        } else if let Some(length) = memchr(FILL, &bytes[at..]) {
            at += length + 1;
            *is_after_fill = true;
        } else {
            at = bytes.len();
        }
    }
    (at, None)
}

/// Whether this code ends a scan. Restarts and stuffed zeros belong to it; reserved codes are an error of a bit, which decoders
/// go over.
fn ends_scan(code: u8) -> bool {
    matches!(code, 0xC0..=0xC7 | 0xC9..=0xCF | START..=0xEF | 0xFE)
}
