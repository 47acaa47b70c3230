//! The kinds of messages and what can be known of their values, against which a gateway's template is checked when it is set up, and an
//! organisation's own words when they are saved. Neither may leave out what people need (`is_needed`): a code, what finds their letter again, and
//! until when they have time. The rest stands in the portal, or the message says it in other words.

use pishkhan_courier::gateways::{Kind, Signs, Value};
use pishkhan_persian::text::has_link;

use crate::registry::PRINTED_SIGNS;

/// Stands for what a message doesn't say.
const LEFT_OUT: &str = "…";
/// No template takes more of what people write; the whole stands in the portal.
const LONGEST: usize = 100;

const CODE: Value = Value { name: "code", longest: 6, signs: Signs::Digits, is_needed: true };
/// The last digits of a new number.
const ENDING: Value = Value { name: "ending", longest: 4, signs: Signs::Digits, is_needed: true };
const RECEIPT: Value = Value { name: "receipt", longest: 8, signs: Signs::Word, is_needed: true };
const TRACKING: Value = Value { name: "tracking", longest: 12, signs: Signs::Digits, is_needed: true };
const DATE: Value = Value { name: "date", longest: 10, signs: Signs::Word, is_needed: true };
/// A letter's number as its register prints it. Registers are held to that when they are made or changed; what one of old prints longer, a
/// template may refuse.
const NUMBER: Value = Value { name: "number", longest: PRINTED_SIGNS, signs: Signs::Word, is_needed: true };
const LETTER: Value = Value { name: "letter", ..NUMBER };
/// Not every answer has one.
const ANSWER: Value = Value { name: "answer", is_needed: false, ..NUMBER };
const HOST: Value = Value { name: "host", longest: 60, signs: Signs::Word, is_needed: false };
const ORGANISATION: Value = Value { name: "organisation", longest: 100, signs: Signs::Text, is_needed: false };
/// A browser and its system, by names of ours.
const DEVICE: Value = Value { name: "device", longest: 30, signs: Signs::Text, is_needed: false };
const REASON: Value = Value { name: "reason", longest: LONGEST, signs: Signs::Text, is_needed: false };
const WHAT: Value = Value { name: "what", longest: LONGEST, signs: Signs::Text, is_needed: false };

/// Every kind of message there is.
pub const KINDS: [Kind; 24] = [
    Kind { name: "sign_in_code", values: &[CODE, HOST] },
    // What ends with `_call` is read out over the phone, for whom no SMS reaches; only a gateway's template can.
    Kind { name: "sign_in_call", values: &[CODE] },
    Kind { name: "filing_code", values: &[CODE, HOST] },
    Kind { name: "filing_call", values: &[CODE] },
    // To the number that an account has, and to the one that it is to have.
    Kind { name: "old_number_code", values: &[CODE, ENDING, HOST] },
    Kind { name: "old_number_call", values: &[CODE, ENDING] },
    Kind { name: "new_number_code", values: &[CODE, HOST] },
    Kind { name: "new_number_call", values: &[CODE] },
    // To an address that a sender gives.
    Kind { name: "email_code", values: &[CODE] },
    Kind { name: "letter_submitted", values: &[RECEIPT, ORGANISATION] },
    Kind { name: "letter_registered", values: &[NUMBER, TRACKING, DATE] },
    Kind { name: "letter_rejected", values: &[DATE, REASON, HOST] },
    Kind { name: "letter_returned", values: &[WHAT, DATE, HOST] },
    Kind { name: "sender_warned", values: &[LETTER, DATE, HOST] },
    Kind { name: "letter_lapsed", values: &[LETTER, HOST] },
    // The house is late with it, and there is a certificate of that.
    Kind { name: "letter_overdue", values: &[LETTER, HOST] },
    Kind { name: "letter_answered", values: &[NUMBER, ANSWER, HOST] },
    Kind { name: "question_asked", values: &[NUMBER, DATE, HOST] },
    Kind { name: "sender_informed", values: &[NUMBER, HOST] },
    Kind { name: "objection_decided", values: &[NUMBER, HOST] },
    Kind { name: "letter_reopened", values: &[NUMBER, HOST] },
    // To whoever an account belonged to until now: last, since an administrator reads of letters first.
    Kind { name: "number_changed", values: &[HOST] },
    Kind { name: "email_changed", values: &[HOST] },
    // To whoever it belongs to.
    Kind { name: "device_added", values: &[DATE, DEVICE, HOST] },
];

/// Whether these are the values that a kind of message brings, in any order.
pub(crate) fn brings(template: &str, values: &[(&'static str, String)]) -> bool {
    let known = kind(template).map_or(&[][..], |kind| kind.values);
    known.len() == values.len() && known.iter().all(|known| values.iter().any(|(name, _)| *name == known.name))
}

/// As much of what people wrote as a template may take, by the count of phones, to which some signs are two.
pub(super) fn shortened(text: &str) -> String {
    if text.encode_utf16().count() <= LONGEST {
        return text.to_owned();
    }
    let mut room = LONGEST - 1;
    let fits = |sign: &char| {
        let fits = sign.len_utf16() <= room;
        room -= if fits { sign.len_utf16() } else { 0 };
        fits
    };
    let kept: String = text.chars().take_while(fits).collect();
    format!("{}…", kept.trim_end())
}

/// The kind by which a code of that kind is read out over the phone. Each has its own, since it must say what its code is for: somebody could
/// be talked out of one as another.
pub(super) fn call_of(code: &str) -> Option<&'static str> {
    match code {
        "sign_in_code" => Some("sign_in_call"),
        "filing_code" => Some("filing_call"),
        "old_number_code" => Some("old_number_call"),
        "new_number_code" => Some("new_number_call"),
        _ => None,
    }
}

/// What people wrote, as a message may say it: without its links, for which some providers refuse all that stands beside them. The whole stands in
/// the portal.
pub(super) fn without_links(text: &str) -> String {
    if !has_link(text) {
        return text.to_owned();
    }
    let words: Vec<&str> = text.split_whitespace().map(|word| if has_link(word) { LEFT_OUT } else { word }).collect();
    let kept = words.join(" ");
    // Where spaces stand in the link, too, nothing of the text goes out.
    if has_link(&kept) { LEFT_OUT.to_owned() } else { kept }
}

/// The kind of this name.
pub fn kind(name: &str) -> Option<&'static Kind> {
    const ALL: &[Kind] = &KINDS;
    ALL.iter().find(|kind| kind.name == name)
}

