//! DOC, made with a container library and a Word stream of its head and text.

use std::io::{Cursor, Write};

use cfb::{CompoundFile, Version};
use pishkhan_inspect::{Flag, Kind, Refusal};

use super::{accepted, refused};
use crate::Specimen;

const WORD_97: [u16; 2] = [0xa5ec, 0xc1];
const WORD_95: [u16; 2] = [0xa5dc, 0x68];
const ENCRYPTED: u16 = 0x0100;
const TEMPLATE: u16 = 0x0001;
/// Where the list of what the document is tied to begins in the table stream.
const TIES_AT: u32 = 64;

type Streams<'a> = &'a [(&'a str, &'a [u8])];

pub(super) fn specimens() -> Vec<Specimen> {
    [shapes(), active(), refusals()].into_iter().flatten().collect()
}

fn shapes() -> Vec<Specimen> {
    let doc = |name, bytes: Vec<u8>| accepted(name, Kind::Doc, &[], bytes);
    let letter = word(WORD_97, 0, b"Dear sir or madam");
    let wide: Vec<u8> = [0x633_u16, 0x644, 0x627, 0x645].into_iter().flat_map(u16::to_le_bytes).collect();
    let contents = b"\x13 TOC \\o \"1-3\" \x14\x13 HYPERLINK \\l \"_Toc1\" \x14 a\x15\x15";
    let cut = container(Version::V3, &[("/WordDocument", &letter)]);
    vec![
        doc(
            "a DOC of Word 97",
            container(Version::V3, &[("/WordDocument", &word(WORD_97, 0x0200, b"Dear sir")), ("/1Table", &[0; 5_000])]),
        ),
        doc("a DOC in large sectors", container(Version::V4, &[("/WordDocument", &letter)])),
        doc("a DOC of Word 95", container(Version::V3, &[("/WordDocument", &word(WORD_95, 0, b"Dear sir"))])),
        doc("a DOC of Word 6", container(Version::V3, &[("/WordDocument", &word([0xa5dc, 0x65], 0, b"Dear sir"))])),
        doc("a DOC in Persian", container(Version::V3, &[("/WordDocument", &word(WORD_97, 0, &wide))])),
        doc("a DOC with a short Word stream", container(Version::V3, &[("/WordDocument", &letter[..1_000])])),
        doc(
            "a DOC with a table of contents",
            container(Version::V3, &[("/WordDocument", &word(WORD_97, 0, contents))]),
        ),
        doc(
            "a DOC with a summary and an empty pool",
            with_storage("/ObjectPool", &[("/WordDocument", &letter), ("/\u{5}SummaryInformation", b"a")]),
        ),
        doc("a DOC whose last sector is short", cut[..cut.len() - 8].to_vec()),
        doc("a DOC with a template on a drive", tied("C:\\Templates\\Normal.dot")),
    ]
}

fn active() -> Vec<Specimen> {
    let with = |name, flag: Flag, text: &[u8]| {
        accepted(name, Kind::Doc, &[flag], container(Version::V3, &[("/WordDocument", &word(WORD_97, 0, text))]))
    };
    let wide: Vec<u8> = "\u{13} ddeauto c:\\\\a \u{14}".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let letter = word(WORD_97, 0, b"letter");
    vec![
        with("a DOC with a DDE field", Flag::DdeField, b"\x13 DDE excel a b \x14\x15"),
        with("a DOC with a DDE field in wide letters", Flag::DdeField, &wide),
        with("a DOC with a DDE command without its field", Flag::DdeField, b"ends here DDEAUTO begins there"),
        with("a DOC with a command that is spelled out", Flag::DdeField, b"\x13 \x13 QUOTE 68 68 69 \x15 c:\\\\a \x15"),
        with("a DOC with a link", Flag::Links, b"\x13 HYPERLINK \"https://a.example/\" \x14a\x15"),
        with(
            "a DOC with a picture from elsewhere",
            Flag::RemoteContent,
            b"\x13 INCLUDEPICTURE \"http://a.example/b.png\" \\d \x14\x15",
        ),
        with(
            "a DOC with a picture from elsewhere behind a switch",
            Flag::RemoteContent,
            b"\x13 INCLUDEPICTURE \\d \"http://a.example/b.png\" \x14\x15",
        ),
        with(
            "a DOC with a link behind a place",
            Flag::Links,
            b"\x13 HYPERLINK \\l \"x\" \"http://a.example/\" \x14a\x15",
        ),
        with("a DOC with a linked object", Flag::Objects, b"\x13 LINK Excel.Sheet.8 a.xls \x14\x15"),
        accepted(
            "a DOC with a template elsewhere",
            Kind::Doc,
            &[Flag::RemoteContent],
            tied("\\\\server\\share\\t.dot"),
        ),
        accepted(
            "a DOC with macros",
            Kind::Doc,
            &[Flag::Macros],
            with_storage("/Macros", &[("/WordDocument", &letter), ("/Macros/PROJECT", b"a")]),
        ),
        accepted(
            "a DOC with an object",
            Kind::Doc,
            &[Flag::Objects],
            with_storage("/ObjectPool", &[("/WordDocument", &letter), ("/ObjectPool/a", b"a")]),
        ),
        accepted(
            "a template of Word 95",
            Kind::Doc,
            &[Flag::Macros],
            container(Version::V3, &[("/WordDocument", &word(WORD_95, TEMPLATE, b"letter"))]),
        ),
    ]
}

