//! The words of each message, in the fullest of its wordings that is one SMS part.

use crate::words::{Words, sms_parts};

/// A text that is one part.
pub type Wording = String;

/// For a letter that came in.
pub fn submitted(words: Words, receipt: &str, organisation: &str) -> Wording {
    first_that_fits([
        words.plain("sms-submitted", &[("receipt", receipt), ("organisation", organisation)]),
        words.plain("sms-submitted-short", &[("receipt", receipt)]),
    ])
}

/// For a letter that was registered.
pub fn registered(words: Words, number: &str, tracking: &str, date: &str) -> Wording {
    let places = [("number", number), ("tracking", tracking), ("date", date)];
    first_that_fits([words.plain("sms-registered", &places), words.plain("sms-registered-short", &places)])
}

/// For a letter that was rejected. A long reason is cut where the part ends; it stands whole on the letter's page.
pub fn rejected(words: Words, date: &str, reason: &str, host: &str) -> Wording {
    let with =
        |reason: &str, host: &str| words.plain("sms-rejected", &[("date", date), ("reason", reason), ("host", host)]);
    let full = with(reason, host);
    if sms_parts(&full) == 1 {
        return full;
    }
    cut_to_fit(reason, |reason| words.plain("sms-rejected-bare", &[("date", date), ("reason", reason)]))
}

/// For a letter that was returned for completion. What is missing is cut where the part ends; the list stands whole on its page.
pub fn returned(words: Words, items: &[String], date: &str, host: &str) -> Wording {
    let what = items.join(words.t("sms-returned-between"));
    let full = words.plain("sms-returned", &[("what", &what), ("date", date), ("host", host)]);
    if sms_parts(&full) == 1 {
        return full;
    }
    cut_to_fit(&what, |what| words.plain("sms-returned-bare", &[("what", what), ("date", date)]))
}

/// For a sender whose time to complete or to reply ends.
pub fn warned(words: Words, letter: &str, date: &str, host: &str) -> Wording {
    first_that_fits([
        words.plain("sms-warned", &[("letter", letter), ("date", date), ("host", host)]),
        words.plain("sms-warned-short", &[("letter", letter), ("date", date)]),
    ])
}

/// For a letter that lapsed.
pub fn lapsed(words: Words, letter: &str, host: &str) -> Wording {
    first_that_fits([
        words.plain("sms-lapsed", &[("letter", letter), ("host", host)]),
        words.plain("sms-lapsed-short", &[("letter", letter)]),
    ])
}

/// For a letter with which the house is late: that there is a certificate stays, also where the host doesn't fit.
pub fn overdue(words: Words, letter: &str, host: &str) -> Wording {
    first_that_fits([
        words.plain("sms-overdue", &[("letter", letter), ("host", host)]),
        words.plain("sms-overdue-short", &[("letter", letter)]),
    ])
}

/// No part has more signs.
const FULLEST: usize = 160;

/// The text with as much of what may be cut as one part holds.
fn cut_to_fit(whole: &str, text_with: impl Fn(&str) -> String) -> Wording {
    let mut kept: Vec<char> = whole.chars().take(FULLEST).collect();
    let mut text = text_with(whole);
    while sms_parts(&text) > 1 && kept.pop().is_some() {
        text = text_with(&format!("{}…", kept.iter().collect::<String>().trim_end()));
    }
    text
}

/// For a letter that was answered; `answer` is the answer's own number, of the outgoing register.
pub fn answered(words: Words, number: &str, answer: Option<&str>, host: &str) -> Wording {
    match answer {
        None => first_that_fits([
            words.plain("sms-answered", &[("number", number), ("host", host)]),
            words.plain("sms-answered-short", &[("number", number)]),
        ]),
        Some(answer) => first_that_fits([
            words.plain("sms-answered-numbered", &[("number", number), ("answer", answer), ("host", host)]),
            words.plain("sms-answered-numbered-less", &[("number", number), ("answer", answer)]),
            words.plain("sms-answered-numbered-short", &[("number", number), ("answer", answer)]),
        ]),
    }
}

