//! The tokens by which a letter stands in the index. What people type becomes tokens of letters and digits only; ours begin with
//! a sign that no key has, so that nothing typed is ever taken for them. Pure.

use std::collections::HashSet;

use pishkhan_persian::Mobile;
use pishkhan_persian::text::{search_key_without_spaces, search_words};

use super::numbers;
use crate::receipts;

/// The rules in this file; whoever changes what they give counts on, and every letter is indexed anew after the next start.
pub(super) const EDITION: i64 = 5;

/// So much of a letter's texts is found, in bytes of its tokens: PostgreSQL keeps no more than a megabyte of one letter's.
const MOST_BYTES: usize = 700_000;
/// A word is compared up to here; nobody types a longer one twice alike.
const LONGEST_WORD: usize = 40;
/// Two words that stand side by side are also one up to here, as people part «بهره‌برداری» in three ways.
const LONGEST_JOINED: usize = 16;
/// Beginnings of words that are found, for the word that is still being typed.
const BEGINNINGS: std::ops::RangeInclusive<usize> = 3..=10;
/// So many last digits of a mobile number find it: those that are never hidden, or all of its own. Who could ask for a number in between would
/// come to the hidden digits one by one, and nobody would know of it.
const MOBILE_DIGITS: [usize; 2] = [4, 10];
/// So many digits of a subject's digest tell subjects apart.
const SUBJECT_DIGITS: usize = 16;

/// The tokens of one letter, each once.
#[derive(Default)]
pub(super) struct Tokens {
    all: Vec<String>,
    seen: HashSet<String>,
    bytes: usize,
}

impl Tokens {
    pub(super) fn add(&mut self, token: String) {
        if self.seen.insert(token.clone()) {
            self.bytes += token.len() + 1;
            self.all.push(token);
        }
    }

    /// A text of the letter: its words with their beginnings, the parts of words, and each two of them joined; as far as there is room.
    pub(super) fn add_text(&mut self, text: &str) {
        let words = search_words(text);
        for word in &words {
            if self.is_full() {
                return;
            }
            word.parts.iter().for_each(|part| self.add_word(part));
            if word.parts.len() > 1 {
                self.add_word(&word.joined());
            }
        }
        let parts: Vec<&String> = words.iter().flat_map(|word| &word.parts).collect();
        for joined in parts.windows(2).filter_map(joined) {
            if self.is_full() {
                return;
            }
            self.add(joined);
        }
        for piece in numbers::pieces(text).iter().filter(|piece| piece.contains(char::is_numeric)) {
            self.add_mentions(piece);
        }
    }

    /// A number of which a text speaks, in one piece: any neighbouring parts of it together, from two on.
    fn add_mentions(&mut self, piece: &str) {
        let parts = numbers::parts_of(piece);
        for near in (2..=numbers::MOST_PARTS.min(parts.len())).flat_map(|count| parts.windows(count)) {
            if self.is_full() {
                return;
            }
            if near.iter().any(|part| numbers::is_number(part)) {
                self.add(numbers::mention(near.iter()));
            }
        }
    }

    /// A letter number: each of its parts, and any of them together, so that it is found with some or all of them.
    ///
    /// Each set of parts has a token of its own, seven for a number of three parts. A year and a unit's code stand in very many numbers:
    /// whoever looked for them one by one would walk through all of these to come to one letter, or to none.
    pub(super) fn add_number(&mut self, printed: &str) {
        let mut seen = HashSet::new();
        let parts: Vec<String> =
            numbers::parts_of(printed).into_iter().filter(|part| seen.insert(part.clone())).collect();
        for near in parts.windows(parts.len().clamp(1, numbers::MOST_PARTS)) {
            for chosen in 1..1_u32 << near.len() {
                let some = near.iter().enumerate().filter(|(at, _)| (chosen >> at) & 1 == 1);
                self.add(numbers::token(some.map(|(_, part)| part)));
            }
        }
        self.add_text(printed);
    }

