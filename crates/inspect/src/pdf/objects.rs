//! What a walk over a PDF's objects notices, token by token. It trusts no table of objects: whatever such a table could point to
//! has been seen, since every `obj` counts.

use std::ops::ControlFlow;

use super::{lexer::Token, names};
use crate::Flag;

/// How many encryption dictionaries are remembered; honest files have one, and one more per change at most.
const ENCRYPTIONS: usize = 64;
/// How many object streams are looked into. A file of 200 MB with a hundred objects in each has some 20,000.
const PACKED_AT_MOST: usize = 100_000;

/// Where an object's dictionary is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Place {
    pub(super) number: u32,
    pub(super) generation: u16,
    /// The first byte behind `obj` or `trailer`.
    pub(super) at: u64,
}

/// A stream that holds objects.
#[derive(Clone, Copy, Debug)]
pub(super) struct Packed {
    pub(super) place: Place,
    /// The first byte behind `stream`.
    pub(super) body: u64,
    /// Where `endstream` was found, or where the dictionary says that it is, whichever is later.
    pub(super) end: u64,
    pub(super) is_deflated: bool,
}

/// What is found so far.
#[derive(Debug, Default)]
pub(super) struct Found {
    pub(super) flags: Vec<Flag>,
    pub(super) packed: Vec<Packed>,
    pub(super) has_catalog: bool,
    pub(super) objects: u64,
    /// The last trailer that says it is encrypted.
    pub(super) encrypted_trailer: Option<Place>,
    pub(super) encryptions: Vec<Place>,
    /// Just behind the last thing that belongs to the file.
    pub(super) end: u64,
    pub(super) is_in_object: bool,
    /// Whether a part of it can be read in two ways, so that names may stand where we saw a string, a comment or a stream.
    pub(super) is_ambiguous: bool,
}

impl Found {
    pub(super) fn flag(&mut self, flag: Flag) {
        if !self.flags.contains(&flag) {
            self.flags.push(flag);
        }
    }
}

/// The dictionary that is being read.
#[derive(Debug, Default)]
#[expect(clippy::struct_excessive_bools, reason = "each is a name that was seen or wasn't, in any combination")]
struct Seen {
    place: Place,
    is_trailer: bool,
    is_object_stream: bool,
    is_table: bool,
    has_encryption: bool,
    is_standard_encryption: bool,
    is_deflated: bool,
    has_filter: bool,
    has_other_filter: bool,
    has_predictor: bool,
    /// `First` and `N`: only a stream that holds objects has both, whatever it says of its type.
    has_first: bool,
    has_count: bool,
    /// Whether what matters for unpacking stands elsewhere.
    is_indirect: bool,
    /// How many dictionaries are open.
    depth: u32,
    length: u64,
}

/// What the next number says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Awaited {
    Nothing,
    Length,
    Predictor,
    /// `DecodeParms`, whose value may stand elsewhere.
    Parameters,
    /// Behind `startxref`.
    TablePlace,
}

pub(super) struct Objects {
    pub(super) found: Found,
    seen: Seen,
    /// The last two words, when they are numbers.
    numbers: [Option<u64>; 2],
    awaited: Awaited,
    is_behind_dictionary: bool,
    /// Whether the last name is one whose value matters for unpacking.
    is_about_unpacking: bool,
}

impl Objects {
    pub(super) fn new() -> Self {
        let seen = Seen::default();
        Self {
            found: Found::default(),
            seen,
            numbers: [None; 2],
            awaited: Awaited::Nothing,
            is_behind_dictionary: false,
            is_about_unpacking: false,
        }
    }

    /// Takes a token that ends at a place in the file. Breaks at the beginning of a stream's body.
    pub(super) fn token(&mut self, token: Token<'_>, at: u64) -> ControlFlow<()> {
        let was_behind_dictionary = std::mem::replace(&mut self.is_behind_dictionary, token == Token::DictionaryClose);
        match token {
            Token::Name(name) => self.name(name),
            Token::Word(b"stream") if was_behind_dictionary && self.found.is_in_object => {
                // Some readers pass over a word that stands inside a dictionary.
                self.found.is_ambiguous |= self.seen.depth != 0;
                return ControlFlow::Break(());
            }
            Token::Word(b"R") if self.is_about_unpacking => self.seen.is_indirect = true,
            Token::HiddenObject => {
                self.found.is_ambiguous = true;
                self.word(b"obj", at);
            }
            Token::Word(word) => self.word(word, at),
            Token::EndMark => self.found.end = at,
            Token::DictionaryClose => {
                self.seen.depth = self.seen.depth.saturating_sub(1);
                if self.seen.is_trailer {
                    self.found.end = at;
                }
            }
            Token::DictionaryOpen => {
                self.seen.depth = self.seen.depth.saturating_add(1);
                self.awaited = Awaited::Nothing;
            }
            Token::ArrayOpen | Token::Text(_) => self.awaited = Awaited::Nothing,
            Token::ArrayClose => {}
        }
        ControlFlow::Continue(())
    }

