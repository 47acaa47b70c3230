//! The one walk over a PDF from its first byte to its last. Objects are read token by token; in the bodies of streams only their
//! end is searched for, and objects that a table could point to there.

use std::io::{Read, Seek};
use std::ops::ControlFlow;

use super::lexer::{Lexer, Token};
use super::objects::{Found, Objects};
use crate::Refusal;
use crate::reading::{Fault, Reader};

/// What is looked at in one go.
const WINDOW: usize = 64 * 1024;
/// What of it is kept for the next: the longest mark, `endstream`, and a byte before it.
const CARRIED: usize = 16;

/// A part of the file, with a few bytes of the part before.
struct Window {
    bytes: Vec<u8>,
    /// Where in the file the first byte is.
    start: u64,
    /// The first byte that isn't read yet.
    cursor: usize,
}

/// How a stream's body ended.
enum BodyEnd {
    EndStream,
    /// At an object inside it, or at its own object's end without `endstream`.
    Object(&'static [u8]),
}

/// Walks over the whole file.
pub(super) fn scan<F: Read + Seek>(file: &mut Reader<F>) -> Result<Found, Fault> {
    let mut window = Window { bytes: Vec::with_capacity(WINDOW + CARRIED), start: 0, cursor: 0 };
    let mut lexer = Lexer::new();
    let mut objects = Objects::new();
    // The first byte of the stream's body that we are in.
    let mut body: Option<u64> = None;
    file.go_to(0);
    while window.move_on(file)? {
        while window.cursor < window.bytes.len() {
            if let Some(from) = body {
                let Some((mark, mark_end)) = window.body_end(from) else { break };
                body = None;
                window.cursor = mark_end;
                let at = window.place(mark_end);
                match mark {
                    BodyEnd::EndStream => objects.stream(from, at - 9),
                    BodyEnd::Object(word) => {
                        objects.stream(from, at - word.len() as u64);
                        let _ = objects.token(Token::Word(word), at);
                    }
                }
                continue;
            }
            let base = window.place(window.cursor);
            let mut has_broken = false;
            let read = lexer.push(&window.bytes[window.cursor..], |token, at| {
                let flow = objects.token(token, base + at as u64);
                has_broken = flow == ControlFlow::Break(());
                flow
            });
            window.cursor += read;
            if has_broken {
                body = Some(window.place(window.cursor));
            }
        }
    }
    if let Some(token) = lexer.end() {
        let _ = objects.token(token, file.size());
    }
    if body.is_some() || objects.found.is_in_object {
        return Err(Refusal::Damaged.into());
    }
    objects.close();
    Ok(objects.found)
}

impl Window {
    /// Reads the next part; false at the end.
    fn move_on<F: Read + Seek>(&mut self, file: &mut Reader<F>) -> Result<bool, Fault> {
        let dropped = self.bytes.len().saturating_sub(CARRIED);
        self.bytes.drain(..dropped);
        self.start += dropped as u64;
        let carried = self.bytes.len();
        self.bytes.resize(carried + WINDOW, 0);
        let read = file.some(&mut self.bytes[carried..])?;
        self.bytes.truncate(carried + read);
        self.cursor = carried;
        Ok(read > 0)
    }

    fn place(&self, at: usize) -> u64 {
        self.start + at as u64
    }

    /// The next mark in a body that began at `from`, and the place behind it. The marks end in rare letters, so those are
    /// searched for; what the part before held of a mark is still here.
    fn body_end(&mut self, from: u64) -> Option<(BodyEnd, usize)> {
        let first = usize::try_from(from.saturating_sub(self.start)).unwrap_or(usize::MAX).min(self.cursor);
        for hit in memchr::memchr2_iter(b'j', b'm', &self.bytes[self.cursor..]) {
            let end = self.cursor + hit + 1;
            let before = &self.bytes[first.min(end)..end];
            if before.ends_with(b"endstream") {
                return Some((BodyEnd::EndStream, end));
            }
            if before.ends_with(b"endobj") {
                return Some((BodyEnd::Object(b"endobj"), end));
            }
            if before.strip_suffix(b"obj").and_then(<[u8]>::last).is_some_and(|byte| !byte.is_ascii_alphabetic()) {
                return Some((BodyEnd::Object(b"obj"), end));
            }
        }
        self.cursor = self.bytes.len();
        None
    }
}
