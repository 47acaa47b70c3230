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
    let bare = |reason: &str| words.plain("sms-rejected-bare", &[("date", date), ("reason", reason)]);
    let mut kept: Vec<char> = reason.chars().collect();
    let mut text = bare(reason);
    while sms_parts(&text) > 1 && kept.pop().is_some() {
        text = bare(&format!("{}…", kept.iter().collect::<String>().trim_end()));
    }
    text
}

/// For a letter that was answered.
pub fn answered(words: Words, number: &str, host: &str) -> Wording {
    first_that_fits([
        words.plain("sms-answered", &[("number", number), ("host", host)]),
        words.plain("sms-answered-short", &[("number", number)]),
    ])
}

/// For a question about a letter.
pub fn asked(words: Words, number: &str, date: &str, host: &str) -> Wording {
    first_that_fits([
        words.plain("sms-asked", &[("number", number), ("date", date), ("host", host)]),
        words.plain("sms-asked-short", &[("number", number), ("date", date)]),
    ])
}

fn first_that_fits(wordings: [String; 2]) -> Wording {
    let [full, short] = wordings;
    if sms_parts(&full) == 1 { full } else { short }
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
                answered(words, long_number, host),
                asked(words, long_number, "1405/08/28", host),
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
    }
}