    /// Takes the stream whose dictionary was read last.
    pub(super) fn stream(&mut self, body: u64, end: u64) {
        let seen = &self.seen;
        if !(seen.is_object_stream || seen.has_first && seen.has_count) {
            return;
        }
        let is_unreadable =
            seen.has_other_filter || seen.has_predictor || seen.is_indirect || seen.has_filter && !seen.is_deflated;
        if is_unreadable || self.found.packed.len() >= PACKED_AT_MOST {
            // What can't be looked into may hold anything.
            self.found.flag(Flag::Script);
            return;
        }
        let end = end.max(body.saturating_add(seen.length));
        self.found.packed.push(Packed { place: seen.place, body, end, is_deflated: seen.is_deflated });
    }

    fn name(&mut self, name: &[u8]) {
        if let Some(flag) = names::flag(name) {
            self.found.flag(flag);
        }
        self.awaited = Awaited::Nothing;
        self.is_about_unpacking = names::is_about_unpacking(name);
        let seen = &mut self.seen;
        match name {
            b"First" => seen.has_first = true,
            b"N" => seen.has_count = true,
            b"ObjStm" => seen.is_object_stream = true,
            b"XRef" => seen.is_table = true,
            b"Catalog" | b"Root" => self.found.has_catalog = true,
            b"Encrypt" => seen.has_encryption = true,
            b"Standard" => seen.is_standard_encryption = true,
            b"Filter" => seen.has_filter = true,
            b"FlateDecode" | b"Fl" => seen.is_deflated = true,
            b"Length" => self.awaited = Awaited::Length,
            b"Predictor" => self.awaited = Awaited::Predictor,
            b"DecodeParms" | b"DP" => self.awaited = Awaited::Parameters,
            name => seen.has_other_filter |= names::is_other_filter(name),
        }
    }

    fn word(&mut self, word: &[u8], at: u64) {
        let number = number(word);
        match (self.awaited, number) {
            (Awaited::Length, Some(length)) => self.seen.length = length,
            (Awaited::Predictor, Some(predictor)) => self.seen.has_predictor |= predictor > 1,
            (Awaited::Parameters, Some(_)) => self.seen.has_predictor = true,
            (Awaited::TablePlace, Some(_)) => self.found.end = at,
            _ => {}
        }
        self.awaited = Awaited::Nothing;
        if number.is_some() {
            self.numbers = [self.numbers[1], number];
            return;
        }
        match word {
            b"endobj" => {
                self.close();
                self.found.end = at;
                self.found.objects += 1;
            }
            b"trailer" | b"xref" | b"startxref" => {
                self.close();
                self.seen.place.at = at;
                self.seen.is_trailer = word == b"trailer";
                if word == b"startxref" {
                    self.awaited = Awaited::TablePlace;
                }
            }
            _ if word.strip_suffix(b"obj").is_some_and(|before| before.iter().all(u8::is_ascii_digit)) => {
                self.open(word, at);
            }
            _ => {}
        }
        self.numbers = [None; 2];
    }

    /// Begins an object; `0obj` has its generation with it.
    fn open(&mut self, word: &[u8], at: u64) {
        self.close();
        let glued = word.strip_suffix(b"obj").and_then(number);
        let [object, generation] = if glued.is_some() { [self.numbers[1], glued] } else { self.numbers };
        let object = object.and_then(|number| u32::try_from(number).ok()).unwrap_or(0);
        let generation = generation.and_then(|number| u16::try_from(number).ok()).unwrap_or(0);
        self.seen.place = Place { number: object, generation, at };
        self.found.is_in_object = true;
    }

    /// Keeps what the dictionary before says of the encryption. Trailers are such dictionaries, too, and are closed by what
    /// follows, or by the file's end.
    pub(super) fn close(&mut self) {
        let seen = std::mem::take(&mut self.seen);
        self.found.is_in_object = false;
        if seen.has_encryption && (seen.is_trailer || seen.is_table) {
            self.found.encrypted_trailer = Some(seen.place);
        }
        if seen.is_standard_encryption {
            if self.found.encryptions.len() >= ENCRYPTIONS {
                self.found.encryptions.remove(0);
            }
            self.found.encryptions.push(seen.place);
        }
    }
}

fn number(word: &[u8]) -> Option<u64> {
    if word.first().is_none_or(|first| !first.is_ascii_digit()) {
        return None;
    }
    str::from_utf8(word).ok().and_then(|word| word.parse().ok())
}
