//! A message and its id.

use std::fmt;
use std::time::Duration;

use pishkhan_persian::Language;
use pishkhan_store::Moment;

/// A message to one person, as the act that owes it writes it.
#[derive(Clone, PartialEq, Eq)]
pub struct Message {
    /// The mobile number, `+989…`, or an e-mail address.
    pub to: String,
    /// Which kind of message it is: `sign_in_code`, `letter_registered`, … A name for the log and for gateways.
    pub template: &'static str,
    /// The text, whole, as the person reads it.
    pub text: String,
    /// In which language it speaks, for gateways that have a template for each.
    pub language: Language,
    /// What stands in the text's places, by name, for gateways that fill templates of their own.
    pub values: Vec<(&'static str, String)>,
    /// From when on nobody needs it any more, such as a code that has run out; it is then given up.
    pub expires_at: Option<Moment>,
    /// What it is about, in the words of whoever posts it; empty when nobody will ask.
    pub about: String,
    /// How long it waits before it goes out, so that it can still be recalled.
    pub hold: Duration,
}

impl fmt::Debug for Message {
    /// Names the template only: a number or a text must not slip into a log.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Message").field("template", &self.template).finish_non_exhaustive()
    }
}

/// A message's id: 128 random bits in hexadecimal. It stays the same over all tries.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct MessageId(pub String);

impl MessageId {
    /// A new id that nobody can guess and nobody else has.
    pub fn random() -> MessageId {
        let mut bytes = [0; 16];
        getrandom::fill(&mut bytes).expect("the system's generator works on every supported platform");
        MessageId(format!("{:032x}", u128::from_be_bytes(bytes)))
    }

    /// The id as the table and the gateways see it.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for MessageId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_32_signs_and_differ() {
        let (one, other) = (MessageId::random(), MessageId::random());
        assert_eq!(one.as_str().len(), 32);
        assert_ne!(one, other);
    }

    #[test]
    fn debug_shows_neither_number_nor_text() {
        let message = Message {
            to: "+989121234567".into(),
            template: "sign_in_code",
            text: "کد: 12345".into(),
            language: Language::Persian,
            values: vec![("code", "12345".into())],
            expires_at: None,
            about: String::new(),
            hold: Duration::ZERO,
        };
        assert_eq!(format!("{message:?}"), r#"Message { template: "sign_in_code", .. }"#);
    }
}
