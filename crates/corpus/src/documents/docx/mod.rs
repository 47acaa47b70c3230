//! DOCX, as the word processors of the day write it, and other packages of its family.

mod active;
mod refusals;
mod shapes;
mod writer;

use writer::{Entry, zip};

use crate::Specimen;

const TYPES: &str = "http://schemas.openxmlformats.org/package/2006/content-types";
const RELATIONS: &str = "http://schemas.openxmlformats.org/package/2006/relationships";
const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const STRICT: &str = "http://purl.oclc.org/ooxml/officeDocument/relationships";
const MAIN: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml";

pub(super) fn specimens() -> Vec<Specimen> {
    [shapes::specimens(), active::specimens(), refusals::specimens()].into_iter().flatten().collect()
}

fn content_types(part: &str, main_type: &str) -> String {
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\r\n<Types xmlns=\"{TYPES}\"><Default Extension=\"rels\" \
         ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/><Default Extension=\"xml\" \
         ContentType=\"application/xml\"/><Override PartName=\"/{part}\" ContentType=\"{main_type}\"/></Types>"
    )
}

fn relations(rows: &str) -> String {
    format!("<?xml version=\"1.0\" encoding=\"UTF-8\"?><Relationships xmlns=\"{RELATIONS}\">{rows}</Relationships>")
}

fn relation(kind: &str, target: &str, rest: &str) -> String {
    relations(&format!("<Relationship Id=\"rId1\" Type=\"{OFFICE}/{kind}\" Target=\"{target}\"{rest}/>"))
}

fn document(body: &str) -> String {
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?><w:document \
         xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:body>{body}<w:sectPr/></w:body></w:document>"
    )
}

/// The three parts that every document has.
fn parts(body: &str) -> Vec<Entry> {
    vec![
        Entry::new("[Content_Types].xml", &content_types("word/document.xml", MAIN)),
        Entry::new("_rels/.rels", &relation("officeDocument", "word/document.xml", "")),
        Entry::new("word/document.xml", &document(body)),
    ]
}

/// A document with one more part.
fn with_part(name: &str, content: &str) -> Vec<u8> {
    zip(b"", &[parts("<w:p><w:r><w:t>letter</w:t></w:r></w:p>"), vec![Entry::new(name, content)]].concat())
}
