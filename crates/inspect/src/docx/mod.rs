//! DOCX: a bounded ZIP whose directory, headers and parts agree, with a Word document in it. Only parts of XML are unpacked, and
//! nothing of them is kept.

mod content_types;
mod directory;
mod element;
mod encoding;
mod markup;
mod part;
mod words;

use std::collections::HashSet;
use std::io::{Read, Seek};
use std::ops::ControlFlow;

use crate::reading::{Fault, Reader, Walk};
use crate::{Flag, Refusal};
use content_types::{ContentTypes, Package};
use directory::{Directory, ENTRIES_AT_MOST, Entry};
use encoding::Text;
use markup::Event;
use part::Inflater;
use words::Words;

const UNPACKED_AT_MOST: u64 = 200 * 1024 * 1024;
const RATIO_AT_MOST: u64 = 200;
/// Small parts are not measured: 30 KB of styles that repeat themselves pack well, and harm nobody.
const MEASURED_FROM: u64 = 1024 * 1024;
/// What may lie between two entries: the sizes behind a content, and the room that some programs leave.
const GAP_AT_MOST: u64 = 1_024;

/// Walks over the directory and all parts of XML.
pub(crate) fn walk<F: Read + Seek>(file: &mut Reader<F>) -> Walk {
    let directory = Directory::read(file)?;
    let find = |name: &str| directory.entries.iter().find(|entry| entry.name.eq_ignore_ascii_case(name));
    let Some(types) = find("[Content_Types].xml") else {
        return Err(name_of_archive(&directory).into());
    };
    let starts = check(file, &directory)?;
    let start_of = |entry: &Entry| {
        starts[directory.entries.iter().position(|other| std::ptr::eq(other, entry)).unwrap_or_default()]
    };
    let mut inflater = Inflater::new();

    let mut package = Words::default();
    let relations = find("_rels/.rels").ok_or(Refusal::Archive)?;
    read_xml(file, relations, start_of(relations), &mut inflater, Content::Xml, &mut |event| package.event(event))?;
    let main_part = package.main_part.ok_or(Refusal::Archive)?;
    let main_part = main_part.trim_start_matches("./").trim_start_matches('/');
    let mut content_types = ContentTypes::new(main_part);
    read_xml(file, types, start_of(types), &mut inflater, Content::Xml, &mut |event| content_types.event(event))?;
    if let Package::Refused(refusal) = content_types.package() {
        return Err(refusal.into());
    }
    let main_entry = find(main_part).ok_or(Refusal::Damaged)?;

    let mut words = Words::default();
    for (entry, &start) in directory.entries.iter().zip(&starts) {
        let name = entry.name.to_ascii_lowercase();
        if name.ends_with("vbaproject.bin") {
            return Err(Refusal::MacroDocument.into());
        }
        let is_xml = std::ptr::eq(entry, main_entry) || [".xml", ".rels"].iter().any(|ending| name.ends_with(ending));
        let content = if is_xml { Content::Xml } else { Content::Any };
        read_xml(file, entry, start, &mut inflater, content, &mut |event| words.event(event))?;
        words.end_of_part();
        let is_within = |folder: &str| name.strip_prefix(folder).is_some_and(|rest| !rest.is_empty());
        if is_within("word/embeddings/") || is_within("word/activex/") {
            words.flag(Flag::Objects);
        }
    }
    if words.has_macros {
        return Err(Refusal::MacroDocument.into());
    }
    Ok(words.flags)
}