fn refusals() -> Vec<Specimen> {
    let letter = word(WORD_97, 0, b"letter");
    let whole = container(Version::V3, &[("/WordDocument", &letter)]);
    let of = |name, refusal, stream: &str| refused(name, refusal, container(Version::V3, &[(stream, &letter)]));
    let mut endless = whole.clone();
    // The first directory sector's chain leads back to itself; it is the second sector, behind that of the table.
    endless[512 + 4..512 + 8].copy_from_slice(&1_u32.to_le_bytes());
    vec![
        refused(
            "a DOC with a password",
            Refusal::Encrypted,
            container(Version::V3, &[("/WordDocument", &word(WORD_97, ENCRYPTED, b"?"))]),
        ),
        of("a DOCX with a password", Refusal::Encrypted, "/EncryptedPackage"),
        of("a spreadsheet of Excel 97", Refusal::OtherOffice, "/Workbook"),
        of("slides of PowerPoint 97", Refusal::OtherOffice, "/PowerPoint Document"),
        of("a message of Outlook", Refusal::OtherOffice, "/__properties_version1.0"),
        refused("an installer of Windows", Refusal::Program, installer()),
        refused(
            "a DOC inside a spreadsheet",
            Refusal::OtherOffice,
            with_storage("/MBD01", &[("/Workbook", &letter), ("/MBD01/WordDocument", &letter)]),
        ),
        refused(
            "a DOC with an unknown head",
            Refusal::Damaged,
            container(Version::V3, &[("/WordDocument", &[7; 5_000])]),
        ),
        refused("a DOC cut in half", Refusal::Damaged, &whole[..whole.len() / 2]),
        refused("a DOC cut within its head", Refusal::Damaged, &whole[..300]),
        refused("a DOC whose directory goes round", Refusal::Damaged, endless),
        refused("a DOC with an archive behind it", Refusal::Polyglot, [&whole[..], b"PK\x05\x06", &[0; 18]].concat()),
    ]
}

/// A Word stream: the head, as long as Word 97's, and the text.
fn word([mark, version]: [u16; 2], flags: u16, text: &[u8]) -> Vec<u8> {
    let mut stream = vec![0; 0x400];
    stream[0..2].copy_from_slice(&mark.to_le_bytes());
    stream[2..4].copy_from_slice(&version.to_le_bytes());
    stream[10..12].copy_from_slice(&flags.to_le_bytes());
    stream.extend_from_slice(text);
    stream.resize(stream.len().max(5_000), b' ');
    stream
}

/// A document whose template lies there.
fn tied(template: &str) -> Vec<u8> {
    let signs: Vec<u16> = template.encode_utf16().collect();
    let length = u16::try_from(signs.len()).expect("a short path");
    let list: Vec<u8> = [0xffff, 2, 0, 0, length].into_iter().chain(signs).flat_map(u16::to_le_bytes).collect();
    let mut stream = word(WORD_97, 0x0200, b"letter");
    stream[0x19a..0x19e].copy_from_slice(&TIES_AT.to_le_bytes());
    stream[0x19e..0x1a2].copy_from_slice(&u32::try_from(list.len()).expect("a short list").to_le_bytes());
    let table = [&[0; TIES_AT as usize][..], &list].concat();
    container(Version::V3, &[("/WordDocument", &stream), ("/1Table", &table)])
}

fn container(version: Version, streams: Streams<'_>) -> Vec<u8> {
    filled(CompoundFile::create_with_version(version, Cursor::new(Vec::new())), streams)
}

fn with_storage(storage: &str, streams: Streams<'_>) -> Vec<u8> {
    let mut file = CompoundFile::create_with_version(Version::V3, Cursor::new(Vec::new())).expect("memory takes all");
    file.create_storage(storage).expect("memory takes all");
    filled(Ok(file), streams)
}

fn installer() -> Vec<u8> {
    let mut bytes = container(Version::V3, &[("/a", b"a")]);
    let root = bytes.windows(10).position(|window| window == b"R\0o\0o\0t\0 \0").expect("every container has a root");
    bytes[root + 80..root + 96].copy_from_slice(b"\x84\x10\x0c\0\0\0\0\0\xc0\0\0\0\0\0\0\x46");
    bytes
}

fn filled(file: std::io::Result<CompoundFile<Cursor<Vec<u8>>>>, streams: Streams<'_>) -> Vec<u8> {
    let mut file = file.expect("memory takes all");
    for (name, content) in streams {
        file.create_stream(name).and_then(|mut stream| stream.write_all(content)).expect("memory takes all");
    }
    file.flush().expect("memory takes all");
    file.into_inner().into_inner()
}
