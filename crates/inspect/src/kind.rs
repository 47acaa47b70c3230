//! The kinds of file that are accepted.

/// What a file is, decided by its content and never by its name.
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

    /// The kind's word in tables, and the usual ending of its names.
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

    /// Whether it is a picture of one sheet, as phones take them.
    pub fn is_photo(self) -> bool {
        matches!(self, Kind::Jpeg | Kind::Png)
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
