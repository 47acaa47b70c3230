//! Pictures in every shape that scanners, cameras, phones, fax machines and programs write, and in every shape that is refused.
//!
//! All are tiny, and made byte by byte, since most writers can't be asked for what odd ones do.

mod jpeg;
mod png;
mod tiff;

use pishkhan_inspect::{Kind, Refusal};

use crate::Specimen;

/// All pictures.
pub fn pictures() -> Vec<Specimen> {
    [jpeg::specimens(), png::specimens(), tiff::specimens()].concat()
}

/// A picture that must pass.
fn accepted(name: &'static str, kind: Kind, bytes: Vec<u8>) -> Specimen {
    Specimen { name, bytes, expected: Ok((kind, Vec::new())) }
}

fn refused(name: &'static str, refusal: Refusal, bytes: Vec<u8>) -> Specimen {
    Specimen { name, bytes, expected: Err(refusal) }
}

/// A file with something behind it.
fn followed(mut file: Vec<u8>, by: &[u8]) -> Vec<u8> {
    file.extend_from_slice(by);
    file
}

/// The first bytes of a file.
fn cut(mut file: Vec<u8>, bytes: usize) -> Vec<u8> {
    assert!(bytes < file.len(), "nothing would be cut off");
    file.truncate(bytes);
    file
}

/// A ZIP with one stored file of two bytes, whose places count from its own beginning.
fn zip() -> Vec<u8> {
    let sum = crc32fast::hash(b"hi").to_le_bytes();
    // Version 2, no flags, stored, no time; the check sum; both sizes; the name's length and no extra field.
    let common = [&[20, 0, 0, 0, 0, 0, 0, 0, 0, 0][..], &sum, &[2, 0, 0, 0, 2, 0, 0, 0, 5, 0, 0, 0]].concat();
    let entry = [&b"PK\x03\x04"[..], &common, b"a.txt", b"hi"].concat();
    let directory = [&b"PK\x01\x02\x14\0"[..], &common, &[0; 14], b"a.txt"].concat();
    let number = |bytes: &[u8]| u32::try_from(bytes.len()).expect("a few bytes").to_le_bytes();
    let end = [&b"PK\x05\x06\0\0\0\0\x01\0\x01\0"[..], &number(&directory), &number(&entry), b"\0\0"].concat();
    [entry, directory, end].concat()
}

/// A page of the web with a script.
const PAGE: &[u8] = b"<!DOCTYPE html><html><body><script>alert(1)</script></body></html>";

/// A PDF, which readers repair, however short it is.
const PDF: &[u8] = b"%PDF-1.4\n1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\ntrailer\n<</Root 1 0 R>>\n%%EOF\n";

/// Bytes without any structure, the same each time.
fn noise(length: usize) -> Vec<u8> {
    let mut state = 0x2545_F491_u32;
    let mut next = || {
        state ^= state << 13;
        state ^= state >> 17;
        state ^= state << 5;
        state.to_le_bytes()[1]
    };
    (0..length).map(|_| next()).collect()
}
