//! What acts when it is opened: fields, objects and what is fetched from elsewhere.

use pishkhan_inspect::{Flag, Kind};

use super::super::accepted;
use super::writer::zip;
use super::{document, parts, relation, with_part};
use crate::Specimen;

const EXTERNAL: &str = " TargetMode=\"External\"";

pub(super) fn specimens() -> Vec<Specimen> {
    [fields(), relations()].into_iter().flatten().collect()
}

fn fields() -> Vec<Specimen> {
    let with = |name, flag: Flag, body: &str| accepted(name, Kind::Docx, &[flag], zip(b"", &parts(body)));
    let begin = "<w:r><w:fldChar w:fldCharType=\"begin\"/></w:r>";
    let end = "<w:r><w:fldChar w:fldCharType=\"end\"/></w:r>";
    let run = |text: &str| format!("<w:r><w:instrText xml:space=\"preserve\">{text}</w:instrText></w:r>");
    let split = [begin, &run(" D"), &run("DEA"), &run("UT"), &run("O c:\\\\a "), end].concat();
    let quoted = [begin, begin, &run("QUOTE 68 68 69"), end, &run(" c:\\\\a"), end].concat();
    let blanks = format!("<w:fldSimple w:instr=\"{}DDE a b\"/>", " ".repeat(9_000));
    let mut wide = parts("");
    let text = format!("\u{feff}{}", document("<w:fldSimple w:instr=\"DDE a b\"/>").replace("UTF-8", "UTF-16"));
    wide[2].content = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
    vec![
        with("a DOCX with a simple DDE field", Flag::DdeField, "<w:fldSimple w:instr=\" DDE excel a b \"/>"),
        with("a DOCX with a DDE field over several runs", Flag::DdeField, &split),
        with("a DOCX with a DDE field in numbers", Flag::DdeField, "<w:fldSimple w:instr='&#68;&#x44;E a b'/>"),
        with("a DOCX with a DDE field behind blanks", Flag::DdeField, &blanks),
        with("a DOCX with a DDE field under another prefix", Flag::DdeField, "<q:fldSimple q:instr=\"dde a b\"/>"),
        with(
            "a DOCX with a DDE field that isn't parsed",
            Flag::DdeField,
            &[begin, &run("<![CDATA[DDE a b]]>"), end].concat(),
        ),
        with("a DOCX with a command that is spelled out", Flag::DdeField, &quoted),
        with("a DOCX with an open DDE field", Flag::DdeField, &[begin, &run("DDEAUTO a")].concat()),
        accepted("a DOCX with a DDE field in UTF-16", Kind::Docx, &[Flag::DdeField], zip(b"", &wide)),
        accepted(
            "a DOCX with a DDE field in its head line",
            Kind::Docx,
            &[Flag::DdeField],
            with_part("word/header.bin", "<w:hdr xmlns:w=\"a\"><w:fldSimple w:instr=\"DDE a b\"/></w:hdr>"),
        ),
        with(
            "a DOCX with a field for a link",
            Flag::Links,
            "<w:fldSimple w:instr=\"HYPERLINK &quot;https://a.example&quot;\"/>",
        ),
        with(
            "a DOCX with a field for a picture elsewhere",
            Flag::RemoteContent,
            "<w:fldSimple w:instr='INCLUDEPICTURE \"http://a.example/b.png\" \\d'/>",
        ),
        with(
            "a DOCX with a field for a picture elsewhere behind a switch",
            Flag::RemoteContent,
            "<w:fldSimple w:instr=' INCLUDEPICTURE \\d \"http://a.example/b.png\" '/>",
        ),
        with(
            "a DOCX with a field for a link behind a place",
            Flag::Links,
            "<w:fldSimple w:instr=' HYPERLINK \\l \"x\" \"http://a.example/\" '/>",
        ),
        with(
            "a DOCX with a field for a database",
            Flag::RemoteContent,
            "<w:fldSimple w:instr='DATABASE \\c \"DSN=a\"'/>",
        ),
        with("a DOCX with a part pasted in", Flag::Objects, "<w:altChunk/>"),
    ]
}

fn relations() -> Vec<Specimen> {
    let with = |name, flag: Flag, kind: &str, target: &str, mode: &str| {
        let bytes = with_part("word/_rels/document.xml.rels", &relation(kind, target, mode));
        accepted(name, Kind::Docx, &[flag], bytes)
    };
    vec![
        with("a DOCX with a link", Flag::Links, "hyperlink", "https://a.example/", EXTERNAL),
        with(
            "a DOCX with a template elsewhere",
            Flag::RemoteContent,
            "attachedTemplate",
            "https://a.example/t.dotm",
            EXTERNAL,
        ),
        with(
            "a DOCX with a template on a server",
            Flag::RemoteContent,
            "attachedTemplate",
            "file:///\\\\server\\t.dotm",
            EXTERNAL,
        ),
        with(
            "a DOCX with a template on a server in numbers",
            Flag::RemoteContent,
            "attachedTemplate",
            "%5c%5cserver%5ct.dotm",
            EXTERNAL,
        ),
        with("a DOCX with a picture elsewhere", Flag::RemoteContent, "image", "http://a.example/a.png", EXTERNAL),
        with(
            "a DOCX with an object elsewhere",
            Flag::RemoteContent,
            "oleObject",
            "mhtml:http://a.example/a!x-usc:http://a.example/a",
            EXTERNAL,
        ),
        with("a DOCX with a frame elsewhere", Flag::RemoteContent, "frame", "\\\\server\\a.docx", EXTERNAL),
        with("a DOCX with an object", Flag::Objects, "oleObject", "embeddings/a.bin", ""),
        with("a DOCX with a control", Flag::Objects, "control", "activeX/a.xml", ""),
        accepted(
            "a DOCX with an object that nothing names",
            Kind::Docx,
            &[Flag::Objects],
            with_part("word/embeddings/a.bin", "MZ"),
        ),
    ]
}
