//! The shapes of ordinary files, the damaged ones among them, and what is too damaged or two things at once.

use std::io::Write;

use flate2::{Compress, Compression, FlushCompress, write::DeflateEncoder};
use pishkhan_inspect::{Kind, Refusal};

use super::super::{accepted, refused};
use super::writer::{PAGE, PAGES, Pdf, packed_objects};
use crate::Specimen;

pub(super) fn specimens() -> Vec<Specimen> {
    [ordinary(), odd(), broken()].into_iter().flatten().collect()
}

fn letter() -> Vec<u8> {
    Pdf::letter("").finish("")
}

fn replaced(bytes: &[u8], what: &str, by: &str) -> Vec<u8> {
    // One sign per byte, so that nothing else changes.
    let text: String = bytes.iter().map(|&byte| char::from(byte)).collect();
    text.replace(what, by).chars().filter_map(|sign| u8::try_from(u32::from(sign)).ok()).collect()
}

fn ordinary() -> Vec<Specimen> {
    let pdf = |name, bytes: Vec<u8>| accepted(name, Kind::Pdf, &[], bytes);
    let mut modern = Pdf::new("1.7");
    modern.stream(4, "", b"BT (letter) Tj ET");
    modern.packed(5, &[(1, "<</Type/Catalog/Pages 2 0 R>>"), (2, PAGES), (3, PAGE)], |data| data);
    let mut hybrid = Pdf::letter("");
    hybrid.packed(5, &[(6, "<</Type/ExtGState>>")], |data| data);
    let mut plain_packed = Pdf::new("1.5");
    let (data, first) = packed_objects(&[(1, "<</Type/Catalog/Pages 2 0 R>>"), (2, PAGES), (3, PAGE)]);
    plain_packed.stream(5, &format!("/Type/ObjStm/N 3/First {first}"), &data);
    let change = b"1 0 obj\n<</Type/Catalog/Pages 2 0 R/Lang(fa)>>\nendobj\nxref\n1 1\n0000000009 00000 n \ntrailer\n<</Size 5/Root 1 0 R/Prev 9>>\nstartxref\n20\n%%EOF\n";
    let first_table = b"%PDF-1.4\n9 0 obj\n<</Linearized 1/L 900/H[1 2]/O 3/E 400/N 1/T 800>>\nendobj\nxref\n0 1\n0000000000 65535 f \ntrailer\n<</Size 5/Root 1 0 R/Prev 600>>\nstartxref\n0\n%%EOF\n";
    vec![
        pdf("a PDF of one page", letter()),
        pdf("a PDF 1.2 with line ends of an old Mac", replaced(&replaced(&letter(), "\n", "\r"), "PDF-1.4", "PDF-1.2")),
        pdf("a PDF with line ends of Windows", replaced(&letter(), "\n", "\r\n")),
        pdf("a PDF 2.0", replaced(&letter(), "PDF-1.4", "PDF-2.0")),
        pdf("a PDF with object streams", modern.finish_with_stream(6, 5, &[1, 2, 3], "")),
        pdf("a PDF with an object stream that isn't packed", plain_packed.finish_with_stream(6, 5, &[1, 2, 3], "")),
        pdf("a PDF with both kinds of tables", hybrid.finish("/XRefStm 99")),
        pdf("a PDF with a later change", [letter(), change.to_vec()].concat()),
        pdf("a linearised PDF", [first_table, &letter()[9..]].concat()),
        pdf("a PDF whose names have escapes", replaced(&letter(), "/Type/Catalog", "/T#79pe/Cat#61log")),
    ]
}

