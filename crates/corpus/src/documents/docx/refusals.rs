//! Packages that are something else, carry macros, or don't hold together.

use pishkhan_inspect::Refusal;

use super::super::refused;
use super::writer::{Entry, zip};
use super::{MAIN, content_types, document, parts, relation, with_part};
use crate::Specimen;

pub(super) fn specimens() -> Vec<Specimen> {
    [other_packages(), macros(), broken_archives(), broken_parts()].into_iter().flatten().collect()
}

fn package(part: &str, main_type: &str) -> Vec<u8> {
    let entries = [
        Entry::new("[Content_Types].xml", &content_types(part, main_type)),
        Entry::new("_rels/.rels", &relation("officeDocument", part, "")),
        Entry::new(part, &document("")),
    ];
    zip(b"", &entries)
}

fn other_packages() -> Vec<Specimen> {
    let archive = |names: &[&str]| zip(b"", &names.iter().map(|name| Entry::new(name, "a")).collect::<Vec<_>>());
    let office = |name, part: &str, main_type: &str| refused(name, Refusal::OtherOffice, package(part, main_type));
    vec![
        office(
            "a spreadsheet",
            "xl/workbook.xml",
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
        ),
        office("a spreadsheet with macros", "xl/workbook.xml", "application/vnd.ms-excel.sheet.macroEnabled.main+xml"),
        office(
            "slides",
            "ppt/a.xml",
            "application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml",
        ),
        office(
            "a template",
            "word/document.xml",
            "application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml",
        ),
        refused("a package of another kind", Refusal::Archive, package("a.xml", "application/octet-stream")),
        refused(
            "a text of OpenDocument",
            Refusal::OtherOffice,
            archive(&["mimetype", "content.xml", "META-INF/manifest.xml"]),
        ),
        refused("a book in EPUB", Refusal::OtherOffice, archive(&["mimetype", "META-INF/container.xml"])),
        refused("a program in Java", Refusal::Program, archive(&["META-INF/MANIFEST.MF", "a.class"])),
        refused("a program for Android", Refusal::Program, archive(&["AndroidManifest.xml", "classes.dex"])),
        refused("an archive of letters", Refusal::Archive, archive(&["letter.docx", "letter.pdf"])),
        refused("an archive of 3,000 files", Refusal::Archive, archive(&["a"; 3_000])),
    ]
}

fn macros() -> Vec<Specimen> {
    let types = content_types("word/document.xml", MAIN).replace(
        "</Types>",
        "<Override PartName=\"/word/a.bin\" ContentType=\"application/vnd.ms-office.vbaProject\"/></Types>",
    );
    let mut retyped = parts("");
    retyped[0] = Entry::new("[Content_Types].xml", &types);
    let relation = relation("vbaProject", "a.bin", "")
        .replace("http://schemas.openxmlformats.org/officeDocument", "http://schemas.microsoft.com/office");
    let document = |name, bytes| refused(name, Refusal::MacroDocument, bytes);
    vec![
        document("a DOCM", package("word/document.xml", "application/vnd.ms-word.document.macroEnabled.main+xml")),
        document(
            "a DOTM",
            package("word/document.xml", "application/vnd.ms-word.template.macroEnabledTemplate.main+xml"),
        ),
        document("a DOCM typed as a DOCX", with_part("word/vbaProject.bin", "a")),
        document("a DOCM with its macros under another name", zip(b"", &retyped)),
        document("a DOCM with its macros by a relation", with_part("word/_rels/document.xml.rels", &relation)),
    ]
}

fn broken_archives() -> Vec<Specimen> {
    let whole = zip(b"", &parts(""));
    let one_more = |entry: Entry| zip(b"", &[parts(""), vec![entry]].concat());
    let damaged = |name, entry: Entry| refused(name, Refusal::Damaged, one_more(entry));
    let plain = |name: &str| Entry::new(name, "a");
    let many: Vec<Entry> =
        (0..2_000).map(|number| Entry { is_stored: true, ..Entry::new(&format!("word/{number}.txt"), "a") }).collect();
    let blanks = Entry::new("word/a.txt", &" ".repeat(2 * 1024 * 1024));
    let prefix = [b"PK\x03\x04".as_slice(), &[0; 60]].concat();
    vec![
        damaged("a DOCX with a climbing name", plain("../../a.xml")),
        damaged("a DOCX with a climbing name of Windows", plain("word\\..\\..\\a")),
        damaged("a DOCX with an absolute name", plain("/etc/a")),
        damaged("a DOCX with the name of a drive", plain("C:/a")),
        damaged("a DOCX with a link to a file", Entry { mode: 0o120_777, ..plain("word/a") }),
        damaged("a DOCX with two parts of one name", plain("WORD/document.xml")),
        damaged("a DOCX with two names for one part", Entry { own_name: Some("word/b"), ..plain("word/a") }),
        damaged(
            "a DOCX that is longer than it says",
            Entry { claimed: Some(2), ..Entry::new("word/a.xml", "<a></a>") },
        ),
        refused("a DOCX with an encrypted part", Refusal::Encrypted, one_more(Entry { flags: 1, ..plain("word/a") })),
        refused("a DOCX of 2,003 parts", Refusal::TooLarge, zip(b"", &[parts(""), many].concat())),
        refused("a DOCX with a part that packs too well", Refusal::TooLarge, one_more(blanks)),
        refused(
            "a DOCX that claims 300 MB",
            Refusal::TooLarge,
            one_more(Entry { claimed: Some(300 << 20), ..plain("word/a") }),
        ),
        refused("a DOCX with something before it", Refusal::Polyglot, zip(&prefix, &parts(""))),
        refused("a DOCX with something behind it", Refusal::Polyglot, [&whole[..], &[7; 5_000]].concat()),
        refused("a DOCX cut in half", Refusal::Damaged, &whole[..whole.len() / 2]),
        refused("a DOCX without its first bytes' rest", Refusal::Damaged, b"PK\x03\x04".as_slice()),
    ]
}

fn broken_parts() -> Vec<Specimen> {
    let damaged = |name, text: &str| {
        let mut parts = parts("");
        parts[2] = Entry::new("word/document.xml", text);
        refused(name, Refusal::Damaged, zip(b"", &parts))
    };
    let mut lost = parts("");
    lost.pop();
    vec![
        damaged("a DOCX with a document type", "<!DOCTYPE a [<!ENTITY b \"c\">]><a>&b;</a>"),
        damaged("a DOCX with an entity", "<a>&b;</a>"),
        damaged("a DOCX with an open element", "<a><b></b>"),
        damaged("a DOCX with two roots", "<a/><a/>"),
        damaged("a DOCX in an encoding of mails", "<?xml version=\"1.0\" encoding=\"UTF-7\"?><a/>"),
        damaged("a DOCX that is 5,000 elements deep", &["<a>".repeat(5_000), "</a>".repeat(5_000)].concat()),
        damaged("a DOCX with a text that is no XML", "letter"),
        refused("a DOCX without its text", Refusal::Damaged, zip(b"", &lost)),
    ]
}
