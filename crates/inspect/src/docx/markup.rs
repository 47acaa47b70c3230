//! XML as it comes, in pieces of any size, without DTD and without entities but the five and numbers. It holds no tree and no
//! text; a part of a hundred megabytes costs as much memory as one of a hundred bytes.

mod passing;

use super::element::{Element, is_name, resolve};
use crate::Refusal;

const NAME_AT_MOST: usize = 256;
/// What of an attribute's value is kept. Drawings have values of megabytes, which nobody here asks for.
const VALUE_KEPT: usize = 4_096;
const ATTRIBUTES_AT_MOST: usize = 256;
const DEPTH_AT_MOST: u32 = 4_096;
const ENTITY_AT_MOST: usize = 10;

#[derive(Clone, Copy, Debug)]
pub(super) enum Event<'a> {
    /// An element's beginning.
    Start(&'a Element),
    /// An element's end; also of one that is empty.
    End(&'a Element),
    /// A piece of text; resolved entities come as pieces of their own.
    Text(&'a [u8]),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    Text,
    Open,
    /// Behind `<!`, until it is known what comes.
    Bang,
    Comment,
    Unparsed,
    Instruction,
    StartName,
    EndName,
    /// Between attributes.
    Inside,
    /// Behind the slash of an empty element.
    Slash,
    AttributeName,
    Equals,
    Value(u8),
    /// In an element that nobody asks for, between its attributes and in a value with this quote.
    Passing,
    PassingValue(u8),
    /// In an entity, in the text or in a value with this quote.
    Entity(Option<u8>),
}

pub(super) struct Markup {
    state: State,
    element: Element,
    /// The piece of markup that is being read, where no name is.
    held: Vec<u8>,
    /// Whether the last byte of an element that is passed was a slash.
    is_behind_slash: bool,
    depth: u32,
    has_root: bool,
}

type Step = Result<(), Refusal>;

impl Markup {
    pub(super) fn new() -> Self {
        Self {
            state: State::Text,
            element: Element::default(),
            held: Vec::new(),
            is_behind_slash: false,
            depth: 0,
            has_root: false,
        }
    }

    pub(super) fn push(&mut self, bytes: &[u8], seen: &mut impl FnMut(Event<'_>)) -> Step {
        let mut at = 0;
        while at < bytes.len() {
            let rest = &bytes[at..];
            at += match self.state {
                State::Text => self.text(rest, seen),
                State::Value(quote) => self.value(rest, quote),
                State::Comment => self.skip(rest, b"-->"),
                State::Instruction => self.skip(rest, b"?>"),
                State::Unparsed => self.unparsed(rest, seen),
                State::StartName | State::EndName if is_name(rest[0]) => self.name(rest)?,
                State::Passing => self.pass(rest, seen)?,
                State::PassingValue(quote) => self.pass_value(rest, quote),
                _ => {
                    self.step(rest[0], seen)?;
                    1
                }
            };
        }
        Ok(())
    }

    /// What ends with an open element, or without any, is damaged.
    pub(super) fn end(&self) -> Step {
        if self.state == State::Text && self.depth == 0 && self.has_root { Ok(()) } else { Err(Refusal::Damaged) }
    }

    fn text(&mut self, bytes: &[u8], seen: &mut impl FnMut(Event<'_>)) -> usize {
        let end = memchr::memchr2(b'<', b'&', bytes);
        let text = &bytes[..end.unwrap_or(bytes.len())];
        if !text.is_empty() && self.depth > 0 {
            seen(Event::Text(text));
        }
        let Some(end) = end else { return bytes.len() };
        self.held.clear();
        self.state = if bytes[end] == b'<' { State::Open } else { State::Entity(None) };
        end + 1
    }

    fn value(&mut self, bytes: &[u8], quote: u8) -> usize {
        let end = memchr::memchr2(quote, b'&', bytes);
        for &byte in &bytes[..end.unwrap_or(bytes.len())] {
            if !self.keep_in_value(byte) {
                break;
            }
        }
        let Some(end) = end else { return bytes.len() };
        self.held.clear();
        self.state = if bytes[end] == quote { State::Inside } else { State::Entity(Some(quote)) };
        end + 1
    }

    /// False when no more is kept.
    fn keep_in_value(&mut self, byte: u8) -> bool {
        let Some((_, value)) = self.element.attributes.last_mut() else { return false };
        let byte = if byte.is_ascii_whitespace() { b' ' } else { byte };
        // A command behind a thousand blanks is still a command.
        if byte != b' ' || value.last().is_some_and(|last| *last != b' ') {
            value.push(byte);
        }
        value.len() < VALUE_KEPT
    }

    fn step(&mut self, byte: u8, seen: &mut impl FnMut(Event<'_>)) -> Step {
        match self.state {
            State::Open => {
                self.state = match byte {
                    b'!' => State::Bang,
                    b'?' => State::Instruction,
                    b'/' => State::EndName,
                    byte if is_name(byte) => State::StartName,
                    _ => return Err(Refusal::Damaged),
                };
                self.element.name.clear();
                self.element.attributes.clear();
                if self.state == State::StartName {
                    self.element.name.push(byte);
                }
            }
            State::Bang => self.bang(byte)?,
            State::EndName => self.end_name(byte, seen)?,
            State::StartName if !self.element.is_asked_for() => {
                self.is_behind_slash = false;
                self.state = State::Passing;
                self.pass(&[byte], seen)?;
            }
            State::StartName | State::Inside => self.inside(byte, seen)?,
            State::Slash => {
                if byte != b'>' {
                    return Err(Refusal::Damaged);
                }
                self.start(seen)?;
                self.close(seen)?;
            }
            State::AttributeName => match byte {
                b'=' => self.state = State::Equals,
                byte if is_name(byte) => {
                    let (name, _) = self.element.attributes.last_mut().ok_or(Refusal::Damaged)?;
                    push_bounded(name, byte)?;
                }
                byte if byte.is_ascii_whitespace() => {}
                _ => return Err(Refusal::Damaged),
            },
            State::Equals => match byte {
                b'"' | b'\'' => self.state = State::Value(byte),
                byte if byte.is_ascii_whitespace() => {}
                _ => return Err(Refusal::Damaged),
            },
            State::Entity(within) => self.entity(byte, within, seen)?,
            // The rest is read in longer pieces.
            _ => {}
        }
        Ok(())
    }

    /// A comment, or text that isn't parsed. A document type would be able to say what an entity is, and is refused.
    fn bang(&mut self, byte: u8) -> Step {
        self.held.push(byte);
        let next = [(&b"--"[..], State::Comment), (b"[CDATA[", State::Unparsed)]
            .into_iter()
            .find(|(mark, _)| mark.starts_with(&self.held));
        let (mark, state) = next.ok_or(Refusal::Damaged)?;
        if self.held == mark {
            self.held.clear();
            self.state = state;
        }
        Ok(())
    }

    fn inside(&mut self, byte: u8, seen: &mut impl FnMut(Event<'_>)) -> Step {
        match byte {
            b'>' => return self.start(seen),
            b'/' => self.state = State::Slash,
            byte if byte.is_ascii_whitespace() => self.state = State::Inside,
            byte if is_name(byte) => {
                if self.element.attributes.len() >= ATTRIBUTES_AT_MOST {
                    return Err(Refusal::Damaged);
                }
                self.element.attributes.push((vec![byte], Vec::new()));
                self.state = State::AttributeName;
            }
            _ => return Err(Refusal::Damaged),
        }
        Ok(())
    }

    fn start(&mut self, seen: &mut impl FnMut(Event<'_>)) -> Step {
        self.state = State::Text;
        if self.depth >= DEPTH_AT_MOST || self.depth == 0 && self.has_root {
            return Err(Refusal::Damaged);
        }
        self.has_root = true;
        self.depth += 1;
        seen(Event::Start(&self.element));
        Ok(())
    }

    fn close(&mut self, seen: &mut impl FnMut(Event<'_>)) -> Step {
        self.state = State::Text;
        self.depth = self.depth.checked_sub(1).ok_or(Refusal::Damaged)?;
        seen(Event::End(&self.element));
        Ok(())
    }

    fn end_name(&mut self, byte: u8, seen: &mut impl FnMut(Event<'_>)) -> Step {
        match byte {
            b'>' => self.close(seen),
            byte if byte.is_ascii_whitespace() => Ok(()),
            _ => Err(Refusal::Damaged),
        }
    }

    fn entity(&mut self, byte: u8, within: Option<u8>, seen: &mut impl FnMut(Event<'_>)) -> Step {
        if byte != b';' {
            self.held.push(byte);
            return if self.held.len() > ENTITY_AT_MOST { Err(Refusal::Damaged) } else { Ok(()) };
        }
        let mut place = [0; 4];
        let text = resolve(&self.held).ok_or(Refusal::Damaged)?.encode_utf8(&mut place).as_bytes();
        if let Some(quote) = within {
            self.state = State::Value(quote);
            for &byte in text {
                if self.element.attributes.last().is_some_and(|(_, value)| value.len() < VALUE_KEPT) {
                    self.keep_in_value(byte);
                }
            }
        } else {
            self.state = State::Text;
            if self.depth > 0 {
                seen(Event::Text(text));
            }
        }
        Ok(())
    }
}

fn push_bounded(name: &mut Vec<u8>, byte: u8) -> Step {
    if name.len() >= NAME_AT_MOST {
        return Err(Refusal::Damaged);
    }
    name.push(byte);
    Ok(())
}
