//! Kinds of messages, as far as a template must know them: which values they bring, and what those are made of.

use super::Mapping;

/// A kind of message and the values it brings. The kinds are those of whoever posts; the courier only counts.
#[derive(Clone, Copy, Debug)]
pub struct Kind {
    /// Its name: [`Outgoing::template`](super::Outgoing::template).
    pub name: &'static str,
    /// Its values.
    pub values: &'static [Value],
}

impl Kind {
    /// The values that people need, and that no place of a mapping takes.
    pub fn lacking(&self, mapping: &Mapping) -> Vec<&'static str> {
        let is_taken = |value: &Value| mapping.parameters.iter().any(|parameter| parameter.value == value.name);
        self.values.iter().filter(|value| value.is_needed && !is_taken(value)).map(|value| value.name).collect()
    }
}

/// What can be known of a value before there is one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Value {
    /// Its name.
    pub name: &'static str,
    /// The most signs that it has.
    pub longest: usize,
    /// What it is made of.
    pub signs: Signs,
    /// Whether people need it, so that no words may do without: a code, a letter's number, until when they have time.
    pub is_needed: bool,
}

/// What a value is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Signs {
    /// ASCII digits.
    Digits,
    /// Letters, digits, dots, slashes and hyphens: no space, no underscore, no semicolon.
    Word,
    /// Whatever people write.
    Text,
}
