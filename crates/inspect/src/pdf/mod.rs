//! PDF: every object that a reader could find is looked at, whatever the file's own tables say. A file that readers repair
//! (without a table, with a wrong one, with something behind its end) is ordinary; one that ends within an object isn't.

mod cipher;
mod lexer;
mod names;
mod objects;
mod packed;
mod password;
mod scan;
mod spelling;
mod tree;

use std::io::{Read, Seek};

use crate::Refusal;
use crate::reading::{Fault, Reader, Walk};
use crate::strangers::Search;
use cipher::Key;
use objects::Found;
use tree::Value;

/// The largest dictionary that we read as a whole: a trailer's or the encryption's.
const DICTIONARY_AT_MOST: usize = 64 * 1024;
/// What may lie behind the end besides line ends and zeros: what a mail program or a slow download put there.
const BEHIND_AT_MOST: u64 = 64 * 1024;

/// Walks over the whole file.
pub(crate) fn walk<F: Read + Seek>(file: &mut Reader<F>) -> Walk {
    file.go_to(0);
    if !file.is_at(b"%PDF-")? {
        return Err(Refusal::Unknown.into());
    }
    let mut found = scan::scan(file)?;
    if found.is_ambiguous {
        names::note_anywhere(file, &mut found)?;
    }
    let key = key(file, &found)?;
    packed::look_into(file, &mut found, key.as_ref())?;
    if !found.has_catalog || found.objects == 0 {
        return Err(Refusal::Damaged.into());
    }
    judge_what_is_behind(file, found.end)?;
    Ok(found.flags)
}

/// The key when the file is encrypted and opens without a password.
fn key<F: Read + Seek>(file: &mut Reader<F>, found: &Found) -> Result<Option<Key>, Fault> {
    let Some(place) = found.encrypted_trailer else { return Ok(None) };
    let trailer = dictionary(file, place.at)?.ok_or(Refusal::Damaged)?;
    let id = match trailer.get("ID") {
        Some(Value::Array(parts)) => parts.first().and_then(Value::text).unwrap_or_default().to_vec(),
        _ => Vec::new(),
    };
    let encryption = match trailer.get("Encrypt") {
        Some(Value::Reference(number, generation)) => {
            let is_meant = |place: &&objects::Place| (place.number, place.generation) == (*number, *generation);
            match found.encryptions.iter().rev().find(is_meant) {
                Some(place) => dictionary(file, place.at)?,
                None => None,
            }
        }
        Some(Value::Other) | None => return Ok(None),
        Some(direct) => Some(direct.clone()),
    };
    let key = encryption.and_then(|encryption| password::key_without_password(&encryption, &id));
    key.map(Some).ok_or(Refusal::Encrypted.into())
}

fn dictionary<F: Read + Seek>(file: &mut Reader<F>, at: u64) -> Result<Option<Value>, Fault> {
    let mut bytes = vec![0; DICTIONARY_AT_MOST];
    file.go_to(at);
    let length = file.some(&mut bytes)?;
    Ok(tree::dictionary(&bytes[..length]))
}

/// Line ends and zeros may follow in any number, and a little of anything that is no file of its own.
fn judge_what_is_behind<F: Read + Seek>(file: &mut Reader<F>, end: u64) -> Result<(), Fault> {
    file.go_to(end);
    loop {
        let bytes = file.look()?;
        let length = bytes.len();
        let padding = bytes.iter().take_while(|byte| b"\0\t\n\x0c\r \x1a".contains(byte)).count();
        file.take(padding);
        if length == 0 || padding < length {
            break;
        }
    }
    if file.left() > BEHIND_AT_MOST {
        return Err(Refusal::Polyglot.into());
    }
    let mut search = Search::default();
    loop {
        let bytes = file.look()?;
        let length = bytes.len();
        if length == 0 {
            return Ok(());
        }
        if search.finds_in(bytes) {
            return Err(Refusal::Polyglot.into());
        }
        file.take(length);
    }
}
