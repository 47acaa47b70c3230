//! The names in a PDF that tell what it does. A name counts wherever it stands: the format lets every value be written
//! elsewhere and referred to, so that a name's place can be disguised, but not the name.

use crate::Flag;

/// What a name gives away, if anything.
pub(super) fn flag(name: &[u8]) -> Option<Flag> {
    Some(match name {
        b"JavaScript" | b"JS" => Flag::Script,
        // Other files are opened by GoToR and GoToE; ImportData reads one.
        b"Launch" | b"GoToR" | b"GoToE" | b"ImportData" => Flag::Launch,
        b"EmbeddedFile" | b"EmbeddedFiles" | b"EF" | b"FileAttachment" | b"RichMedia" => Flag::EmbeddedFiles,
        b"XFA" => Flag::DynamicForm,
        // A form that is sent goes to an address, too.
        b"URI" | b"SubmitForm" => Flag::Links,
        _ => return None,
    })
}

/// The filters besides Flate, which no program uses for object streams.
pub(super) fn is_other_filter(name: &[u8]) -> bool {
    matches!(
        name,
        b"ASCIIHexDecode"
            | b"AHx"
            | b"ASCII85Decode"
            | b"A85"
            | b"LZWDecode"
            | b"LZW"
            | b"RunLengthDecode"
            | b"RL"
            | b"Crypt"
    )
}
