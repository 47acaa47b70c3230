//! An element of XML, as far as anybody here asks, and what names and entities are made of.

/// An element's name and its attributes; at its end, its name only.
#[derive(Debug, Default)]
pub(super) struct Element {
    pub(super) name: Vec<u8>,
    pub(super) attributes: Vec<(Vec<u8>, Vec<u8>)>,
}

/// The elements whose attributes somebody asks for. All others are gone over quickly.
const ASKED_FOR: [&[u8]; 6] = [b"Relationship", b"Override", b"Default", b"fldSimple", b"fldChar", b"altChunk"];

impl Element {
    pub(super) fn is_asked_for(&self) -> bool {
        ASKED_FOR.contains(&self.name())
    }

    /// Without its prefix: who writes a prefix of his own hides nothing.
    pub(super) fn name(&self) -> &[u8] {
        local(&self.name)
    }

    /// An attribute's value, by its name without a prefix; white space in it as single blanks.
    pub(super) fn attribute(&self, name: &str) -> Option<&str> {
        let (_, value) = self.attributes.iter().find(|(key, _)| local(key) == name.as_bytes())?;
        // What was cut within a sign loses that sign.
        Some(
            str::from_utf8(value)
                .unwrap_or_else(|error| str::from_utf8(&value[..error.valid_up_to()]).unwrap_or_default()),
        )
    }
}

fn local(name: &[u8]) -> &[u8] {
    name.rsplit(|byte| *byte == b':').next().unwrap_or(name)
}

/// The sign that an entity stands for, of those that need no declaration.
pub(super) fn resolve(entity: &[u8]) -> Option<char> {
    match entity {
        b"lt" => Some('<'),
        b"gt" => Some('>'),
        b"amp" => Some('&'),
        b"quot" => Some('"'),
        b"apos" => Some('\''),
        [b'#', b'x', digits @ ..] => char::from_u32(u32::from_str_radix(str::from_utf8(digits).ok()?, 16).ok()?),
        [b'#', digits @ ..] => char::from_u32(str::from_utf8(digits).ok()?.parse().ok()?),
        _ => None,
    }
}

/// Whether a name may have this byte.
pub(super) fn is_name(byte: u8) -> bool {
    IS_NAME[usize::from(byte)]
}

/// The bytes that a name may have.
const IS_NAME: [bool; 256] = {
    let mut table = [false; 256];
    let mut byte = 0_u8;
    loop {
        table[byte as usize] = byte.is_ascii_alphanumeric() || matches!(byte, b':' | b'_' | b'-' | b'.' | 0x80..);
        if byte == u8::MAX {
            break table;
        }
        byte += 1;
    }
};
