//! A wording: text with places such as `{number}`. What it must keep, how it is filled, how long it can become. Pure.

use pishkhan_courier::gateways::{Kind, Signs, Value};
use pishkhan_persian::text::{has_link, stored_text};

/// How long a wording may be, in characters.
pub const WORDING_CHARACTERS: usize = 300;

/// Values that are plain ASCII, always.
const PLAIN: [&str; 3] = ["receipt", "date", "host"];
/// Values that are the organisation's own, and however long theirs are.
const SAME: [&str; 2] = ["host", "organisation"];

/// What must be mended in a wording.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum WordingFault {
    /// Longer than [`WORDING_CHARACTERS`].
    Long,
    /// No text has a link: some providers refuse them.
    Link,
    /// A brace without its other.
    Brace,
    /// A place that this kind of message doesn't bring.
    Unknown(String),
    /// A place that must stay.
    Lacks(&'static str),
}

enum Piece<'a> {
    Text(&'a str),
    Place(&'a str),
    Brace,
}

/// The wording as it is kept, or all that must be mended. One of nothing is nothing.
pub fn checked(kind: &Kind, typed: &str) -> Result<String, Vec<WordingFault>> {
    let text = stored_text(typed);
    if text.is_empty() {
        return Ok(text);
    }
    let mut faults = Vec::new();
    let mut note = |fault: WordingFault| {
        if !faults.contains(&fault) {
            faults.push(fault);
        }
    };
    if text.chars().count() > WORDING_CHARACTERS {
        note(WordingFault::Long);
    }
    if has_link(&with_a_host(&text)) {
        note(WordingFault::Link);
    }
    let mut used = Vec::new();
    for piece in text.lines().flat_map(pieces) {
        match piece {
            Piece::Text(_) => {}
            Piece::Brace => note(WordingFault::Brace),
            Piece::Place(name) if kind.values.iter().any(|value| value.name == name) => used.push(name),
            Piece::Place(name) => note(WordingFault::Unknown(name.to_owned())),
        }
    }
    for value in kind.values.iter().filter(|value| value.is_needed && !used.contains(&value.name)) {
        note(WordingFault::Lacks(value.name));
    }
    if faults.is_empty() { Ok(text) } else { Err(faults) }
}

/// The wording with its places filled, as far as that makes a link or none: `{host}` with a path behind it is one.
fn with_a_host(wording: &str) -> String {
    let shown = |piece: Piece<'_>| match piece {
        Piece::Text(text) => text.to_owned(),
        Piece::Place("host") => "desk.example".to_owned(),
        Piece::Place(_) => "0".to_owned(),
        Piece::Brace => " ".to_owned(),
    };
    let lines = wording.lines().map(|line| pieces(line).into_iter().map(shown).collect::<String>());
    lines.collect::<Vec<_>>().join("\n")
}