    pub(super) fn add_mobile(&mut self, mobile: &Mobile) {
        let digits = mobile.national();
        for count in MOBILE_DIGITS {
            self.add(mobile_token(&digits[digits.len() - count..]));
        }
    }

    /// As both databases take them: with a space between.
    pub(super) fn text(&self) -> String {
        self.all.join(" ")
    }

    fn is_full(&self) -> bool {
        self.bytes >= MOST_BYTES
    }

    fn add_word(&mut self, key: &str) {
        let whole = word_token(key);
        if !numbers::is_number(&whole) {
            let length = whole.chars().count();
            BEGINNINGS.take_while(|count| *count < length).for_each(|count| self.add(beginning(&whole, count)));
        }
        self.add(whole);
    }
}

/// The token of a word.
pub(super) fn word_token(key: &str) -> String {
    key.chars().take(LONGEST_WORD).collect()
}

/// The token of all words that begin with this one; None for what is found whole only: short words and numbers.
pub(super) fn beginning_token(key: &str) -> Option<String> {
    let length = key.chars().count();
    (length >= *BEGINNINGS.start() && !numbers::is_number(key)).then(|| beginning(key, length.min(*BEGINNINGS.end())))
}

/// Words that stand side by side as one word, if they may be one.
pub(super) fn joined(parts: &[impl AsRef<str>]) -> Option<String> {
    let joined: String = parts.iter().map(AsRef::as_ref).collect();
    let is_one = joined.chars().count() <= LONGEST_JOINED && joined.chars().all(char::is_alphabetic);
    is_one.then_some(joined)
}

/// The token of a mobile number's last digits.
pub(super) fn mobile_token(digits: &str) -> String {
    format!("@{digits}")
}

/// The last four digits of a mobile number, or all ten of its own, if what somebody typed may be that.
pub(super) fn mobile_ending(digits: &str) -> Option<String> {
    let own = if digits.len() == 11 { digits.strip_prefix('0')? } else { digits };
    (MOBILE_DIGITS.contains(&own.len()) && numbers::is_number(own)).then(|| own.to_owned())
}

pub(super) fn tracking_token(code: &str) -> String {
    format!("_t{code}")
}

pub(super) fn receipt_token(code: &str) -> String {
    format!("_r{code}")
}

/// Of the short form by which people speak of a receipt, digits only.
pub(super) fn short_receipt_token(digits: &str) -> String {
    format!("_q{digits}")
}

/// All of a subject, as people read it; None when there is nothing to read.
pub(super) fn subject_token(subject: &str) -> Option<String> {
    let key = search_key_without_spaces(subject);
    let digest = receipts::bytes_digest(key.as_bytes());
    (!key.is_empty()).then(|| format!("_j{}", digest.chars().take(SUBJECT_DIGITS).collect::<String>()))
}

pub(super) fn unit_token(unit: &str) -> String {
    format!("_u{unit}")
}

pub(super) fn state_token(state: &str) -> String {
    format!("_s{state}")
}

pub(super) fn kind_token(kind: &str) -> String {
    format!("_y{kind}")
}

pub(super) fn sender_kind_token(kind: &str) -> String {
    format!("_k{kind}")
}

pub(super) fn file_token() -> String {
    "_f".to_owned()
}

fn beginning(word: &str, count: usize) -> String {
    let signs: String = word.chars().take(count).collect();
    format!("^{signs}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_texts_without_an_end_as_much_is_found_as_a_database_keeps() {
        let mut tokens = Tokens::default();
        for part in 0..20 {
            let text: Vec<String> = (0..10_000).map(|n| format!("z{n:x}x{part}")).collect();
            tokens.add_text(&text.join(" "));
        }
        let bytes = tokens.text().len();
        assert!((MOST_BYTES - 1..MOST_BYTES + 1_000).contains(&bytes), "{bytes}");
        tokens.add("_f".to_owned());
        assert!(tokens.text().ends_with(" _f"), "what narrows is found in any case");
    }
}
