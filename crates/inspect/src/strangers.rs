//! The marks by which programs know a file of theirs, searched for where none of them belongs.

/// Marks long enough not to stand there by chance.
const MARKS: [&[u8]; 7] = [
    b"%PDF-",
    b"Rar!\x1A\x07",
    b"7z\xBC\xAF\x27\x1C",
    b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1",
    b"This program cannot be run in DOS mode",
    b"This program must be run under Win32",
    b"\xFD7zXZ\0",
];
/// Markup that a browser would show or a server run, in small letters.
const MARKUP: [&[u8]; 7] = [b"<html", b"<script", b"<!doctype", b"<svg", b"<iframe", b"<body", b"<?php"];
/// Marks that are too short to be told from chance, unless they come first.
const BEGINNINGS: [&[u8]; 9] = [
    b"PK",
    b"MZ",
    b"#!",
    b"\x1F\x8B\x08",
    b"BZh",
    b"MSCF",
    b"\xCA\xFE\xBA\xBE",
    b"\xCF\xFA\xED\xFE",
    b"\xCE\xFA\xED\xFE",
];
/// The longest of all, and a ZIP entry's header.
const LONGEST: usize = 38;

/// A search through bytes that come piece by piece.
#[derive(Default)]
pub(crate) struct Search {
    /// The last bytes of the piece before, in which a mark may have begun.
    carried: Vec<u8>,
    has_begun: bool,
}

impl Search {
    /// Whether a mark ends in this piece. It has one byte at least.
    pub(crate) fn finds_in(&mut self, piece: &[u8]) -> bool {
        let has_begun = std::mem::replace(&mut self.has_begun, true);
        if !has_begun && BEGINNINGS.iter().any(|mark| piece.starts_with(mark)) {
            return true;
        }
        let head = &piece[..piece.len().min(LONGEST - 1)];
        let seam = [&self.carried, head].concat();
        if holds_mark(&seam) || holds_mark(piece) {
            return true;
        }
        let carry_from = if piece.len() < LONGEST { &seam[..] } else { piece };
        self.carried = carry_from[carry_from.len().saturating_sub(LONGEST - 1)..].to_vec();
        false
    }
}

fn holds_mark(bytes: &[u8]) -> bool {
    MARKS.iter().any(|mark| memchr::memmem::find(bytes, mark).is_some())
        || memchr::memchr_iter(b'<', bytes).any(|at| is_markup(&bytes[at..]))
        || memchr::memmem::find_iter(bytes, b"PK\x03\x04").any(|at| is_zip_entry(&bytes[at..]))
        || memchr::memmem::find_iter(bytes, b"\x7FELF").any(|at| is_elf(&bytes[at..]))
}

fn is_markup(bytes: &[u8]) -> bool {
    // Most signs like this one are none, which the second byte tells quickly.
    matches!(bytes.get(1), Some(b'!' | b'?' | b'A'..=b'Z' | b'a'..=b'z'))
        && MARKUP.iter().any(|mark| bytes.get(..mark.len()).is_some_and(|start| start.eq_ignore_ascii_case(mark)))
}

/// Whether this is a ZIP entry's header: with a version and a method that exist and a name of ordinary length.
fn is_zip_entry(bytes: &[u8]) -> bool {
    let number = |at: usize| bytes.get(at..at + 2).map(|pair| u16::from_le_bytes([pair[0], pair[1]]));
    let (version, method, name) = (number(4), number(8), number(26));
    version.is_some_and(|version| version & 0xFF <= 63)
        && method.is_some_and(|method| method <= 20 || (93..=99).contains(&method))
        && name.is_some_and(|name| (1..=1024).contains(&name))
}

/// Whether this is a program's header: 32 or 64 bit, either order, version 1.
fn is_elf(bytes: &[u8]) -> bool {
    matches!(bytes.get(4..7), Some([1 | 2, 1 | 2, 1]))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn finds(pieces: &[&[u8]]) -> bool {
        let mut search = Search::default();
        pieces.iter().any(|piece| search.finds_in(piece))
    }

    #[test]
    fn a_mark_is_found_wherever_the_pieces_are_cut() {
        let text = b"notes of a phone <ScRiPt src=x> and more notes of the same phone, quite a few";
        for at in 1..text.len() {
            assert!(finds(&[&text[..at], &text[at..]]), "cut at {at}");
        }
        assert!(finds(&text.iter().map(std::slice::from_ref).collect::<Vec<_>>()), "byte by byte");
    }

    #[test]
    fn short_marks_count_at_the_beginning_only() {
        assert!(finds(&[b"MZ\x90\0"]));
        assert!(!finds(&[b"\x01MZ\x90\0PK\x03\x04\xFF\xFF\xFF\xFF\xFF\xFF"]));
    }

    #[test]
    fn markup_of_metadata_is_none_of_these() {
        assert!(!finds(&[b"<?xpacket begin=''?><x:xmpmeta xmlns:x='adobe:ns:meta/'/>{\"a\": \"b < c\"}"]));
    }
}
