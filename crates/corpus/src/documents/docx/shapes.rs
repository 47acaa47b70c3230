//! Ordinary documents: the order and the names of their parts, and the ways of writing a ZIP, of those who write them.

use pishkhan_inspect::Kind;

use super::super::accepted;
use super::writer::{Entry, zip};
use super::{MAIN, OFFICE, STRICT, content_types, document, parts, relation, relations, with_part};
use crate::Specimen;

const PARAGRAPH: &str = "<w:p><w:r><w:t xml:space=\"preserve\">letter &amp; answer &#x2014; 1 &lt; 2</w:t></w:r></w:p>";

pub(super) fn specimens() -> Vec<Specimen> {
    let docx = |name, bytes: Vec<u8>| accepted(name, Kind::Docx, &[], bytes);
    let with_descriptors = changed(|entry| entry.has_descriptor = true);
    let mut like_libreoffice = parts(PARAGRAPH);
    like_libreoffice.rotate_left(1);
    let renamed = vec![
        Entry::new("_rels/.rels", &relation("officeDocument", "/word/document2.xml", "")),
        Entry::new("word/document2.xml", &document(PARAGRAPH)),
        Entry::new("[Content_Types].xml", &content_types("word/document2.xml", MAIN)),
    ];
    let mut strict = parts(PARAGRAPH);
    strict[1] = Entry::new("_rels/.rels", &relation("officeDocument", "word/document.xml", "").replace(OFFICE, STRICT));
    let mut with_folder = parts(PARAGRAPH);
    with_folder.insert(0, Entry { is_stored: true, ..Entry::new("word/", "") });
    let mut wide = parts(PARAGRAPH);
    let text = format!("\u{feff}{}", document(PARAGRAPH).replace("UTF-8", "UTF-16"));
    wide[2].content = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let mut packed_well = parts(&"<w:p/>".repeat(50_000));
    packed_well.push(Entry::new("word/styles.xml", "<w:styles xmlns:w=\"a\"/>"));
    let normal =
        relation("attachedTemplate", "file:///C:\\Users\\a\\Templates\\Normal.dotm", " TargetMode=\"External\"");
    let contents = "<w:p><w:r><w:fldChar w:fldCharType=\"begin\"/><w:instrText> HYPERLINK \\l \"_Toc1\" </w:instrText>\
                    <w:fldChar w:fldCharType=\"separate\"/><w:t>1</w:t><w:fldChar w:fldCharType=\"end\"/></w:r></w:p>";
    vec![
        docx("a DOCX like Word's", zip(b"", &parts(PARAGRAPH))),
        docx("a DOCX like LibreOffice's", zip(b"", &like_libreoffice)),
        docx("a DOCX like Google's", zip(b"", &with_descriptors)),
        docx("a DOCX with another name for its text", zip(b"", &renamed)),
        docx("a DOCX of the strict kind", zip(b"", &strict)),
        docx("a DOCX that is stored only", zip(b"", &changed(|entry| entry.is_stored = true))),
        docx("a DOCX with long numbers", zip(b"", &changed(|entry| entry.is_long = true))),
        docx("a DOCX with an entry for a folder", zip(b"", &with_folder)),
        docx("a DOCX in UTF-16", zip(b"", &wide)),
        docx("a DOCX that packs well", zip(b"", &packed_well)),
        docx("a DOCX with a few bytes behind it", [zip(b"", &parts(PARAGRAPH)), vec![0; 500]].concat()),
        docx("a DOCX with its template on a drive", with_part("word/_rels/settings.xml.rels", &normal)),
        docx(
            "a DOCX with a drawing that has a document type",
            with_part("word/media/a.svg", "<?xml version=\"1.0\"?><!DOCTYPE svg><svg/>"),
        ),
        docx("a DOCX with a table of contents", zip(b"", &parts(contents))),
        docx("a DOCX with relations to itself", with_part("word/_rels/document.xml.rels", &relations(""))),
    ]
}

fn changed(change: impl Fn(&mut Entry)) -> Vec<Entry> {
    let mut parts = parts(PARAGRAPH);
    parts.iter_mut().for_each(change);
    parts
}