/// The limits, and that the directory describes the file as it is. Gives the places of the entries' contents.
fn check<F: Read + Seek>(file: &mut Reader<F>, directory: &Directory) -> Result<Vec<u64>, Fault> {
    if directory.count > ENTRIES_AT_MOST as u64 {
        return Err(Refusal::TooLarge.into());
    }
    if directory.has_much_behind() {
        return Err(Refusal::Polyglot.into());
    }
    let entries = &directory.entries;
    let packed: u64 = entries.iter().fold(0, |sum, entry| sum.saturating_add(entry.packed));
    let unpacked: u64 = entries.iter().fold(0, |sum, entry| sum.saturating_add(entry.unpacked));
    let is_bomb = |packed: u64, unpacked: u64| unpacked > MEASURED_FROM && unpacked / packed.max(1) > RATIO_AT_MOST;
    if unpacked > UNPACKED_AT_MOST
        || is_bomb(packed, unpacked)
        || entries.iter().any(|entry| is_bomb(entry.packed, entry.unpacked))
    {
        return Err(Refusal::TooLarge.into());
    }
    if entries.iter().any(|entry| entry.is_encrypted) {
        return Err(Refusal::Encrypted.into());
    }
    let mut names = HashSet::new();
    let is_sound = |entry: &Entry| {
        !entry.is_link
            && matches!(entry.method, part::STORED | part::DEFLATED)
            && (entry.method == part::DEFLATED || entry.packed == entry.unpacked)
            && is_plain_name(&entry.name)
    };
    if !entries.iter().all(|entry| is_sound(entry) && names.insert(entry.name.to_lowercase())) {
        return Err(Refusal::Damaged.into());
    }
    let mut starts = vec![0; entries.len()];
    let mut in_order: Vec<usize> = (0..entries.len()).collect();
    in_order.sort_by_key(|&index| entries[index].start);
    let mut end = 0;
    for index in in_order {
        let entry = &entries[index];
        // Before the first entry nothing belongs to the archive: what is there is hidden from whoever reads the directory.
        if end == 0 && entry.start > 0 {
            return Err(Refusal::Polyglot.into());
        }
        if entry.start < end || entry.start - end > GAP_AT_MOST {
            return Err(Refusal::Damaged.into());
        }
        starts[index] = part::content(file, entry)?;
        end = starts[index].checked_add(entry.packed).ok_or(Refusal::Damaged)?;
    }
    if end > directory.start || directory.start - end > GAP_AT_MOST {
        return Err(Refusal::Damaged.into());
    }
    Ok(starts)
}

/// What a part must be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Content {
    Xml,
    /// A picture, a font, a page that is pasted in. What begins as XML is read as far as it is that, whatever its name: a part's
    /// type needn't show in its name, and a drawing in SVG may have the document type that we don't read.
    Any,
}

/// Reads a part's XML.
fn read_xml<F: Read + Seek>(
    file: &mut Reader<F>,
    entry: &Entry,
    start: u64,
    inflater: &mut Inflater,
    content: Content,
    seen: &mut impl FnMut(Event<'_>),
) -> Result<(), Fault> {
    let or_give_up = |step: Result<(), Refusal>| match (step, content) {
        (Ok(()), _) => Ok(ControlFlow::Continue(())),
        (Err(_), Content::Any) => Ok(ControlFlow::Break(())),
        (Err(refusal), Content::Xml) => Err(refusal),
    };
    let mut text = None;
    part::read(file, entry, start, inflater, |bytes| {
        if text.is_none() && !bytes.is_empty() {
            match Text::new(bytes) {
                Ok(beginning) => text = Some(beginning),
                Err(refusal) => return or_give_up(Err(refusal)),
            }
        }
        text.as_mut().map_or(Ok(ControlFlow::Continue(())), |text| or_give_up(text.push(bytes, seen)))
    })?;
    if content == Content::Xml { text.map_or(Ok(()), |text| text.end().map_err(Fault::from)) } else { Ok(()) }
}

/// Neither absolute nor climbing, on any system.
fn is_plain_name(name: &str) -> bool {
    let parts: Vec<&str> = name.split('/').collect();
    !name.is_empty()
        && !name.contains(['\0', ':'])
        && !parts.contains(&"..")
        // A folder's own entry ends with a slash.
        && parts[..parts.len() - 1].iter().all(|part| !part.is_empty())
}

fn name_of_archive(directory: &Directory) -> Refusal {
    let has = |name: &str| directory.entries.iter().any(|entry| entry.name == name);
    // OpenDocument and EPUB say first what they are; programs for Java and Android don't.
    if has("mimetype") && (has("META-INF/manifest.xml") || has("META-INF/container.xml") || has("content.xml")) {
        return Refusal::OtherOffice;
    }
    if has("META-INF/MANIFEST.MF") || has("AndroidManifest.xml") || has("classes.dex") {
        return Refusal::Program;
    }
    Refusal::Archive
}
