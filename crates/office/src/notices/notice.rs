//! The notice: a kind of message, and what the organisation says of it. Pure.

use pishkhan_courier::gateways::Kind;
use pishkhan_persian::Language;

use crate::dispatch::KINDS;

/// Codes are for phones and gateways, which need them as they are.
const CODES: [&str; 9] = [
    "sign_in_code",
    "sign_in_call",
    "filing_code",
    "filing_call",
    "old_number_code",
    "old_number_call",
    "new_number_code",
    "new_number_call",
    "email_code",
];
/// The kinds that are always sent, and why.
const ALWAYS: [(&str, Always); 6] = [
    ("letter_registered", Always::Number),
    ("letter_rejected", Always::Outcome),
    ("sender_warned", Always::Warning),
    ("letter_answered", Always::Service),
    ("number_changed", Always::Account),
    ("email_changed", Always::Account),
];

/// What goes to a number only where an organisation has chosen that: it goes by e-mail, an SMS costs money, and after a SIM was swapped it
/// reaches whoever is warned of.
const CHOSEN: [&str; 1] = ["device_added"];

/// Why a message is sent whatever an organisation says: without it somebody would lose a number, a right or an account unawares, for they are not
/// there when it happens, and no other message tells them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Always {
    /// Letter number and tracking code, by which the sender finds the letter. The receipt's page says that they come by SMS.
    Number,
    /// The outcome, which is promised by SMS before a letter is sent; an objection has its days from then on.
    Outcome,
    /// No letter lapses unwarned.
    Warning,
    /// The law wants an answer served; this is how, and its delivery the proof.
    Service,
    /// Neither number nor address is changed behind its holder's back.
    Account,
}

/// What an organisation says of a kind of message.
#[derive(Clone, Debug)]
pub struct Notice {
    pub kind: &'static Kind,
    /// It isn't sent; of one that goes by e-mail in any case, no SMS is.
    pub is_off: bool,
    /// Its words to whoever reads Persian; empty: those of `locales`.
    pub persian: String,
    /// The same to whoever reads English.
    pub english: String,
}

impl Notice {
    /// As it is where nobody said anything.
    pub fn untouched(kind: &'static Kind) -> Notice {
        Notice { kind, is_off: is_chosen(kind), persian: String::new(), english: String::new() }
    }

    /// The organisation's own words in that language, if it has some.
    pub fn own(&self, language: Language) -> Option<&str> {
        let words = match language {
            Language::Persian => &self.persian,
            Language::English => &self.english,
        };
        (!words.is_empty()).then_some(words.as_str())
    }
}

/// The kinds of which an organisation has a say.
pub fn kinds() -> impl Iterator<Item = &'static Kind> {
    const ALL: &[Kind] = &KINDS;
    ALL.iter().filter(|kind| !CODES.contains(&kind.name))
}

/// The kind of this name, if an organisation has a say in it.
pub fn kind(name: &str) -> Option<&'static Kind> {
    kinds().find(|kind| kind.name == name)
}

/// Why it is always sent; None where an organisation chooses.
pub fn always(kind: &Kind) -> Option<Always> {
    ALWAYS.into_iter().find(|(name, _)| *name == kind.name).map(|(_, why)| why)
}

/// Whether an organisation may leave it unsent.
pub fn can_be_off(kind: &Kind) -> bool {
    always(kind).is_none()
}

/// Whether it is an SMS beside an e-mail, which an organisation has to choose.
pub fn is_chosen(kind: &Kind) -> bool {
    CHOSEN.contains(&kind.name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_nobodys_to_word_and_promises_are_kept() {
        assert_eq!(kinds().count(), KINDS.len() - CODES.len());
        assert!(kind("sign_in_code").is_none() && kind("greeting").is_none());
        for (name, _) in ALWAYS {
            assert!(!can_be_off(kind(name).expect("it is a kind")), "{name}");
        }
        assert!(can_be_off(kind("letter_submitted").expect("it is a kind")));
        for kind in kinds() {
            assert_eq!(Notice::untouched(kind).is_off, is_chosen(kind), "{}", kind.name);
            assert!(!is_chosen(kind) || can_be_off(kind), "{}", kind.name);
        }
    }
}
