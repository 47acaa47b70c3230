//! The directory of an OLE container: which storages and streams there are, and what lies in what.

use super::container::Container;

/// An entry's bytes.
pub(super) const ENTRY_SIZE: usize = 128;
/// The class of a Windows installer package.
const INSTALLER: [u8; 16] = [0x84, 0x10, 0x0c, 0, 0, 0, 0, 0, 0xc0, 0, 0, 0, 0, 0, 0, 0x46];

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum EntryKind {
    Storage,
    Stream,
    Root,
    Unused,
}

pub(super) struct Entry {
    /// In small letters, since names are equal whatever their letters.
    pub(super) name: String,
    pub(super) kind: EntryKind,
    pub(super) start: u32,
    pub(super) size: u64,
    pub(super) is_installer: bool,
    left: u32,
    right: u32,
    child: u32,
}

impl Entry {
    pub(super) fn read(bytes: &[u8; ENTRY_SIZE], version: u16) -> Self {
        let number = |at: usize| u32::from_le_bytes([bytes[at], bytes[at + 1], bytes[at + 2], bytes[at + 3]]);
        let length = usize::from(u16::from_le_bytes([bytes[64], bytes[65]])).min(64) / 2;
        let signs: Vec<u16> = bytes.as_chunks::<2>().0[..length].iter().map(|sign| u16::from_le_bytes(*sign)).collect();
        let name = String::from_utf16_lossy(&signs).trim_end_matches('\0').to_lowercase();
        let kind = match bytes[66] {
            1 => EntryKind::Storage,
            2 => EntryKind::Stream,
            5 => EntryKind::Root,
            _ => EntryKind::Unused,
        };
        // The upper half is rubbish in files of the third version.
        let upper = if version == 3 { 0 } else { u64::from(number(124)) << 32 };
        let is_installer = bytes[80..96] == INSTALLER;
        Self {
            name,
            kind,
            start: number(116),
            size: upper | u64::from(number(120)),
            is_installer,
            left: number(68),
            right: number(72),
            child: number(76),
        }
    }
}

impl Container {
    /// What lies in a storage, each once; the root is the first entry.
    pub(super) fn children(&self, storage: &Entry) -> Vec<&Entry> {
        let mut is_seen = vec![false; self.entries.len()];
        let mut children = Vec::new();
        let mut open = vec![storage.child];
        while let Some(index) = open.pop() {
            let Some(entry) = usize::try_from(index).ok().and_then(|index| {
                let is_new = !std::mem::replace(is_seen.get_mut(index)?, true);
                is_new.then(|| &self.entries[index])
            }) else {
                continue;
            };
            open.extend([entry.left, entry.right]);
            if matches!(entry.kind, EntryKind::Storage | EntryKind::Stream) {
                children.push(entry);
            }
        }
        children
    }
}
