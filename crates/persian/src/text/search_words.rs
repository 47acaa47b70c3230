//! The words of a text as they are searched, each with its place in the text, so that a finding can be shown where it stands.

use std::ops::Range;

use super::search::is_part_of_word;
use super::search_key;
use crate::signs::{ZWJ, ZWNJ};

/// A word as people see it: what stands between spaces and signs. Half-spaces part it into several keys.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SearchWord {
    /// Where it stands in the text, in bytes.
    pub place: Range<usize>,
    /// The keys of its parts, each as [`search_key`] makes it; never none, and none of them empty.
    pub parts: Vec<String>,
}

impl SearchWord {
    /// The word as those write it who leave the half-spaces out.
    pub fn joined(&self) -> String {
        self.parts.concat()
    }
}

/// The words of a text in its stored form ([`super::stored_line`], [`super::stored_text`]). «می‌شود» is one word of the parts
/// می and شود, «میشود» one of one part, «می شود» two words: whoever compares parts that stand side by side, and the same
/// parts joined, finds all three alike.
pub fn search_words(text: &str) -> Vec<SearchWord> {
    let mut words = Vec::new();
    let mut start = None;
    // A space at the end, so that the last word ends too.
    for (at, sign) in text.char_indices().chain([(text.len(), ' ')]) {
        if is_part_of_word(sign) {
            start.get_or_insert(at);
        } else if let Some(start) = start.take() {
            words.extend(word(text, start..at));
        }
    }
    words
}

fn word(text: &str, place: Range<usize>) -> Option<SearchWord> {
    let parts: Vec<String> = text[place.clone()].split([ZWNJ, ZWJ]).flat_map(keys).collect();
    (!parts.is_empty()).then_some(SearchWord { place, parts })
}

/// Usually one key: some signs stand for several words (ﷺ), others for none (a lone tatweel).
fn keys(part: &str) -> Vec<String> {
    // Nearly all words of nearly all letters, and forty times as fast.
    if let Some(key) = part.chars().map(key_by_itself).collect::<Option<String>>() {
        return if key.is_empty() { Vec::new() } else { vec![key] };
    }
    search_key(part).split(' ').filter(|key| !key.is_empty()).map(ToOwned::to_owned).collect()
}

/// The key of signs whose key does not depend on their neighbours.
fn key_by_itself(sign: char) -> Option<char> {
    match sign {
        'a'..='z' | '0'..='9' => Some(sign),
        'A'..='Z' => Some(sign.to_ascii_lowercase()),
        'ء' | 'ا' | 'ب' | 'ت'..='غ' | 'ف' | 'ق' | 'ل'..='و' | 'پ' | 'چ' | 'ژ' | 'ک' | 'گ' | 'ی' => {
            Some(sign)
        }
        'آ' | 'أ' | 'إ' => Some('ا'),
        'ة' => Some('ه'),
        'ي' => Some('ی'),
        'ك' => Some('ک'),
        '۰'..='۹' | '٠'..='٩' => Some(crate::digits::ascii(sign)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_short_way_gives_the_same_key() {
        for sign in '\0'..='\u{FFFF}' {
            if let Some(key) = key_by_itself(sign) {
                assert_eq!(search_key(&sign.to_string()), key.to_string(), "{sign:?}");
                let between = format!("ب{sign}ی");
                assert_eq!(search_key(&between), format!("ب{key}ی"), "{sign:?}");
            }
        }
    }
}
