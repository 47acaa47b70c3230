//! What a text asks for. Pure.
//!
//! A text is understood only as a whole: words that are known, then digits. So no sentence of ours that some machine sends back is a wish.

use pishkhan_persian::text::search_key;
use pishkhan_persian::{Language, TrackingCode};

use crate::letters::RATING_STEPS;
use crate::words::Words;

/// No wish is longer, in characters.
const LONGEST: usize = 100;
/// By this after the word for withdrawing, people tell operators that they want no advertisements. It is not said to us.
const OPTING_OUT: &str = "11";

/// Phones offer digits on a key, a digit and this sign, as they offer faces.
const KEYCAP: char = '\u{20E3}';

/// What somebody wants.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Wish {
    /// To know what became of a letter.
    Status(TrackingCode),
    /// To take a letter back; with what was typed behind its code, by which it is confirmed.
    Withdraw(TrackingCode, Option<String>),
    /// To rate a letter, that of the code or the only one there is.
    Rate(Option<TrackingCode>, u8),
    /// Something about a letter, but one of its code's digits is wrong.
    Mistyped,
    /// No answer.
    Nothing,
    /// Nobody knows.
    Unclear,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Verb {
    Status,
    Withdraw,
    Rate,
    /// Digits alone.
    Unsaid,
}

impl Wish {
    /// What this text asks for, in the letters and digits of any keyboard.
    pub(super) fn read(text: &str) -> Wish {
        if text.chars().nth(LONGEST).is_some() {
            return Wish::Unclear;
        }
        let key = search_key(text).replace(KEYCAP, "");
        let Some((verb, groups)) = taken_apart(&key) else { return Wish::Unclear };
        let Some((code, rest)) = code_of(&groups) else { return without_code(verb, &groups) };
        match TrackingCode::parse(&code) {
            Ok(code) => with_code(verb, code, rest),
            Err(_) => Wish::Mistyped,
        }
    }

    /// The tracking code in it.
    pub(super) fn code(&self) -> Option<&TrackingCode> {
        match self {
            Wish::Status(code) | Wish::Withdraw(code, _) | Wish::Rate(Some(code), _) => Some(code),
            Wish::Rate(None, _) | Wish::Mistyped | Wish::Nothing | Wish::Unclear => None,
        }
    }
}

fn with_code(verb: Verb, code: TrackingCode, rest: &[&str]) -> Wish {
    match (verb, rest) {
        (Verb::Status | Verb::Unsaid, []) => Wish::Status(code),
        (Verb::Rate | Verb::Unsaid, [one]) => steps(one).map_or(Wish::Unclear, |steps| Wish::Rate(Some(code), steps)),
        (Verb::Withdraw, []) => Wish::Withdraw(code, None),
        (Verb::Withdraw, typed) => Wish::Withdraw(code, Some(typed.concat())),
        (Verb::Status, [_, ..]) | (Verb::Rate, []) | (Verb::Rate | Verb::Unsaid, [_, _, ..]) => Wish::Unclear,
    }
}

fn without_code(verb: Verb, groups: &[&str]) -> Wish {
    match (verb, groups) {
        (Verb::Rate | Verb::Unsaid, [one]) => steps(one).map_or(Wish::Unclear, |steps| Wish::Rate(None, steps)),
        (Verb::Withdraw, [number]) if *number == OPTING_OUT => Wish::Nothing,
        _ => Wish::Unclear,
    }
}

/// A single digit, one of the steps.
fn steps(group: &str) -> Option<u8> {
    let steps = group.parse::<u8>().ok().filter(|steps| (1..=RATING_STEPS).contains(steps))?;
    (group.len() == 1).then_some(steps)
}

/// The verb, and the groups of digits behind it; None when there is a word that isn't known, or one behind a digit.
fn taken_apart(key: &str) -> Option<(Verb, Vec<&str>)> {
    let (words, digits) = key.split_at(key.find(|sign: char| sign.is_ascii_digit()).unwrap_or(key.len()));
    let groups: Vec<&str> = digits.split_whitespace().collect();
    let is_digits = |group: &&str| group.bytes().all(|sign| sign.is_ascii_digit());
    let telling: Vec<&str> =
        words.split_whitespace().filter(|word| !is_among("incoming-words-between", word)).collect();
    let are_all = |key| telling.iter().all(|word| is_among(key, word));
    let verb = if telling.is_empty() {
        Verb::Unsaid
    } else if are_all("incoming-words-status") {
        Verb::Status
    } else if are_all("incoming-words-withdraw") {
        Verb::Withdraw
    } else if are_all("incoming-words-rate") {
        Verb::Rate
    } else {
        return None;
    };
    groups.iter().all(is_digits).then_some((verb, groups))
}

