//! What an inspection finds: the kind with what staff should be warned of, or why the file is refused.

use crate::Kind;

/// An accepted file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    pub kind: Kind,
    /// What ordinary documents have, too, but may act when the file is opened; each once, in the order of [`Flag::ALL`].
    pub flags: Vec<Flag>,
}

/// Something active in an accepted file. It is stored, shown to staff as a warning, and downloaded after a deliberate click.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Flag {
    /// JavaScript in a PDF.
    Script,
    /// A PDF that starts programs or opens other files.
    Launch,
    /// Files inside the file (PDF attachments).
    EmbeddedFiles,
    /// An XFA form in a PDF.
    DynamicForm,
    /// VBA in a DOC.
    Macros,
    /// DDE fields, which run commands.
    DdeField,
    /// OLE objects, which may hold programs.
    Objects,
    /// A template or a picture that is fetched from elsewhere when the document is opened.
    RemoteContent,
    /// Links to pages elsewhere.
    Links,
}

impl Flag {
    pub const ALL: [Flag; 9] = [
        Flag::Script,
        Flag::Launch,
        Flag::EmbeddedFiles,
        Flag::DynamicForm,
        Flag::Macros,
        Flag::DdeField,
        Flag::Objects,
        Flag::RemoteContent,
        Flag::Links,
    ];

    /// The flag's word in tables.
    pub fn as_str(self) -> &'static str {
        match self {
            Flag::Script => "script",
            Flag::Launch => "launch",
            Flag::EmbeddedFiles => "embedded_files",
            Flag::DynamicForm => "dynamic_form",
            Flag::Macros => "macros",
            Flag::DdeField => "dde_field",
            Flag::Objects => "objects",
            Flag::RemoteContent => "remote_content",
            Flag::Links => "links",
        }
    }

    pub fn parse(text: &str) -> Option<Flag> {
        Flag::ALL.into_iter().find(|flag| flag.as_str() == text)
    }
}

/// Why a file is not accepted, under whatever name it came.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// Of no kind that we know.
    Unknown,
    /// A program or a script for one (PE, ELF, Mach-O, `#!`, a shortcut, a Java class).
    Program,
    /// An archive that is no Word document.
    Archive,
    /// A page, a drawing or another text with markup (HTML, SVG, XML).
    Markup,
    /// Another document of an office program (a spreadsheet, slides, `OpenDocument`, RTF), or a template.
    OtherOffice,
    /// A Word document made to carry macros (docm, dotm), under whatever name.
    MacroDocument,
    /// Something else before its beginning or behind its end.
    Polyglot,
    /// It opens only with a password.
    Encrypted,
    /// More pixels than any scanner or phone makes (20,000 a side, 200 million in all), or too many entries or bytes unpacked.
    TooLarge,
    /// More pages than we look at.
    TooManyPages,
    /// Its parts don't hold together, or it ends too early.
    Damaged,
}

impl Refusal {
    pub const ALL: [Refusal; 11] = [
        Refusal::Unknown,
        Refusal::Program,
        Refusal::Archive,
        Refusal::Markup,
        Refusal::OtherOffice,
        Refusal::MacroDocument,
        Refusal::Polyglot,
        Refusal::Encrypted,
        Refusal::TooLarge,
        Refusal::TooManyPages,
        Refusal::Damaged,
    ];
}
