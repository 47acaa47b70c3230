//! PDF's tokens, from bytes that come in pieces of any size. Nothing grows with the file: what is longer than a token of
//! interest can be is cut.

use std::ops::ControlFlow;

use super::spelling::{from_hex, without_backslashes, without_escapes};

/// The longest name, number or string whose text is kept.
const KEPT: usize = 512;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Token<'a> {
    /// Without its slash, and with its `#xx` resolved.
    Name(&'a [u8]),
    /// A string of either form, as the bytes that it stands for.
    Text(&'a [u8]),
    /// A number or a keyword.
    Word(&'a [u8]),
    DictionaryOpen,
    DictionaryClose,
    ArrayOpen,
    ArrayClose,
    /// The comment `%%EOF`.
    EndMark,
    /// `obj` inside a comment or a string: what follows can be read in two ways.
    HiddenObject,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    Between,
    Word,
    Name,
    Comment,
    /// In a literal string, so many parentheses deep.
    Literal(u32),
    /// Behind a backslash in a literal string.
    Escape(u32),
    Hex,
    Less,
    Greater,
}

pub(super) struct Lexer {
    state: State,
    text: Vec<u8>,
    /// Whether the text is longer than what is kept of it.
    is_cut: bool,
    /// The last eight bytes of a comment or a string.
    recent: u64,
}

impl Lexer {
    pub(super) fn new() -> Self {
        Self { state: State::Between, text: Vec::with_capacity(KEPT), is_cut: false, recent: 0 }
    }

    /// Reads on, and shows each token with the place just behind it in `bytes`. When `seen` breaks, it stops there and says
    /// how far it came; otherwise it came to the end.
    pub(super) fn push(&mut self, bytes: &[u8], mut seen: impl FnMut(Token<'_>, usize) -> ControlFlow<()>) -> usize {
        let mut at = 0;
        while at < bytes.len() {
            let byte = bytes[at];
            let is_over = matches!(self.state, State::Word | State::Name) && !is_regular(byte);
            if !is_over {
                at += 1;
            }
            let token = if is_over { Some(self.finish()) } else { self.step(byte) };
            if let Some(token) = token
                && seen(token, at).is_break()
            {
                return at;
            }
        }
        at
    }

    /// The last word, when the bytes ended with it.
    pub(super) fn end(&mut self) -> Option<Token<'_>> {
        if matches!(self.state, State::Word | State::Name) { Some(self.finish()) } else { None }
    }

    fn step(&mut self, byte: u8) -> Option<Token<'_>> {
        match self.state {
            State::Word | State::Name => self.keep(byte),
            State::Comment => {
                if matches!(byte, b'\r' | b'\n') {
                    self.state = State::Between;
                    return None;
                }
                if self.text.len() < b"%EOF".len() {
                    self.text.push(byte);
                    if self.text == b"%EOF" {
                        return Some(Token::EndMark);
                    }
                }
                self.watch(byte)
            }
            State::Literal(depth) => match byte {
                b'(' => {
                    self.state = State::Literal(depth.saturating_add(1));
                    self.keep(byte)
                }
                b')' if depth == 0 => Some(self.text_token()),
                b')' => {
                    self.state = State::Literal(depth - 1);
                    self.keep(byte)
                }
                b'\\' => {
                    self.state = State::Escape(depth);
                    self.keep(byte)
                }
                byte => {
                    self.keep(byte);
                    self.watch(byte)
                }
            },
            State::Escape(depth) => {
                self.state = State::Literal(depth);
                self.keep(byte)
            }
            State::Hex => {
                if byte == b'>' {
                    self.text = from_hex(&self.text);
                    self.state = State::Between;
                    return Some(Token::Text(&self.text));
                }
                self.keep(byte);
                self.watch(byte)
            }
            State::Less if byte == b'<' => Some(self.closing(Token::DictionaryOpen)),
            State::Less => {
                self.state = State::Hex;
                self.step(byte)
            }
            State::Greater if byte == b'>' => Some(self.closing(Token::DictionaryClose)),
            State::Between | State::Greater => self.begin(byte),
        }
    }

    /// The first byte of what comes next.
    fn begin(&mut self, byte: u8) -> Option<Token<'_>> {
        self.text.clear();
        self.is_cut = false;
        self.recent = 0;
        self.state = match byte {
            b'/' => State::Name,
            b'%' => State::Comment,
            b'(' => State::Literal(0),
            b'<' => State::Less,
            b'>' => State::Greater,
            b'[' => return Some(self.closing(Token::ArrayOpen)),
            b']' => return Some(self.closing(Token::ArrayClose)),
            byte if is_regular(byte) => {
                self.text.push(byte);
                State::Word
            }
            _ => State::Between,
        };
        None
    }

    fn closing(&mut self, token: Token<'static>) -> Token<'static> {
        self.state = State::Between;
        token
    }

    fn keep(&mut self, byte: u8) -> Option<Token<'_>> {
        if self.text.len() < KEPT {
            self.text.push(byte);
        } else {
            self.is_cut = true;
        }
        None
    }

    /// A table of objects may point into a comment or a string, and readers then find an object there. So `obj` counts
    /// wherever it stands.
    fn watch(&mut self, byte: u8) -> Option<Token<'_>> {
        self.recent = self.recent << 8 | u64::from(byte);
        let [.., before, b'o', b'b', b'j'] = self.recent.to_be_bytes() else { return None };
        if self.recent.to_be_bytes().ends_with(b"endobj") {
            return Some(self.closing(Token::Word(b"endobj")));
        }
        if before.is_ascii_alphabetic() { None } else { Some(self.closing(Token::HiddenObject)) }
    }

    fn finish(&mut self) -> Token<'_> {
        let was = std::mem::replace(&mut self.state, State::Between);
        // What is cut is longer than any name that we know, and equal to none.
        if was == State::Word {
            return Token::Word(&self.text);
        }
        if self.text.contains(&b'#') && !self.is_cut {
            self.text = without_escapes(&self.text);
        }
        Token::Name(&self.text)
    }

    fn text_token(&mut self) -> Token<'_> {
        self.state = State::Between;
        if self.text.contains(&b'\\') {
            self.text = without_backslashes(&self.text);
        }
        Token::Text(&self.text)
    }
}

/// Neither white space nor a delimiter.
pub(super) fn is_regular(byte: u8) -> bool {
    !matches!(
        byte,
        0 | b'\t' | b'\n' | 0x0c | b'\r' | b' ' | b'(' | b')' | b'<' | b'>' | b'[' | b']' | b'{' | b'}' | b'/' | b'%'
    )
}
