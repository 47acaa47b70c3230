//! One small dictionary as a tree: a trailer's, or that of the encryption.

use std::ops::ControlFlow;

use super::lexer::{Lexer, Token};

/// How deep a dictionary that we read may go.
const DEPTH: usize = 32;

#[derive(Clone, Debug, PartialEq)]
pub(super) enum Value {
    Name(Vec<u8>),
    Text(Vec<u8>),
    Number(i64),
    True,
    False,
    /// A reference to an object, by number and generation.
    Reference(u32, u16),
    Array(Vec<Value>),
    Dictionary(Vec<(Vec<u8>, Value)>),
    Other,
}

impl Value {
    /// What a dictionary has under a name.
    pub(super) fn get(&self, name: &str) -> Option<&Value> {
        let Value::Dictionary(entries) = self else { return None };
        entries.iter().find(|(key, _)| key == name.as_bytes()).map(|(_, value)| value)
    }

    pub(super) fn number(&self) -> Option<i64> {
        if let Value::Number(number) = self { Some(*number) } else { None }
    }

    pub(super) fn text(&self) -> Option<&[u8]> {
        if let Value::Text(text) = self { Some(text) } else { None }
    }

    pub(super) fn name(&self) -> Option<&[u8]> {
        if let Value::Name(name) = self { Some(name) } else { None }
    }
}

/// The first dictionary in these bytes, when it is whole.
pub(super) fn dictionary(bytes: &[u8]) -> Option<Value> {
    // Per open bracket its items, and whether it is a dictionary's.
    let mut open: Vec<(bool, Vec<Value>)> = Vec::new();
    let mut whole = None;
    Lexer::new().push(bytes, |token, _| {
        let value = match token {
            Token::DictionaryOpen | Token::ArrayOpen if open.len() >= DEPTH => return ControlFlow::Break(()),
            Token::DictionaryOpen => {
                open.push((true, Vec::new()));
                return ControlFlow::Continue(());
            }
            Token::ArrayOpen => {
                open.push((false, Vec::new()));
                return ControlFlow::Continue(());
            }
            Token::DictionaryClose | Token::ArrayClose => match open.pop() {
                Some((true, items)) => Value::Dictionary(entries(items)),
                Some((false, items)) => Value::Array(items),
                None => return ControlFlow::Continue(()),
            },
            Token::Name(name) => Value::Name(name.to_vec()),
            Token::Text(text) => Value::Text(text.to_vec()),
            Token::Word(b"R") => reference(open.last_mut().map(|(_, items)| items)),
            Token::Word(word) => word_value(word),
            Token::EndMark | Token::HiddenObject => return ControlFlow::Continue(()),
        };
        match open.last_mut() {
            Some((_, items)) => items.push(value),
            None if matches!(value, Value::Dictionary(_)) => {
                whole = Some(value);
                return ControlFlow::Break(());
            }
            None => {}
        }
        ControlFlow::Continue(())
    });
    whole
}

fn entries(items: Vec<Value>) -> Vec<(Vec<u8>, Value)> {
    let mut entries = Vec::new();
    let mut items = items.into_iter();
    while let (Some(Value::Name(key)), Some(value)) = (items.next(), items.next()) {
        entries.push((key, value));
    }
    entries
}

/// The reference whose two numbers were the last items.
fn reference(items: Option<&mut Vec<Value>>) -> Value {
    let Some(items) = items else { return Value::Other };
    let generation = items.pop().and_then(|value| value.number()).and_then(|number| u16::try_from(number).ok());
    let number = items.pop().and_then(|value| value.number()).and_then(|number| u32::try_from(number).ok());
    number.zip(generation).map_or(Value::Other, |(number, generation)| Value::Reference(number, generation))
}

fn word_value(word: &[u8]) -> Value {
    match word {
        b"true" => Value::True,
        b"false" => Value::False,
        word => str::from_utf8(word).ok().and_then(|word| word.parse().ok()).map_or(Value::Other, Value::Number),
    }
}
