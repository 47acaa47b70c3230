//! The encodings in which a part may be written: UTF-8, and UTF-16 of either order, which Word reads, too. Any other could spell
//! a command so that only Word sees it.

use super::markup::{Event, Markup};
use crate::Refusal;
use crate::reading::Order;

/// How far the declaration of an encoding is looked for.
const DECLARATION: usize = 256;

/// A part's text on its way into [`Markup`].
pub(super) struct Text {
    markup: Markup,
    wide: Option<Order>,
    /// A first byte without its second, and a first surrogate without its second.
    half: Option<u8>,
    surrogate: Option<u16>,
    plain: String,
}

/// Whether a part can be XML by its first bytes.
fn is_xml(start: &[u8]) -> bool {
    let start = start.strip_prefix(b"\xef\xbb\xbf").unwrap_or(start).trim_ascii_start();
    matches!(start, [b'<', ..] | [0xff, 0xfe, ..] | [0xfe, 0xff, ..] | [0, b'<', ..])
}

impl Text {
    /// From the part's first bytes.
    pub(super) fn new(start: &[u8]) -> Result<Self, Refusal> {
        if !is_xml(start) {
            return Err(Refusal::Damaged);
        }
        let wide = match start {
            [0xff, 0xfe, ..] | [b'<', 0, ..] => Some(Order::Little),
            [0xfe, 0xff, ..] | [0, b'<', ..] => Some(Order::Big),
            _ => None,
        };
        if wide.is_none() && !declares_what_we_read(&start[..start.len().min(DECLARATION)]) {
            return Err(Refusal::Damaged);
        }
        Ok(Self { markup: Markup::new(), wide, half: None, surrogate: None, plain: String::new() })
    }

    pub(super) fn push(&mut self, bytes: &[u8], seen: &mut impl FnMut(Event<'_>)) -> Result<(), Refusal> {
        let Some(order) = self.wide else { return self.markup.push(bytes, seen) };
        self.plain.clear();
        for &byte in bytes {
            let Some(first) = self.half.take() else {
                self.half = Some(byte);
                continue;
            };
            let unit =
                if order == Order::Big { u16::from_be_bytes([first, byte]) } else { u16::from_le_bytes([first, byte]) };
            let units = self.surrogate.take().into_iter().chain([unit]);
            if matches!(unit, 0xd800..0xdc00) {
                self.surrogate = Some(unit);
            } else {
                self.plain.extend(char::decode_utf16(units).map(|sign| sign.unwrap_or(char::REPLACEMENT_CHARACTER)));
            }
        }
        self.markup.push(self.plain.as_bytes(), seen)
    }

    pub(super) fn end(&self) -> Result<(), Refusal> {
        self.markup.end()
    }
}

/// Encodings in which plain letters are what they are in ASCII.
fn declares_what_we_read(start: &[u8]) -> bool {
    let Some(end) = memchr::memmem::find(start, b"?>") else { return true };
    let declaration = String::from_utf8_lossy(&start[..end]).to_ascii_lowercase();
    let Some((_, value)) = declaration.split_once("encoding") else { return true };
    let value = value.trim_start_matches(|sign: char| sign.is_whitespace() || matches!(sign, '=' | '"' | '\''));
    ["utf-8", "utf8", "us-ascii", "ascii", "iso-8859-", "windows-125"].iter().any(|known| value.starts_with(known))
}
