//! Kinds of messages, as far as a template must know them: which values they bring, and what those are made of.

/// A kind of message and the values it brings. The kinds are those of whoever posts; the courier only counts.
#[derive(Clone, Copy, Debug)]
pub struct Kind {
    /// Its name: [`Outgoing::template`](super::Outgoing::template).
    pub name: &'static str,
    /// Its values.
    pub values: &'static [Value],
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
