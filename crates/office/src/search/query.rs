//! What somebody typed, read as a number or code, and as words. Pure.

use std::collections::HashSet;
use std::ops::Range;

use pishkhan_persian::text::{search_key_without_spaces, search_words, stored_line};
use pishkhan_persian::{Mobile, ReceiptCode, TrackingCode, TrackingCodeError};

use super::expression::{Expression, any_token};
use super::{numbers, tokens};

/// As much of what was typed is read.
pub const QUERY_CHARACTERS: usize = 200;
/// So many words are searched for.
pub const QUERY_WORDS: usize = 12;
/// So many words that stand side by side may be one.
const MOST_JOINED: usize = 3;
/// A receipt's short form has so many digits.
const SHORT_RECEIPT: usize = 7;

/// What was typed, as it is searched for.
#[derive(Clone, Debug, Default)]
pub struct Query {
    /// As it was typed, in its stored form.
    pub text: String,
    parts: Vec<Part>,
    /// More words were typed than are searched for.
    pub is_cut: bool,
}

#[derive(Clone, Debug)]
struct Part {
    key: String,
    /// The word to which it belongs, by its place in the text.
    word: Range<usize>,
    /// The whole word without half-spaces.
    joined: String,
}

/// What makes a word of a letter one that was searched for.
#[derive(Clone, Debug, Default)]
pub(super) struct Wanted {
    whole: HashSet<String>,
    beginnings: Vec<String>,
}

impl Query {
    pub fn read(typed: &str) -> Query {
        let text: String = stored_line(typed).chars().take(QUERY_CHARACTERS).collect();
        let mut parts: Vec<Part> = Vec::new();
        for word in search_words(&text) {
            let joined = word.joined();
            let part = |key| Part { key, word: word.place.clone(), joined: joined.clone() };
            parts.extend(word.parts.clone().into_iter().map(part));
        }
        let is_cut = parts.len() > QUERY_WORDS;
        parts.truncate(QUERY_WORDS);
        Query { text, parts, is_cut }
    }

    /// Nothing that could be found: no letter and no digit.
    pub fn is_empty(&self) -> bool {
        self.parts.is_empty()
    }

    /// Twelve digits that are no tracking code: one of them is wrong.
    pub fn has_wrong_digit(&self) -> bool {
        TrackingCode::parse(&self.text) == Err(TrackingCodeError::WrongCheckDigit)
    }

    /// The text with one of its words left out, for each word; nothing when there is only one, or when all of it is one number: a part of that
    /// is another letter's.
    pub fn shorter(&self) -> Vec<String> {
        let mut places: Vec<&Range<usize>> = self.parts.iter().map(|part| &part.word).collect();
        places.dedup();
        let without =
            |place: &Range<usize>| stored_line(&format!("{} {}", &self.text[..place.start], &self.text[place.end..]));
        if places.len() < 2 || self.number_in_one_piece().is_some() {
            Vec::new()
        } else {
            places.into_iter().map(without).collect()
        }
    }

    /// As the number or code of a letter, a receipt or a mobile; None when it has no digit.
    pub(super) fn as_code(&self) -> Option<Expression> {
        let mut ways = Vec::new();
        if let Ok(code) = TrackingCode::parse(&self.text) {
            ways.push(Expression::Token(tokens::tracking_token(code.as_str())));
        }
        if let Ok(code) = ReceiptCode::parse(&self.text) {
            ways.push(Expression::Token(tokens::receipt_token(&code.full())));
        }
        let together = search_key_without_spaces(&self.text);
        if together.len() == SHORT_RECEIPT && numbers::is_number(&together) {
            ways.push(Expression::Token(tokens::short_receipt_token(&together)));
        }
        ways.extend(self.mobile_ending().map(|ending| Expression::Token(tokens::mobile_token(&ending))));
        let parts = numbers::parts_of(&self.text);
        if parts.len() <= numbers::MOST_PARTS && parts.iter().any(|part| numbers::is_number(part)) {
            ways.push(Expression::Token(numbers::token(parts.iter())));
        }
        (!ways.is_empty()).then_some(Expression::Any(ways))
    }

    /// As words, each of which must be found, or as a number of which a text speaks; None when there is none.
    ///
    /// A number in one piece is one token, not its parts wherever they stand: a year and a unit's code stand in very many letters.
    pub(super) fn as_words(&self) -> Option<Expression> {
        if let Some(parts) = self.number_in_one_piece() {
            return Some(Expression::Token(numbers::mention(parts.iter())));
        }
        let ways = |at: usize| any_token(self.ways(at));
        (!self.is_empty()).then(|| Expression::All((0..self.parts.len()).map(ways).collect()))
    }

    /// The parts of a number that was typed by itself and as one, like «۱۴۰۳/د/۱۲۳»; None for other words, and for one word.
    fn number_in_one_piece(&self) -> Option<Vec<String>> {
        let is_one = numbers::pieces(&self.text).len() == 1 && search_words(&self.text).len() > 1;
        let parts = numbers::parts_of(&self.text);
        let is_number = (2..=numbers::MOST_PARTS).contains(&parts.len());
        (is_one && is_number && parts.iter().any(|part| numbers::is_number(part))).then_some(parts)
    }