/// Whether a word is one of those that stand in the sentence of this key, in either language.
fn is_among(key: &'static str, word: &str) -> bool {
    [Language::Persian, Language::English].into_iter().any(|language| {
        let known = search_key(Words::of(language).t(key));
        known.split_whitespace().any(|known| known == word)
    })
}

/// The first groups that are twelve digits together, and the groups behind them.
fn code_of<'a, 'b>(groups: &'a [&'b str]) -> Option<(String, &'a [&'b str])> {
    let mut code = String::new();
    for (at, group) in groups.iter().enumerate() {
        code.push_str(group);
        if code.len() >= 12 {
            return (code.len() == 12).then_some((code, &groups[at + 1..]));
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    const CODE: &str = "133607133601";

    fn code() -> TrackingCode {
        TrackingCode::parse(CODE).expect("its check digit is right")
    }

    #[test]
    fn a_code_alone_or_with_the_word_asks_for_the_status() {
        for text in [
            CODE,
            "۱۳۳۶۰۷۱۳۳۶۰۱",
            "١٣٣٦٠٧١٣٣٦٠١",
            " 1336-0713-3601\n",
            "وضعیت ۱۳۳۶۰۷۱۳۳۶۰۱",
            "وضعيت 1336 0713 3601",
            "وضعیت نامه ۱۳۳۶۰۷۱۳۳۶۰۱",
            "شماره پیگیری: 133607133601",
            "پیگیری133607133601",
            "Status 133607133601",
            "TRACK 133607133601.",
            "لطفاً وضعیت درخواست من: ۱۳۳۶۰۷۱۳۳۶۰۱",
            "Status of my letter, please: 133607133601",
        ] {
            assert_eq!(Wish::read(text), Wish::Status(code()), "{text}");
        }
    }

    #[test]
    fn a_withdrawal_has_a_word_and_perhaps_its_code() {
        for text in ["لغو ۱۳۳۶۰۷۱۳۳۶۰۱", "لغو نامه 133607133601", "انصراف 133607133601", "cancel 133607133601"]
        {
            assert_eq!(Wish::read(text), Wish::Withdraw(code(), None), "{text}");
        }
        for text in ["لغو ۱۳۳۶۰۷۱۳۳۶۰۱ ۴۸۲۹۱۳", "لغو 1336-0713-3601 482 913", "Withdraw 133607133601 482913"]
        {
            assert_eq!(Wish::read(text), Wish::Withdraw(code(), Some("482913".into())), "{text}");
        }
        for text in ["لغو", "لغو ۴۸۲۹۱۳", "لغو نامه", "133607133601 لغو"] {
            assert_eq!(Wish::read(text), Wish::Unclear, "{text}");
        }
        for text in ["لغو ۱۱", "لغو11"] {
            assert_eq!(Wish::read(text), Wish::Nothing, "{text}");
        }
    }

    #[test]
    fn a_rating_is_one_digit_from_1_to_5() {
        for (text, steps) in
            [("5", 5), ("۱", 1), ("٣", 3), ("امتیاز ۴", 4), ("rate 2", 2), (" 5. ", 5), ("4\u{FE0F}\u{20E3}", 4)]
        {
            assert_eq!(Wish::read(text), Wish::Rate(None, steps), "{text}");
        }
        for text in ["133607133601 4", "۱۳۳۶۰۷۱۳۳۶۰۱ ۴", "امتیاز 1336-0713-3601: 4"] {
            assert_eq!(Wish::read(text), Wish::Rate(Some(code()), 4), "{text}");
        }
        for text in
            ["0", "6", "55", "05", "-", "5 5", "امتیاز", "امتیاز 133607133601", "133607133601 6", "1336071336014"]
        {
            assert_eq!(Wish::read(text), Wish::Unclear, "{text}");
        }
    }

    #[test]
    fn a_wrong_digit_is_told_from_nonsense() {
        for text in ["133607133602", "لغو 133607133602", "133607133602 5"] {
            assert_eq!(Wish::read(text), Wish::Mistyped, "{text}");
        }
        let long = format!("{}{CODE}", " ".repeat(200));
        for text in ["", " ", "سلام", "سلام 133607133601", "نامه من کجاست؟", "1336071336", "👍", &long]
        {
            assert_eq!(Wish::read(text), Wish::Unclear, "{text}");
        }
    }
}
