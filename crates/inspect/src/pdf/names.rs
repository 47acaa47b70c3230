//! The names in a PDF that tell what it does. A name counts wherever it stands: the format lets every value be written
//! elsewhere and referred to, so that a name's place can be disguised, but not the name.

use std::io::{Read, Seek};

use super::lexer::is_regular;
use super::objects::Found;
use super::spelling::without_escapes;
use crate::Flag;
use crate::reading::{Fault, Reader};

/// Longer than any name that gives something away, each of its signs escaped.
const LONGEST: usize = 64;

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

/// Whether a reference behind this name would leave open how an object stream is unpacked.
pub(super) fn is_about_unpacking(name: &[u8]) -> bool {
    let is_value = matches!(name, b"FlateDecode" | b"Fl" | b"ObjStm");
    is_value
        || matches!(
            name,
            b"Type" | b"Filter" | b"F" | b"DecodeParms" | b"DP" | b"Predictor" | b"Columns" | b"First" | b"N"
        )
}

/// Notes every name in the whole file that gives something away, wherever it stands: for a file that can be read in two ways.
/// Links are left out: they stand in texts, too, and are what ordinary files have.
pub(super) fn note_anywhere<F: Read + Seek>(file: &mut Reader<F>, found: &mut Found) -> Result<(), Fault> {
    let mut name: Option<Vec<u8>> = None;
    file.go_to(0);
    loop {
        let bytes = file.look()?;
        let length = bytes.len();
        if length == 0 {
            break;
        }
        for &byte in bytes {
            match &mut name {
                Some(name) if is_regular(byte) && name.len() < LONGEST => name.push(byte),
                Some(_) => {
                    note(name.take(), found);
                    name = (byte == b'/').then(Vec::new);
                }
                None => name = (byte == b'/').then(Vec::new),
            }
        }
        file.take(length);
    }
    note(name, found);
    Ok(())
}

fn note(name: Option<Vec<u8>>, found: &mut Found) {
    if let Some(flag) = name.and_then(|name| flag(&without_escapes(&name)))
        && flag != Flag::Links
    {
        found.flag(flag);
    }
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