/// For a question about a letter.
pub fn asked(words: Words, number: &str, date: &str, host: &str) -> Wording {
    first_that_fits([
        words.plain("sms-asked", &[("number", number), ("date", date), ("host", host)]),
        words.plain("sms-asked-short", &[("number", number), ("date", date)]),
    ])
}

/// For a message of the unit in between; its words stand in the portal.
pub fn informed(words: Words, number: &str, host: &str) -> Wording {
    let places = [("number", number), ("host", host)];
    first_that_fits([words.plain("sms-informed", &places), words.plain("sms-informed-short", &places[..1])])
}

/// The first of the wordings that is one part, or else the last, which is the shortest.
pub(crate) fn first_that_fits<const N: usize>(wordings: [String; N]) -> Wording {
    let fits = wordings.iter().position(|wording| sms_parts(wording) == 1).unwrap_or(N - 1);
    wordings.into_iter().nth(fits).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use pishkhan_persian::Language;

    use super::*;

    #[test]
    fn every_message_is_one_part_and_keeps_what_matters() {
        let long_number = "1405/شهرسازی-مرکزی/123456789";
        for language in [Language::Persian, Language::English] {
            let words = Words::of(language);
            let registered = registered(words, long_number, "123456789012", "1405/08/19");
            for text in [long_number, "123456789012", "1405/08/19"] {
                assert!(registered.contains(text), "{registered} lacks {text}");
            }
            let host = "a-very-long-host-name.of-some-organisation.example.ir";
            let texts = [
                submitted(words, "582-0194", "سازمان بسیار بزرگ مدیریت و برنامه‌ریزی استان و شهرستان‌ها"),
                registered,
                rejected(words, "1405/08/28", &"مدارک کامل نیست و ".repeat(20), host),
                answered(words, long_number, None, host),
                answered(words, long_number, Some(long_number), host),
                asked(words, long_number, "1405/08/28", host),
                informed(words, long_number, host),
                returned(words, &["تصویر صفحه اول سند مالکیت".repeat(8)], "1405/09/05", host),
                warned(words, long_number, "1405/09/05", host),
                lapsed(words, long_number, host),
                overdue(words, long_number, host),
            ];
            for text in texts {
                assert_eq!(sms_parts(&text), 1, "{} units: {text}", text.encode_utf16().count());
                assert!(!text.contains('\u{2068}'));
            }
        }
    }

    #[test]
    fn the_messages_read_as_agreed() {
        let words = Words::of(Language::Persian);
        assert_eq!(
            registered(words, "نمونه/101", "133607133607", "1405/08/19"),
            "نامه ثبت شد\nشماره: نمونه/101\nپیگیری: 133607133607\nتاریخ: 1405/08/19"
        );
        assert_eq!(
            rejected(words, "1405/08/28", "مدارک کامل نیست", "desk.example.ir"),
            "نامه شما در 1405/08/28 رد شد: مدارک کامل نیست\ndesk.example.ir"
        );
        assert_eq!(
            overdue(words, "1405/نمونه/101", "desk.example.ir"),
            "پاسخ نامه 1405/نمونه/101 دیر شد.\nگواهی بی‌پاسخ ماندن: desk.example.ir"
        );
        assert_eq!(
            returned(words, &["صفحه اول سند".to_owned()], "1405/09/05", "desk.example.ir"),
            "نامه شما مدرک لازم دارد: صفحه اول سند\nمهلت: 1405/09/05\ndesk.example.ir"
        );
    }

    #[test]
    fn what_is_cut_from_a_return_is_never_its_deadline() {
        for language in [Language::Persian, Language::English] {
            let items: Vec<String> = (0..20).map(|n| format!("مدرک شماره {n} که خیلی لازم است")).collect();
            let text = returned(Words::of(language), &items, "1405/09/05", "desk.example.ir");
            assert!(text.contains("1405/09/05") && text.contains('…'), "{text}");
            assert_eq!(sms_parts(&text), 1, "{text}");
        }
    }
}