fn odd() -> Vec<Specimen> {
    let pdf = |name, bytes: Vec<u8>| accepted(name, Kind::Pdf, &[], bytes);
    let letter = letter();
    let table = memchr_of(&letter, b"xref\n0 1");
    let mut words = Pdf::letter("");
    words.stream(5, "", b"BT (no /JavaScript is here, and no obj) Tj ET");
    vec![
        pdf("a PDF without a table", [&letter[..table], b"trailer\n<</Root 1 0 R>>\n%%EOF"].concat()),
        pdf("a PDF without a table and a trailer", letter[..table].to_vec()),
        pdf("a PDF whose table is elsewhere", replaced(&letter, "startxref\n", "startxref\n9")),
        pdf("a PDF without its end's mark", replaced(&letter, "%%EOF\n", "")),
        pdf("a PDF with zeros behind it", [&letter[..], &[0; 5_000]].concat()),
        pdf("a PDF with line ends behind it", [&letter[..], &b"\r\n".repeat(3_000)].concat()),
        pdf(
            "a PDF with the last line of a form behind it",
            [&letter[..], b"\r\n------WebKitFormBoundaryA1--\r\n"].concat(),
        ),
        pdf("a PDF whose streams have wrong lengths", replaced(&letter, "/Length 27", "/Length 99")),
        pdf("a PDF whose stream ends without its mark", replaced(&letter, "endstream\n", "")),
        pdf("a PDF with words of the format in its text", words.finish("")),
        pdf(
            "a PDF with an unclosed string",
            replaced(&letter, "/MediaBox[0 0 595 842]", "/MediaBox[0 0 595 842]/Note(open "),
        ),
    ]
}

fn broken() -> Vec<Specimen> {
    let letter = letter();
    let table = memchr_of(&letter, b"xref\n0 1");
    let archive = [b"PK\x03\x04\x14\0\0\0\0\0".as_slice(), &[0; 16], b"\x01\0\0\0a", b"PK\x05\x06", &[0; 18]].concat();
    let hidden = [b"%".as_slice(), &archive[..archive.len() - 2], b"\x06\0%%EOF\n"].concat();
    vec![
        refused("a PDF of its head only", Refusal::Damaged, "%PDF-1.4\n"),
        refused("a PDF cut within an object", Refusal::Damaged, &letter[..table - 40]),
        refused("a PDF cut within its first object", Refusal::Damaged, &letter[..40]),
        refused("a PDF without a catalog", Refusal::Damaged, "%PDF-1.4\n1 0 obj\n<</Type/Font>>\nendobj\n%%EOF\n"),
        refused("a PDF with an archive behind it", Refusal::Polyglot, [&letter[..], &archive].concat()),
        refused("a PDF with an archive in its last comment", Refusal::Polyglot, [&letter[..], &hidden].concat()),
        refused(
            "a PDF with a program behind it",
            Refusal::Polyglot,
            [&letter[..], b"\nMZ\x90\0\x03", &[7; 500]].concat(),
        ),
        refused(
            "a PDF with a page behind it",
            Refusal::Polyglot,
            [&letter[..], b"\n<html><script>alert(1)</script>"].concat(),
        ),
        refused("a PDF with much of anything behind it", Refusal::Polyglot, [&letter[..], &[7; 70_000]].concat()),
        refused("a PDF whose objects unpack to 80 MB", Refusal::TooLarge, bomb()),
    ]
}

/// One packed piece of a megabyte of blanks, eighty times over: a piece refers to nothing before itself.
fn bomb() -> Vec<u8> {
    let blanks = vec![b' '; 1024 * 1024];
    let mut piece = Vec::with_capacity(16 * 1024);
    Compress::new(Compression::fast(), false)
        .compress_vec(&blanks, &mut piece, FlushCompress::Full)
        .expect("memory takes all");
    let mut end = DeflateEncoder::new(Vec::new(), Compression::fast());
    end.write_all(b" ").expect("memory takes all");
    let data = [b"\x78\x9c".as_slice(), &piece.repeat(80), &end.finish().expect("memory takes all")].concat();
    let mut pdf = Pdf::letter("");
    pdf.stream(5, "/Type/ObjStm/N 1/First 5/Filter/FlateDecode", &data);
    pdf.finish("")
}

fn memchr_of(bytes: &[u8], mark: &[u8]) -> usize {
    bytes.windows(mark.len()).position(|window| window == mark).expect("it was just written")
}
