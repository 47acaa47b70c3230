//! DOC: an OLE container with a Word stream, of Word 6 to Word 2003 and of everything that still writes it. Its text is searched
//! for fields only; how it looks is the preview's matter.

mod container;
mod directory;
mod text;

use std::io::{Read, Seek};

use crate::addresses::is_elsewhere;
use crate::reading::{Fault, Reader, Walk};
use crate::{Flag, Refusal};
use container::Container;
use directory::{Entry, EntryKind};
use text::Fields;

/// What is read of the Word stream's head, the FIB: to the place of the list of what the document is tied to.
const FIB: usize = 0x1a2;
const IS_TEMPLATE: u16 = 0x0001;
const IS_ENCRYPTED: u16 = 0x0100;
const USES_SECOND_TABLE: u16 = 0x0200;
/// Word 97's first number; before it, macros lie in the Word stream.
const WORD_97: u16 = 0xc0;
/// What is read of the list, which holds a path or two.
const TIES_AT_MOST: u32 = 16 * 1024;

/// Walks over the container's tables and the Word stream.
pub(crate) fn walk<F: Read + Seek>(file: &mut Reader<F>) -> Walk {
    let container = Container::open(file)?;
    let root = container.entries.first().ok_or(Refusal::Damaged)?;
    let children = container.children(root);
    let has = |name: &str| children.iter().any(|entry| entry.name == name);
    if has("encryptedpackage") {
        return Err(Refusal::Encrypted.into());
    }
    let is_word = |entry: &&&Entry| entry.name == "worddocument" && entry.kind == EntryKind::Stream;
    let Some(word) = children.iter().find(is_word) else {
        return Err(if root.is_installer { Refusal::Program } else { Refusal::OtherOffice }.into());
    };
    let mut flags = flags_of_storages(&container, &children);
    let mut head = Vec::with_capacity(FIB);
    let mut fields = Fields::default();
    container.read(file, word, |piece| {
        head.extend_from_slice(&piece[..piece.len().min(FIB - head.len())]);
        fields.push(piece);
    })?;
    fields.judge();
    flags.append(&mut fields.flags);
    let fib = Fib::read(&head)?;
    if fib.flags & IS_ENCRYPTED != 0 {
        return Err(Refusal::Encrypted.into());
    }
    // Old macros exist in templates only, and a template may carry a document's name.
    if fib.version < WORD_97 && fib.flags & IS_TEMPLATE != 0 {
        flags.push(Flag::Macros);
    }
    let table = if fib.flags & USES_SECOND_TABLE == 0 { "0table" } else { "1table" };
    if let Some(table) = children.iter().find(|entry| entry.name == table)
        && is_tied_elsewhere(&container, file, table, fib.ties)?
    {
        flags.push(Flag::RemoteContent);
    }
    Ok(flags)
}

/// What the names of storages and streams tell, wherever they lie.
fn flags_of_storages(container: &Container, children: &[&Entry]) -> Vec<Flag> {
    let mut flags = Vec::new();
    let is_macros = |entry: &Entry| {
        entry.kind != EntryKind::Unused
            && matches!(entry.name.as_str(), "macros" | "vba" | "_vba_project" | "_vba_project_cur")
    };
    if container.entries.iter().any(is_macros) {
        flags.push(Flag::Macros);
    }
    let pool = children.iter().find(|entry| entry.name == "objectpool");
    let is_package = |entry: &Entry| entry.kind == EntryKind::Stream && entry.name == "\u{1}ole10native";
    if pool.is_some_and(|pool| !container.children(pool).is_empty()) || container.entries.iter().any(is_package) {
        flags.push(Flag::Objects);
    }
    flags
}

/// The Word stream's head.
struct Fib {
    version: u16,
    flags: u16,
    /// Where the list of what the document is tied to lies in the table stream, and how long it is.
    ties: (u32, u32),
}

impl Fib {
    fn read(bytes: &[u8]) -> Result<Self, Fault> {
        let short = |at: usize| bytes.get(at..at + 2).map(|two| u16::from_le_bytes([two[0], two[1]]));
        let long = |at: usize| Some(u32::from(short(at)?) | u32::from(short(at + 2)?) << 16);
        let (Some(mark), Some(version), Some(flags)) = (short(0), short(2), short(10)) else {
            return Err(Refusal::Damaged.into());
        };
        // Word 97 and later; Word 6 and 95; and their East Asian editions.
        if !matches!(mark, 0xa5ec | 0xa5dc | 0xa697..=0xa699) {
            return Err(Refusal::Damaged.into());
        }
        let ties = if version < WORD_97 { None } else { long(0x19a).zip(long(0x19e)) };
        Ok(Self { version, flags, ties: ties.unwrap_or_default() })
    }
}

/// Whether the document's template, the list's second string, lies on another machine.
fn is_tied_elsewhere<F: Read + Seek>(
    container: &Container,
    file: &mut Reader<F>,
    table: &Entry,
    (start, length): (u32, u32),
) -> Result<bool, Fault> {
    let wanted = u64::from(start)..u64::from(start) + u64::from(length.min(TIES_AT_MOST));
    let mut list = Vec::new();
    let mut at = 0_u64;
    container.read(file, table, |piece| {
        list.extend(piece.iter().zip(at..).filter(|(_, at)| wanted.contains(at)).map(|(byte, _)| *byte));
        at += piece.len() as u64;
    })?;
    let signs: Vec<u16> = list.as_chunks::<2>().0.iter().map(|sign| u16::from_le_bytes(*sign)).collect();
    // 0xFFFF says that signs are of two bytes; then the number of strings, and each with its length before it.
    let [0xffff, _, 0, rest @ ..] = &signs[..] else { return Ok(false) };
    let template = rest.split_first().and_then(|(length, rest)| {
        let (length, rest) = rest.get(usize::from(*length)..)?.split_first()?;
        rest.get(..usize::from(*length))
    });
    Ok(template.is_some_and(|template| is_elsewhere(&String::from_utf16_lossy(template))))
}