/// The organisation's own words with these values, or else the message as it is.
pub fn worded(own: Option<&str>, values: &[(&'static str, String)], otherwise: &str) -> String {
    own.map_or_else(|| otherwise.to_owned(), |own| filled(own, values))
}

/// How many SMS parts a wording takes at most, as `parts_of` counts them, with each value as long as it can be; `sample` has those that are the
/// same in every message.
pub fn most_parts(kind: &Kind, wording: &str, sample: &[(&'static str, String)], parts_of: fn(&str) -> usize) -> usize {
    let longest_or_same = |value: &Value| {
        let same = sample.iter().find(|(name, _)| *name == value.name && SAME.contains(name));
        (value.name, same.map_or_else(|| longest(value), |(_, same)| same.clone()))
    };
    let values: Vec<_> = kind.values.iter().map(longest_or_same).collect();
    parts_of(&filled(wording, &values))
}

fn longest(value: &Value) -> String {
    let is_plain = value.signs == Signs::Digits || PLAIN.contains(&value.name);
    // For the length of an SMS all signs that are not ASCII are alike.
    let sign = if is_plain { "0" } else { "…" };
    sign.repeat(value.longest)
}

/// A line of which nothing but empty values would stay is left out: an answer may have no number.
fn filled(wording: &str, values: &[(&'static str, String)]) -> String {
    let lines: Vec<String> = wording.lines().filter_map(|line| filled_line(line, values)).collect();
    lines.join("\n")
}

fn filled_line(line: &str, values: &[(&'static str, String)]) -> Option<String> {
    let mut text = String::new();
    let (mut places, mut empty) = (0, 0);
    for piece in pieces(line) {
        match piece {
            Piece::Text(piece) => text.push_str(piece),
            Piece::Brace => {}
            Piece::Place(name) => {
                let value = values.iter().find(|(known, _)| *known == name).map_or("", |(_, value)| value.as_str());
                places += 1;
                empty += usize::from(value.is_empty());
                text.push_str(value);
            }
        }
    }
    (places == 0 || empty < places).then(|| text.trim_end().to_owned())
}

/// Takes a line apart at its braces.
fn pieces(line: &str) -> Vec<Piece<'_>> {
    let mut found = Vec::new();
    let mut rest = line;
    while let Some(at) = rest.find(['{', '}']) {
        if at > 0 {
            found.push(Piece::Text(&rest[..at]));
        }
        let inside = &rest[at + 1..];
        match inside.find(['{', '}']) {
            Some(end) if rest[at..].starts_with('{') && inside[end..].starts_with('}') => {
                found.push(Piece::Place(inside[..end].trim()));
                rest = &inside[end + 1..];
            }
            _ => {
                found.push(Piece::Brace);
                rest = inside;
            }
        }
    }
    if !rest.is_empty() {
        found.push(Piece::Text(rest));
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::notices::kind;
    use crate::words::{sms_parts, ucs2_parts};

    fn faults(name: &str, typed: &str) -> Vec<WordingFault> {
        checked(kind(name).expect("it is a kind"), typed).expect_err("it must be mended")
    }

    #[test]
    fn a_good_wording_is_kept_as_people_read_it() {
        let kind = kind("letter_registered").expect("it is a kind");
        let typed = "  نامه شما به شماره { number } ثبت شد.\r\nپیگیری {tracking}، {date}  ";
        let kept = checked(kind, typed).expect("nothing is wrong");
        assert_eq!(kept, "نامه شما به شماره { number } ثبت شد.\nپیگیری {tracking}، {date}");
        let values = [("number", "12/3".to_owned()), ("tracking", "55".to_owned()), ("date", "1405/08/19".to_owned())];
        let text = "نامه شما به شماره 12/3 ثبت شد.\nپیگیری 55، 1405/08/19";
        assert_eq!(worded(Some(&kept), &values, "همان"), text);
        assert_eq!(worded(None, &values, "همان"), "همان");
        assert_eq!(checked(kind, " \r\n "), Ok(String::new()));
    }

    #[test]
    fn what_must_be_mended_is_told_at_once() {
        let lacks = WordingFault::Lacks;
        assert_eq!(faults("letter_registered", "{number}"), [lacks("tracking"), lacks("date")]);
        assert_eq!(faults("letter_lapsed", "{letter} {number}"), [WordingFault::Unknown("number".into())]);
        assert_eq!(faults("letter_lapsed", "{letter} HTTPS://example.ir"), [WordingFault::Link]);
        assert_eq!(faults("letter_lapsed", "{letter} {"), [WordingFault::Brace]);
        assert_eq!(faults("letter_lapsed", "{letter"), [WordingFault::Brace, lacks("letter")]);
        assert_eq!(faults("letter_lapsed", &format!("{{letter}}{}", "ا".repeat(300))), [WordingFault::Long]);
    }

    #[test]
    fn a_link_is_refused_however_it_is_written_and_a_date_is_none() {
        for link in [
            "https://example.ir",
            "www.evil.example",
            "t.me/x",
            "t.me\u{2060}/x",
            "ｔ．ｍｅ／x",
            "evil۲.ir/{letter}",
            "{host}/x",
            "{host}:8080/{letter}",
            "www.{host}",
        ] {
            assert_eq!(faults("letter_lapsed", &format!("{{letter}} {link}")), [WordingFault::Link], "{link:?}");
        }
        let kind = kind("sender_warned").expect("it is a kind");
        for text in
            ["", "«1405/9/8»", "{host}", "در {host} ببینید.", "1/2", "و/یا", "{date}/{letter}", "تمام شد.ادامه/پایان"]
        {
            assert!(checked(kind, &format!("{{letter}} {{date}} {text}")).is_ok(), "{text}");
        }
    }

    #[test]
    fn what_may_go_is_what_the_portal_says() {
        for (name, wording) in [
            ("letter_rejected", "{date}"),
            ("letter_returned", "{date}"),
            ("letter_submitted", "{receipt}"),
            ("letter_answered", "{number}"),
        ] {
            assert!(checked(kind(name).expect("it is a kind"), wording).is_ok(), "{name}");
        }
    }

    #[test]
    fn a_line_without_its_value_is_left_out() {
        let values = [("number", "12/3".to_owned()), ("answer", String::new())];
        let wording = "پاسخ نامه {number}\nشماره پاسخ: {answer}\nسپاس";
        assert_eq!(worded(Some(wording), &values, ""), "پاسخ نامه 12/3\nسپاس");
    }

    #[test]
    fn parts_are_counted_with_the_longest_values() {
        let most_parts = |kind: &Kind, wording: &str, sample: &[(&'static str, String)]| {
            most_parts(kind, wording, sample, sms_parts)
        };
        let lapsed = kind("letter_lapsed").expect("it is a kind");
        assert_eq!(most_parts(lapsed, "مهلت {letter} تمام شد", &[]), 1);
        assert_eq!(most_parts(lapsed, &format!("مهلت {{letter}} تمام شد {}", "ا".repeat(40)), &[]), 2);
        let rejected = kind("letter_rejected").expect("it is a kind");
        assert_eq!(most_parts(rejected, "{date} {reason}", &[]), 2, "a reason has up to a hundred signs");
        let submitted = kind("letter_submitted").expect("it is a kind");
        let parts =
            |name: &str| most_parts(submitted, "{receipt} {organisation}", &[("organisation", name.to_owned())]);
        assert_eq!((parts("شهرداری"), parts(&"ا".repeat(62))), (1, 2), "a name is as long as it is");
    }

    #[test]
    fn parts_are_counted_as_they_are_cut() {
        let changed = kind("email_changed").expect("it is a kind");
        let parts = |wording: &str| most_parts(changed, wording, &[], sms_parts);
        assert_eq!([69, 70, 71, 134, 135].map(|n| parts(&"ا".repeat(n))), [1, 1, 2, 2, 3]);
        assert_eq!(parts(&"😀".repeat(67)), 3, "a pair is not cut in two");
        assert_eq!((parts(&"a".repeat(160)), parts(&format!("[{}]", "a".repeat(90)))), (1, 2));
        assert_eq!(most_parts(changed, &"a".repeat(160), &[], ucs2_parts), 3, "where English goes as UCS-2");
    }
}
