//! What a file is, decided by its content and never by its name.
//!
//! The signature at the first byte names the family; an OLE file must hold a Word stream and a ZIP a Word document, since
//! `infer` alone calls many DOCX a plain ZIP and can't name a DOC.

use std::fs::File;
use std::io::{Read, Seek};
use std::path::Path;

/// The kinds that are accepted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Jpeg,
    Pdf,
    Doc,
    Docx,
    Png,
    Tiff,
}

impl Kind {
    pub const ALL: [Kind; 6] = [Kind::Jpeg, Kind::Pdf, Kind::Doc, Kind::Docx, Kind::Png, Kind::Tiff];

    /// The kind of the file at `path`; None when it is none of ours. Reads a bounded part of it; may block.
    pub fn of(path: &Path) -> std::io::Result<Option<Kind>> {
        let mut file = File::open(path)?;
        let mut head = Vec::with_capacity(512);
        file.by_ref().take(512).read_to_end(&mut head)?;
        file.rewind()?;
        Ok(match &head[..] {
            [0xff, 0xd8, 0xff, ..] => Some(Kind::Jpeg),
            [b'%', b'P', b'D', b'F', b'-', ..] => Some(Kind::Pdf),
            [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1, ..] => has_word_stream(file).then_some(Kind::Doc),
            [b'P', b'K', 3, 4, ..] => has_word_document(file).then_some(Kind::Docx),
            // TIFF's numbers may be of either order, and 43 is its big form; infer knows classic ones only.
            [b'I', b'I', 42 | 43, 0, ..] | [b'M', b'M', 0, 42 | 43, ..] => Some(Kind::Tiff),
            head if infer::is(head, "png") => Some(Kind::Png),
            _ => None,
        })
    }

    pub fn as_str(self) -> &'static str {
        match self {
            Kind::Jpeg => "jpg",
            Kind::Pdf => "pdf",
            Kind::Doc => "doc",
            Kind::Docx => "docx",
            Kind::Png => "png",
            Kind::Tiff => "tiff",
        }
    }

    pub fn parse(text: &str) -> Option<Kind> {
        Kind::ALL.into_iter().find(|kind| kind.as_str() == text)
    }

    pub fn content_type(self) -> &'static str {
        match self {
            Kind::Jpeg => "image/jpeg",
            Kind::Pdf => "application/pdf",
            Kind::Doc => "application/msword",
            Kind::Docx => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            Kind::Png => "image/png",
            Kind::Tiff => "image/tiff",
        }
    }

    /// The name with the ending that its content has: a PDF that came as `letter.exe` goes out as `letter.exe.pdf`.
    pub fn name_with_ending(self, name: &str) -> String {
        let endings: &[&str] = match self {
            Kind::Jpeg => &["jpg", "jpeg", "jpe", "jfif"],
            Kind::Pdf => &["pdf"],
            Kind::Doc => &["doc"],
            Kind::Docx => &["docx"],
            Kind::Png => &["png"],
            Kind::Tiff => &["tif", "tiff"],
        };
        let ending = name.rsplit_once('.').map(|(_, ending)| ending.to_lowercase());
        if ending.is_some_and(|ending| endings.contains(&ending.as_str())) {
            name.to_owned()
        } else {
            format!("{name}.{}", self.as_str())
        }
    }
}

fn has_word_stream(file: File) -> bool {
    cfb::CompoundFile::open(file).is_ok_and(|document| document.is_stream("/WordDocument"))
}

/// Looks at the directory only; nothing is unpacked.
fn has_word_document(file: File) -> bool {
    zip::ZipArchive::new(file).is_ok_and(|archive| {
        archive.len() <= 2_000
            && archive.index_for_name("[Content_Types].xml").is_some()
            && archive.index_for_name("word/document.xml").is_some()
    })
}
