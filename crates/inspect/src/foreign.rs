//! Naming what is none of ours, so that the refusal can say what it is and what to send instead.

use std::io::{self, Read, Seek};

use crate::Refusal;
use crate::reading::Reader;

/// How far into the file we look for a name.
const HEAD: usize = 1024;
/// Where an ISO image has its mark.
const ISO_MARK: u64 = 0x8001;
/// A ZIP's end record and the longest comment behind it.
const ZIP_END: usize = 22 + 65_535;

/// Beginnings that no text can have, and few that it may.
const BEGINNINGS: &[(&[u8], Refusal)] = &[
    (b"MZ", Refusal::Program),
    (b"ZM", Refusal::Program),
    (b"\x7fELF", Refusal::Program),
    (b"\xfe\xed\xfa\xce", Refusal::Program),
    (b"\xfe\xed\xfa\xcf", Refusal::Program),
    (b"\xce\xfa\xed\xfe", Refusal::Program),
    (b"\xcf\xfa\xed\xfe", Refusal::Program),
    // A Java class, or a Mach-O for several processors.
    (b"\xca\xfe\xba\xbe", Refusal::Program),
    (b"#!", Refusal::Program),
    // A Windows shortcut; its class id follows.
    (b"L\0\0\0\x01\x14\x02\0", Refusal::Program),
    (b"dex\n", Refusal::Program),
    (b"\0asm", Refusal::Program),
    (b"ITSF", Refusal::Program),
    (b"PK", Refusal::Archive),
    (b"Rar!\x1a\x07", Refusal::Archive),
    (b"7z\xbc\xaf\x27\x1c", Refusal::Archive),
    (b"\x1f\x8b", Refusal::Archive),
    (b"BZh", Refusal::Archive),
    (b"\xfd7zXZ\0", Refusal::Archive),
    (b"\x28\xb5\x2f\xfd", Refusal::Archive),
    (b"MSCF", Refusal::Archive),
    (b"!<arch>\n", Refusal::Archive),
    (b"\xed\xab\xee\xdb", Refusal::Archive),
    (b"xar!", Refusal::Archive),
    (b"{\\rt", Refusal::OtherOffice),
    (b"\0\x01\0\0Standard ", Refusal::OtherOffice),
    // Word 2, and Word for DOS and Windows 1.
    (b"\xdb\xa5\x2d\0", Refusal::OtherOffice),
    (b"\x9b\xa5\x21\0", Refusal::OtherOffice),
    (b"\x31\xbe\0\0", Refusal::OtherOffice),
    // Excel 2 to 4, which came without a container.
    (b"\x09\0\x04\0", Refusal::OtherOffice),
    (b"\x09\x02\x06\0", Refusal::OtherOffice),
    (b"\x09\x04\x06\0", Refusal::OtherOffice),
    // OneNote.
    (b"\xe4\x52\x5c\x7b\x8c\xd8\xa7\x4d", Refusal::OtherOffice),
];

/// Beginnings of texts, in small letters, after white space.
const TEXT_BEGINNINGS: &[(&[u8], Refusal)] = &[
    (b"@echo", Refusal::Program),
    (b"windows registry editor", Refusal::Program),
    (b"regedit4", Refusal::Program),
    (b"[internetshortcut]", Refusal::Program),
    (b"[desktop entry]", Refusal::Program),
    // A page with its pictures, as browsers and Word save it, often named .doc.
    (b"mime-version:", Refusal::Markup),
];

/// What the file is, by its first bytes.
pub(crate) fn name<F: Read + Seek>(file: &mut Reader<F>) -> io::Result<Refusal> {
    let mut head = [0; HEAD];
    let length = file.some(&mut head)?;
    let head = &head[..length];
    if let Some((_, refusal)) = BEGINNINGS.iter().find(|(beginning, _)| head.starts_with(beginning)) {
        return Ok(*refusal);
    }
    if head.get(257..262) == Some(b"ustar") {
        return Ok(Refusal::Archive);
    }
    if head.windows(5).any(|window| window == b"%PDF-") {
        return Ok(Refusal::Polyglot);
    }
    if let Some(refusal) = name_of_text(head) {
        return Ok(refusal);
    }
    file.go_to(ISO_MARK);
    if file.is_at(b"CD001")? { Ok(Refusal::Archive) } else { Ok(Refusal::Unknown) }
}

/// A text's name; the zeros of UTF-16 are left out.
fn name_of_text(head: &[u8]) -> Option<Refusal> {
    let head = head
        .strip_prefix(b"\xef\xbb\xbf")
        .or(head.strip_prefix(b"\xff\xfe"))
        .or(head.strip_prefix(b"\xfe\xff"))
        .unwrap_or(head);
    let text: Vec<u8> = head.iter().filter(|&&byte| byte != 0).map(u8::to_ascii_lowercase).collect();
    let text = text.trim_ascii_start();
    if let Some((_, refusal)) = TEXT_BEGINNINGS.iter().find(|(beginning, _)| text.starts_with(beginning)) {
        return Some(*refusal);
    }
    matches!(text, [b'<', b'!' | b'?' | b'%' | b'/' | b'a'..=b'z', ..]).then_some(Refusal::Markup)
}

/// Whether programs that read a file from its end would find a ZIP here: an end record whose comment reaches the file's end.
pub(crate) fn is_archive_from_behind<F: Read + Seek>(file: &mut Reader<F>) -> io::Result<bool> {
    let mut tail = vec![0; ZIP_END];
    file.go_to(file.size().saturating_sub(ZIP_END as u64));
    let length = file.some(&mut tail)?;
    let tail = &tail[..length];
    Ok(tail.windows(22).enumerate().any(|(at, record)| {
        record.starts_with(b"PK\x05\x06")
            && at + 22 + usize::from(u16::from_le_bytes([record[20], record[21]])) >= length
    }))
}
