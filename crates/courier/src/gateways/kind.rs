//! Kinds of messages, as far as a template must know them: which values they bring, and what those are made of.

use super::{Fault, Mapping};

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

    /// What is wrong with how a mapping brings it: as a call what is an SMS, or the other way round.
    pub(crate) fn fault_of_call(&self, mapping: &Mapping) -> Option<Fault> {
        match (is_read_out(self.name), mapping.is_call) {
            (true, false) => Some(Fault::Silent),
            (false, true) => Some(Fault::Rings),
            (true, true) | (false, false) => None,
        }
    }
}

/// Whether a kind of message is read out over the phone: it is in its name.
pub(crate) fn is_read_out(kind: &str) -> bool {
    kind.ends_with("_call")
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_read_out_calls_and_nothing_else_does() {
        let fault = |name: &'static str, is_call: bool| {
            let mapping =
                Mapping { kind: name.into(), language: None, template: "t".into(), parameters: Vec::new(), is_call };
            Kind { name, values: &[] }.fault_of_call(&mapping)
        };
        assert_eq!((fault("filing_call", true), fault("filing_code", false)), (None, None));
        assert_eq!(fault("filing_call", false), Some(Fault::Silent), "nobody would get it");
        assert_eq!(fault("filing_code", true), Some(Fault::Rings), "the page says that an SMS came");
    }
}
