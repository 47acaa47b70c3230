//! Object streams: objects that are packed together, where active content can hide from whoever searches the bytes only.

use std::io::{Read, Seek};
use std::ops::ControlFlow;

use flate2::{Decompress, FlushDecompress, Status};

use super::cipher::{Cipher, Key};
use super::lexer::{Lexer, Token};
use super::names;
use super::objects::{Found, Packed};
use crate::reading::{Fault, Reader};
use crate::{Flag, Refusal};

/// The most that all object streams of a file may hold together.
const UNPACKED_AT_MOST: u64 = 64 * 1024 * 1024;
/// What is read and unpacked at once; whole AES blocks.
const PIECE: usize = 16 * 1024;

/// What is left to be read and unpacked, so that streams that overlap can't make it more.
struct Budget {
    read: u64,
    unpacked: u64,
}

/// Looks into every object stream found, and adds what is there.
pub(super) fn look_into<F: Read + Seek>(
    file: &mut Reader<F>,
    found: &mut Found,
    key: Option<&Key>,
) -> Result<(), Fault> {
    let mut budget = Budget { read: file.size().saturating_mul(2), unpacked: UNPACKED_AT_MOST };
    let mut inflater = Decompress::new(true);
    for packed in std::mem::take(&mut found.packed) {
        let mut reading = Names { lexer: Lexer::new(), is_first: true, looks_right: false, found };
        go_to_body(file, &packed, key.is_some())?;
        let mut cipher = key.map_or(Cipher::Plain, |key| key.cipher(packed.place.number, packed.place.generation));
        if packed.is_deflated {
            inflate(file, &mut cipher, &mut inflater, &mut budget, &mut reading)?;
        } else {
            copy(file, &mut cipher, packed.end, &mut budget, &mut reading)?;
        }
        if !reading.looks_right {
            // What can't be looked into may hold anything.
            found.flag(Flag::Script);
        }
    }
    Ok(())
}

/// Goes over the line's end behind `stream`. Some programs write blanks and two ends there; in what is encrypted each byte counts.
fn go_to_body<F: Read + Seek>(file: &mut Reader<F>, packed: &Packed, is_encrypted: bool) -> Result<(), Fault> {
    file.go_to(packed.body);
    let mut before = b' ';
    while let Some(&byte) = file.look()?.first() {
        let is_over = is_encrypted && (before == b'\n' || before == b'\r' && byte != b'\n');
        if is_over || !byte.is_ascii_whitespace() {
            break;
        }
        before = byte;
        file.take(1);
    }
    Ok(())
}

/// The packed data say themselves where they end; a false `endstream` inside them hides nothing.
fn inflate<F: Read + Seek>(
    file: &mut Reader<F>,
    cipher: &mut Cipher,
    inflater: &mut Decompress,
    budget: &mut Budget,
    names: &mut Names<'_>,
) -> Result<(), Fault> {
    inflater.reset(true);
    let mut packed = vec![0; PIECE];
    let mut unpacked = vec![0; PIECE];
    loop {
        let length = file.some(&mut packed)?;
        let mut input = cipher.apply(&mut packed[..length]);
        budget.read = budget.read.checked_sub(length as u64).ok_or(Refusal::TooLarge)?;
        loop {
            let (before_in, before_out) = (inflater.total_in(), inflater.total_out());
            let status = inflater.decompress(input, &mut unpacked, FlushDecompress::None);
            let taken = usize::try_from(inflater.total_in() - before_in).expect("a piece at most");
            let made = usize::try_from(inflater.total_out() - before_out).expect("a piece at most");
            input = &input[taken..];
            budget.unpacked = budget.unpacked.checked_sub(made as u64).ok_or(Refusal::TooLarge)?;
            names.push(&unpacked[..made]);
            // Damaged data are shown by readers as far as they go, and so they are read here.
            if matches!(status, Err(_) | Ok(Status::StreamEnd)) {
                names.end();
                return Ok(());
            }
            if taken == 0 && made == 0 {
                break;
            }
        }
        if length == 0 {
            names.end();
            return Ok(());
        }
    }
}

fn copy<F: Read + Seek>(
    file: &mut Reader<F>,
    cipher: &mut Cipher,
    end: u64,
    budget: &mut Budget,
    names: &mut Names<'_>,
) -> Result<(), Fault> {
    let mut piece = vec![0; PIECE];
    let mut left = end.min(file.size()).saturating_sub(file.position());
    while left > 0 {
        let length = usize::try_from(left).unwrap_or(PIECE).min(PIECE);
        let length = file.some(&mut piece[..length])?;
        budget.read = budget.read.checked_sub(length as u64).ok_or(Refusal::TooLarge)?;
        names.push(cipher.apply(&mut piece[..length]));
        left -= length as u64;
    }
    names.end();
    Ok(())
}

/// The names in an object stream.
struct Names<'a> {
    lexer: Lexer,
    is_first: bool,
    /// Whether it begins with a number, as object streams do, and what is wrongly unpacked doesn't.
    looks_right: bool,
    found: &'a mut Found,
}

impl Names<'_> {
    fn push(&mut self, bytes: &[u8]) {
        let Self { lexer, is_first, looks_right, found } = self;
        lexer.push(bytes, |token, _| {
            notice(token, is_first, looks_right, found);
            ControlFlow::Continue(())
        });
    }

    fn end(&mut self) {
        let Self { lexer, is_first, looks_right, found } = self;
        if let Some(token) = lexer.end() {
            notice(token, is_first, looks_right, found);
        }
    }
}

fn notice(token: Token<'_>, is_first: &mut bool, looks_right: &mut bool, found: &mut Found) {
    if std::mem::replace(is_first, false) {
        *looks_right = matches!(token, Token::Word(word) if word.iter().all(u8::is_ascii_digit));
    }
    if token == Token::HiddenObject {
        // No object stream has that, unless it wants to be read in two ways.
        found.flag(Flag::Script);
    }
    if let Token::Name(name) = token {
        found.has_catalog |= name == b"Catalog";
        if let Some(flag) = names::flag(name) {
            found.flag(flag);
        }
    }
}