    /// What the words of a letter are compared with to show why it was found.
    pub(super) fn wanted(&self) -> Wanted {
        let mut wanted = Wanted::default();
        for token in (0..self.parts.len()).flat_map(|at| self.ways(at)) {
            match token.strip_prefix('^') {
                Some(beginning) => wanted.beginnings.push(beginning.to_owned()),
                None => _ = wanted.whole.insert(token),
            }
        }
        wanted
    }

    /// The last digits of a mobile number, if that is what all of it may be.
    pub(super) fn mobile_ending(&self) -> Option<String> {
        let whole = Mobile::parse(&self.text).ok().and_then(|mobile| tokens::mobile_ending(&mobile.national()));
        whole.or_else(|| tokens::mobile_ending(&search_key_without_spaces(&self.text)))
    }

    /// Whether a mobile number may be meant by all of it, or by one of the words.
    pub(super) fn may_be_mobile(&self) -> bool {
        self.mobile_ending().is_some() || self.parts.iter().any(|part| tokens::mobile_ending(&part.key).is_some())
    }

    /// Whether one of the words is the last digits of this number.
    pub(super) fn has_mobile_ending(&self, mobile: Option<&Mobile>) -> bool {
        let endings = self.parts.iter().filter_map(|part| tokens::mobile_ending(&part.key));
        mobile.is_some_and(|mobile| endings.into_iter().any(|ending| mobile.as_str().ends_with(&ending)))
    }

    /// The tokens each of which satisfies that part: itself, the whole word, and the words that it may be with its neighbours.
    fn ways(&self, at: usize) -> Vec<String> {
        let part = &self.parts[at];
        let mut ways = vec![part.key.clone(), part.joined.clone()];
        if at + 1 == self.parts.len() {
            ways.extend(tokens::beginning_token(&part.key));
            ways.extend(tokens::beginning_token(&part.joined));
        }
        for from in at.saturating_sub(MOST_JOINED - 1)..=at {
            for end in at + 1..=(from + MOST_JOINED).min(self.parts.len()) {
                let keys: Vec<&str> = self.parts[from..end].iter().map(|part| part.key.as_str()).collect();
                let joined = tokens::joined(&keys).filter(|_| keys.len() > 1);
                let is_last = end == self.parts.len();
                ways.extend(joined.as_deref().filter(|_| is_last).and_then(tokens::beginning_token));
                ways.extend(joined);
            }
        }
        ways.extend(tokens::mobile_ending(&part.key).map(|ending| tokens::mobile_token(&ending)));
        let mut seen = HashSet::new();
        ways.into_iter().map(|way| tokens::word_token(&way)).filter(|way| seen.insert(way.clone())).collect()
    }
}

impl Wanted {
    /// Whether a word of this key was searched for.
    pub(super) fn has(&self, key: &str) -> bool {
        let key = tokens::word_token(key);
        self.whole.contains(&key) || self.beginnings.iter().any(|beginning| key.starts_with(beginning))
    }

    /// Whether two words that stand side by side were searched for as one.
    pub(super) fn has_joined(&self, keys: &[&str]) -> bool {
        tokens::joined(keys).is_some_and(|joined| self.whole.contains(&joined))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_by_themselves_by_their_beginning_and_with_their_neighbours() {
        let words = Query::read("مي شود").as_words().expect("there are words");
        assert_eq!(
            words.fts5(),
            r#"(("می" OR "میشود" OR "^میشود") AND ("شود" OR "^شود" OR "میشود" OR "^میشود"))"#
                .replace(r#""می" OR "میشود" OR "^میشود""#, r#""می" OR "^میشود" OR "میشود""#,)
                .replace(r#""^شود" OR "میشود" OR "^میشود""#, r#""^شود" OR "^میشود" OR "میشود""#)
        );
    }

    #[test]
    fn a_word_left_out_leaves_the_others() {
        assert_eq!(
            Query::read("درخواست پروانه ساختمان").shorter(),
            ["پروانه ساختمان", "درخواست ساختمان", "درخواست پروانه"]
        );
        assert_eq!(Query::read("می‌شود").shorter(), Vec::<String>::new());
        assert_eq!(Query::read("۱۴۰۴/د/۱۲۳").shorter(), Vec::<String>::new());
        assert_eq!(Query::read("۱۴۰۴ پروانه").shorter(), ["پروانه", "۱۴۰۴"]);
    }

    #[test]
    fn only_what_has_a_digit_may_be_a_number() {
        assert_eq!(Query::read("نمونه").as_code(), None);
        let code = Query::read("نمونه/۰۱۰۱").as_code().map(|code| code.fts5());
        assert_eq!(code.as_deref(), Some(r##"("#101#نمونه")"##));
    }
}