#[cfg(test)]
mod tests {
    use pishkhan_courier::routes::RouteDefinition;

    use super::*;

    /// What is said of a route whose gateway is this and whose one template takes these values.
    fn told(gateway: &str, kind: &str, values: &[&str]) -> String {
        let place = |value: &&str| format!(r#"{{"name":"{value}","value":"{value}"}}"#);
        let places: Vec<String> = values.iter().map(place).collect();
        let template = format!(r#"{{"kind":"{kind}","template":"7","parameters":[{}]}}"#, places.join(","));
        let text = format!(r#"{{"name":"s","gateway":{{{gateway}}},"templates":[{template}]}}"#);
        let route: RouteDefinition = serde_json::from_str(&text).expect("a definition");
        route.admit(&KINDS).err().map(|error| error.to_string()).unwrap_or_default()
    }

    #[test]
    fn a_template_without_what_people_need_is_refused() {
        const LINE: &str = r#""kind":"sms_ir","key":"k","line":30001234"#;
        let cases: [(&str, &[&str], &str); 11] = [
            ("sign_in_code", &[], "code"),
            ("filing_code", &["code"], ""),
            ("old_number_code", &["code"], "ending"),
            ("old_number_call", &["code"], "ending"),
            ("letter_registered", &["date"], "number, tracking"),
            ("letter_registered", &["tracking", "date", "number"], ""),
            ("letter_submitted", &["receipt"], ""),
            ("letter_rejected", &["date"], ""),
            ("letter_answered", &["number"], ""),
            ("sender_warned", &["date"], "letter"),
            ("number_changed", &[], ""),
        ];
        for (kind, values, lacks) in cases {
            let said = told(LINE, kind, values);
            let wanted = format!("the template of {kind}: no place takes {lacks}, and people need it");
            assert_eq!(said, if lacks.is_empty() { String::new() } else { wanted });
        }
    }

    #[test]
    fn a_web_service_that_gets_the_whole_text_with_its_template_needs_no_place() {
        const TEXT: &str = r#"{\"t\":\"{text}\"}"#;
        let by = |body: &str| {
            let request = format!(r#"{{"url":"http://127.0.0.1:9/","body":"{body}"}}"#);
            format!(r#""kind":"http","url":"http://127.0.0.1:9/","body":"{TEXT}","template":{{"request":{request}}}"#)
        };
        let with_text = by(TEXT);
        assert_eq!(told(&with_text, "sign_in_code", &[]), "");
        let without = by(r#"{\"p\":\"{pattern}\"}"#);
        assert!(told(&without, "sign_in_code", &[]).contains("no place takes code"));
    }

    #[test]
    fn what_people_write_is_as_long_as_its_kind_says() {
        assert_eq!(shortened("مدارک کامل نیست"), "مدارک کامل نیست");
        assert_eq!(shortened(&"ا".repeat(300)).chars().count(), LONGEST);
        assert_eq!(shortened(&"😀".repeat(50)), "😀".repeat(50));
        assert_eq!(shortened(&"😀".repeat(51)), format!("{}…", "😀".repeat(49)));
    }

    #[test]
    fn links_that_people_write_go_and_their_words_stay() {
        for (text, said) in [
            ("مدارک کامل نیست", "مدارک کامل نیست"),
            ("فرم را از www.example.ir/form بگیرید.", "فرم را از … بگیرید."),
            ("https://example.ir", "…"),
            ("در example.ir ببینید و/یا بپرسید", "در example.ir ببینید و/یا بپرسید"),
            ("www\u{2060}.example.ir را ببینید", "… را ببینید"),
        ] {
            assert_eq!(without_links(text), said);
        }
    }

    #[test]
    fn each_kind_is_there_once() {
        for wanted in KINDS {
            assert_eq!(KINDS.iter().filter(|kind| kind.name == wanted.name).count(), 1, "{}", wanted.name);
            assert_eq!(kind(wanted.name).map(|kind| kind.values.len()), Some(wanted.values.len()));
        }
        assert!(kind("greeting").is_none());
    }

    #[test]
    fn what_is_read_out_brings_what_its_text_brings_but_the_host() {
        for code in KINDS {
            let Some(call) = call_of(code.name) else { continue };
            let names = |kind: &Kind| kind.values.iter().map(|value| value.name).collect::<Vec<_>>();
            let wanted: Vec<&str> = names(&code).into_iter().filter(|name| *name != "host").collect();
            assert_eq!(kind(call).map(names), Some(wanted), "{call}");
        }
        let calls = KINDS.iter().filter(|kind| kind.name.ends_with("_call")).count();
        assert_eq!(KINDS.iter().filter(|kind| call_of(kind.name).is_some()).count(), calls);
        assert_eq!(call_of("email_code"), None, "it proves an address");
    }
}
