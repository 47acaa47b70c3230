//! What lies behind a picture's end. Honest files have much there: padding; the further pictures of a phone (a gain map, a depth
//! map, the picture for a large screen); the film of a motion photo; the notes of a phone or of a photographer's program; what an
//! older, longer picture left when a smaller one was written over it. Any of these passes at any length, so does what the picture's
//! metadata tells of, and [`MOST_UNKNOWN`] bytes of anything else, as long as no other file begins there that a program would open.

use std::io::{Read, Seek};

use crate::{
    Refusal, jpeg,
    reading::{Fault, Order, Reader},
    strangers::Search,
};

/// The most bytes that we can't name.
const MOST_UNKNOWN: u64 = 64 * 1024;
/// In how many last bytes a trailer is known by its mark.
const MARKED: usize = 64;

/// How much may lie there that we can't name.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
pub(crate) enum Allowance {
    /// [`MOST_UNKNOWN`] bytes.
    #[default]
    Little,
    /// As much as the picture's own metadata tells of.
    AsTold,
}

/// Judges everything from the position to the file's end.
pub(crate) fn judge<F: Read + Seek>(file: &mut Reader<F>, allowance: Allowance) -> Result<(), Fault> {
    loop {
        skip_padding(file)?;
        let from = file.position();
        let is_known = skip_picture(file)? || skip_film(file)?;
        if !is_known {
            file.go_to(from);
            break;
        }
    }
    let from = file.position();
    if file.left() > MOST_UNKNOWN && allowance == Allowance::Little && !has_known_mark(file)? {
        return Err(Refusal::Polyglot.into());
    }
    file.go_to(from);
    let mut search = Search::default();
    loop {
        let bytes = file.look()?;
        let length = bytes.len();
        if length == 0 {
            return Ok(());
        }
        if search.finds_in(bytes) {
            return Err(Refusal::Polyglot.into());
        }
        file.take(length);
    }
}

/// Goes over zeros, 0xFF, line ends and blanks, but not over the 0xFF that begins a picture.
fn skip_padding<F: Read + Seek>(file: &mut Reader<F>) -> Result<(), Fault> {
    loop {
        let bytes = file.look()?;
        let length = bytes.iter().position(|byte| !b"\0\xFF\r\n ".contains(byte)).unwrap_or(bytes.len());
        let Some(&last) = bytes[..length].last() else {
            return Ok(());
        };
        file.take(length);
        if last == 0xFF && file.look()?.first() == Some(&0xD8) {
            file.go_to(file.position() - 1);
            return Ok(());
        }
    }
}

/// Goes over a further JPEG. What begins like one and isn't is no known thing; one of too many pixels stays too large.
fn skip_picture<F: Read + Seek>(file: &mut Reader<F>) -> Result<bool, Fault> {
    if !file.is_at(b"\xFF\xD8\xFF")? {
        return Ok(false);
    }
    match jpeg::picture(file) {
        Ok(_) => Ok(true),
        Err(Fault::Refused(Refusal::Damaged)) => Ok(false),
        Err(fault) => Err(fault),
    }
}

/// Goes over an MP4, box by box.
fn skip_film<F: Read + Seek>(file: &mut Reader<F>) -> Result<bool, Fault> {
    let from = file.position();
    file.go_to(from.saturating_add(4));
    if !file.is_at(b"ftyp")? {
        return Ok(false);
    }
    file.go_to(from);
    while file.left() >= 8 {
        let start = file.position();
        let short = file.u32(Order::Big)?;
        let name: [u8; 4] = file.array()?;
        let size = match short {
            0 => file.size() - start,
            1 if file.left() >= 8 => file.u64(Order::Big)?,
            _ => short.into(),
        };
        let is_box = name.iter().all(|byte| (b' '..=b'~').contains(byte)) && size >= 8 && size <= file.size() - start;
        if !is_box {
            file.go_to(start);
            break;
        }
        file.go_to(start + size);
    }
    Ok(file.position() > from)
}

/// Whether the file ends as the trailers of known phones and programs do.
fn has_known_mark<F: Read + Seek>(file: &mut Reader<F>) -> Result<bool, Fault> {
    let mut tail = [0; MARKED];
    file.go_to(file.size().saturating_sub(MARKED as u64));
    let length = file.some(&mut tail)?;
    let tail = &tail[..length];
    let ends = [
        // Samsung, two generations.
        &b"SEFT"[..],
        b"QDIOBS",
        // Vivo, Nikon, Insta360.
        b"\xFF\xFF\xFF\xFF\x1B*9HWfu\x84\x93\xA2\xB1",
        b"\0\0\0\0\0\0/NIKON APP",
        b"8db42d694ccc418790edff439fe026bf",
        // FotoStation, Photo Mechanic.
        b"\xA1\xB2\xC3\xD4",
        b"cbipcbbl",
        // The rest of a longer PNG (screenshots that were cropped in place).
        b"\0\0\0\0IEND\xAE\x42\x60\x82",
    ];
    let begins_before_end = |mark: &[u8], bytes: usize| {
        tail.len().checked_sub(bytes).and_then(|at| tail.get(at..)).is_some_and(|rest| rest.starts_with(mark))
    };
    let is_marked = ends.iter().any(|mark| tail.ends_with(mark))
        // Canon's raw developer; OnePlus, Oppo and Realme; AFCP of photographers' programs.
        || begins_before_end(b"CANON OPTIONAL DATA\0", 64)
        || begins_before_end(b"jxrs", 8)
        || begins_before_end(b"AXS!", 12)
        || begins_before_end(b"AXS*", 12)
        // Huawei and Honor; MIE of metadata programs.
        || (20..=40).any(|bytes| begins_before_end(b"LIVE_", bytes))
        || (10..=24).any(|bytes| begins_before_end(b"zmie~", bytes));
    Ok(is_marked)
}
