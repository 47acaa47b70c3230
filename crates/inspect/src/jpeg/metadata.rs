//! Metadata (XMP) that tells of further things behind the picture.

use std::io::{Read, Seek};

use memchr::memmem;

use crate::reading::{Fault, Reader};

const XMP: &[u8] = b"http://ns.adobe.com/xap/1.0/\0";
/// Words of phones that append films, depth maps and the like: Android's list of items, its older motion photo, Xiaomi's own.
const WORDS: [&[u8]; 3] = [b"Item:Length", b"MicroVideoOffset", b"MiCamera:"];

/// Whether the segment of `length` bytes that begins here is XMP with one of these words. A segment has 64 KiB at most.
pub(super) fn tells_of_more<F: Read + Seek>(length: u64, file: &mut Reader<F>) -> Result<bool, Fault> {
    if !file.is_at(XMP)? {
        return Ok(false);
    }
    let mut text = vec![0; usize::try_from(length).expect("a segment's length has two bytes")];
    file.exact(&mut text)?;
    Ok(WORDS.iter().any(|word| memmem::find(&text, word).is_some()))
}
