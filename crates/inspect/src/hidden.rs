//! A second file that begins inside a picture, for programs that don't read from the first byte: readers of ZIP look for its
//! directory from the end, readers of PDF for its mark within the first kilobyte.

use std::io::{self, Read, Seek};

use memchr::memmem;

use crate::{
    Refusal,
    reading::{Fault, Reader},
};

/// Where readers of PDF look for its mark.
const PDF_HEAD: usize = 1024;
/// The record at the end of a ZIP, without the comment behind it, and the longest such comment.
const DIRECTORY_END: usize = 22;
const LONGEST_COMMENT: usize = u16::MAX as usize;
/// More records like this in a tail are none by chance: four bytes, sixty-four times in 64 KiB.
const MOST_BY_CHANCE: usize = 64;

/// Refuses a picture that is a PDF or an archive as well.
pub(crate) fn refuse<F: Read + Seek>(file: &mut Reader<F>) -> Result<(), Fault> {
    if is_pdf(file)? || is_archive(file)? { Err(Refusal::Polyglot.into()) } else { Ok(()) }
}

fn is_pdf<F: Read + Seek>(file: &mut Reader<F>) -> io::Result<bool> {
    let mut head = [0; PDF_HEAD];
    file.go_to(0);
    let length = file.some(&mut head)?;
    Ok(memmem::find(&head[..length], b"%PDF-").is_some())
}

fn is_archive<F: Read + Seek>(file: &mut Reader<F>) -> io::Result<bool> {
    let start = file.size().saturating_sub((DIRECTORY_END + LONGEST_COMMENT) as u64);
    let mut tail = vec![0; DIRECTORY_END + LONGEST_COMMENT];
    file.go_to(start);
    let length = file.some(&mut tail)?;
    let tail = &tail[..length];
    for (count, at) in memmem::find_iter(tail, b"PK\x05\x06").enumerate() {
        if count == MOST_BY_CHANCE || ends_directory(file, start + at as u64, &tail[at..])? {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Whether a ZIP's directory lies where this record says, counted from the file's beginning or back from the record; or whether
/// the record is the second of a ZIP64.
fn ends_directory<F: Read + Seek>(file: &mut Reader<F>, at: u64, record: &[u8]) -> io::Result<bool> {
    let number = |from: usize| -> Option<u64> {
        let bytes = record.get(from..from + 4)?;
        Some(u32::from_le_bytes(bytes.try_into().ok()?).into())
    };
    let (Some(size), Some(offset)) = (number(12), number(16)) else {
        return Ok(false);
    };
    let directory = *b"PK\x01\x02";
    let places = [(at.checked_sub(size), directory), (Some(offset), directory), (at.checked_sub(20), *b"PK\x06\x07")];
    for (place, mark) in places {
        if let Some(place) = place {
            file.go_to(place);
            if file.is_at(&mark)? {
                return Ok(true);
            }
        }
    }
    Ok(false)
}
