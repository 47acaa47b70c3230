//! Messages before they are posted. The desk shows the same draft before an act that the act then posts.

use pishkhan_store::{Result, Tx};

use super::wording::{self, Wording};
use super::{accounts, kinds, outcomes};
use crate::letters::Ruling;
use crate::notices;
use crate::words::Words;

/// A message of a kind.
#[derive(Clone)]
pub struct Draft {
    /// Its name among the kinds.
    pub kind: &'static str,
    /// The words of this message.
    pub words: Words,
    /// What it says, unless the organisation has words of its own.
    pub text: Wording,
    /// Its values by name, as its kind says them.
    pub values: Vec<(&'static str, String)>,
}

/// What goes out of a draft: in the organisation's own words, if it has some. Nothing when it sends none of this kind.
pub async fn said(tx: &mut Tx, draft: &Draft) -> Result<Option<Wording>> {
    let Some(notice) = notices::find(tx, draft.kind).await? else { return Ok(Some(draft.text.clone())) };
    let own = notice.own(draft.words.language);
    Ok((!notice.is_off).then(|| notices::worded(own, &draft.values, &draft.text)))
}

/// For a letter that came in.
pub fn submitted(words: Words, receipt: &str, organisation: &str) -> Draft {
    let values = vec![("receipt", receipt.to_owned()), ("organisation", organisation.to_owned())];
    Draft { kind: "letter_submitted", words, text: wording::submitted(words, receipt, organisation), values }
}

/// For a letter that was registered.
pub fn registered(words: Words, number: &str, tracking: &str, date: &str) -> Draft {
    let values = vec![("number", number.to_owned()), ("tracking", tracking.to_owned()), ("date", date.to_owned())];
    Draft { kind: "letter_registered", words, text: wording::registered(words, number, tracking, date), values }
}

/// For a letter that was rejected. A long reason is cut, and its links go; it stands whole on the letter's page.
pub fn rejected(words: Words, date: &str, reason: &str, host: &str) -> Draft {
    let reason = kinds::without_links(reason);
    let values = vec![("date", date.to_owned()), ("reason", kinds::shortened(&reason)), ("host", host.to_owned())];
    Draft { kind: "letter_rejected", words, text: wording::rejected(words, date, &reason, host), values }
}

/// For a letter that was returned for completion. What is missing is cut, and its links go; the list stands whole on its page.
pub fn returned(words: Words, items: &[String], date: &str, host: &str) -> Draft {
    let items: Vec<String> = items.iter().map(|item| kinds::without_links(item)).collect();
    let what = kinds::shortened(&items.join(words.t("sms-returned-between")));
    let values = vec![("what", what), ("date", date.to_owned()), ("host", host.to_owned())];
    Draft { kind: "letter_returned", words, text: wording::returned(words, &items, date, host), values }
}

/// For a sender whose time to complete or to reply ends.
pub fn warned(words: Words, letter: &str, date: &str, host: &str) -> Draft {
    let values = vec![("letter", letter.to_owned()), ("date", date.to_owned()), ("host", host.to_owned())];
    Draft { kind: "sender_warned", words, text: wording::warned(words, letter, date, host), values }
}

/// For a letter that lapsed.
pub fn lapsed(words: Words, letter: &str, host: &str) -> Draft {
    let values = vec![("letter", letter.to_owned()), ("host", host.to_owned())];
    Draft { kind: "letter_lapsed", words, text: wording::lapsed(words, letter, host), values }
}

/// For a letter with which the house is late.
pub fn overdue(words: Words, letter: &str, host: &str) -> Draft {
    let values = vec![("letter", letter.to_owned()), ("host", host.to_owned())];
    Draft { kind: "letter_overdue", words, text: wording::overdue(words, letter, host), values }
}

/// For a letter that was answered; `answer` is the answer's own number, of the outgoing register.
pub fn answered(words: Words, number: &str, answer: Option<&str>, host: &str) -> Draft {
    let values = vec![
        ("number", number.to_owned()),
        ("answer", answer.unwrap_or_default().to_owned()),
        ("host", host.to_owned()),
    ];
    Draft { kind: "letter_answered", words, text: wording::answered(words, number, answer, host), values }
}

/// For a question about a letter.
pub fn asked(words: Words, number: &str, date: &str, host: &str) -> Draft {
    let values = vec![("number", number.to_owned()), ("date", date.to_owned()), ("host", host.to_owned())];
    Draft { kind: "question_asked", words, text: wording::asked(words, number, date, host), values }
}

/// For a message of the unit in between.
pub fn informed(words: Words, number: &str, host: &str) -> Draft {
    let values = vec![("number", number.to_owned()), ("host", host.to_owned())];
    Draft { kind: "sender_informed", words, text: wording::informed(words, number, host), values }
}

/// For an objection that was decided.
pub fn ruled(words: Words, ruling: Ruling, number: &str, host: &str) -> Draft {
    let values = vec![("number", number.to_owned()), ("host", host.to_owned())];
    Draft { kind: "objection_decided", words, text: outcomes::ruled(words, ruling, number, host), values }
}

/// For a letter that was opened again.
pub fn reopened(words: Words, number: &str, host: &str) -> Draft {
    let values = vec![("number", number.to_owned()), ("host", host.to_owned())];
    Draft { kind: "letter_reopened", words, text: outcomes::reopened(words, number, host), values }
}

/// For the number that an account had until now.
pub fn number_changed(words: Words, host: &str) -> Draft {
    let values = vec![("host", host.to_owned())];
    Draft { kind: "number_changed", words, text: accounts::changed(words, host), values }
}

/// For a sender whose e-mail address is another now.
pub fn email_changed(words: Words, host: &str) -> Draft {
    let values = vec![("host", host.to_owned())];
    Draft { kind: "email_changed", words, text: accounts::email(words, host), values }
}

/// For a sender to whose account a device was added.
pub fn device_added(words: Words, date: &str, device: &str, host: &str) -> Draft {
    let values = vec![("date", date.to_owned()), ("device", device.to_owned()), ("host", host.to_owned())];
    Draft { kind: "device_added", words, text: accounts::device(words, date, host), values }
}

/// A message of the kind of that name with any values; none of a kind that is a code.
pub fn of_kind(words: Words, kind: &str, value: impl Fn(&'static str) -> String) -> Option<Draft> {
    let (number, date, host) = (value("number"), value("date"), value("host"));
    let draft = match kind {
        "letter_submitted" => submitted(words, &value("receipt"), &value("organisation")),
        "letter_registered" => registered(words, &number, &value("tracking"), &date),
        "letter_rejected" => rejected(words, &date, &value("reason"), &host),
        "letter_returned" => returned(words, &[value("what")], &date, &host),
        "sender_warned" => warned(words, &value("letter"), &date, &host),
        "letter_lapsed" => lapsed(words, &value("letter"), &host),
        "letter_overdue" => overdue(words, &value("letter"), &host),
        "letter_answered" => answered(words, &number, Some(&value("answer")), &host),
        "question_asked" => asked(words, &number, &date, &host),
        "sender_informed" => informed(words, &number, &host),
        "objection_decided" => ruled(words, Ruling::Uphold, &number, &host),
        "letter_reopened" => reopened(words, &number, &host),
        "number_changed" => number_changed(words, &host),
        "email_changed" => email_changed(words, &host),
        "device_added" => device_added(words, &date, &value("device"), &host),
        _ => return None,
    };
    Some(draft)
}

#[cfg(test)]
mod tests {
    use pishkhan_persian::Language;
    use pishkhan_persian::text::has_link;

    use super::super::{KINDS, brings};
    use super::*;

    #[test]
    fn each_draft_brings_what_its_kind_says() {
        for kind in KINDS {
            let draft = of_kind(Words::of(Language::Persian), kind.name, |name| format!("{{{name}}}"));
            let is_code = ["code", "call"].iter().any(|ending| kind.name.ends_with(&format!("_{ending}")));
            assert_eq!(draft.is_none(), is_code, "{}", kind.name);
            let Some(draft) = draft else { continue };
            assert_eq!(draft.kind, kind.name);
            assert!(brings(draft.kind, &draft.values), "{}", kind.name);
        }
    }

    #[test]
    fn no_message_says_a_link_that_somebody_wrote() {
        for words in [Language::Persian, Language::English].map(Words::of) {
            let (link, host) = ("https://example.ir/f", "desk.example.ir");
            let items = [format!("فرم ({link})"), "قبض آب".to_owned()];
            for draft in [
                rejected(words, "1405/08/28", &format!("فرم {link} کامل نیست"), host),
                returned(words, &items, "1405/09/05", host),
            ] {
                assert!(!has_link(&draft.text) && draft.text.contains("فرم"), "{}", draft.text);
                assert!(draft.values.iter().all(|(_, value)| !has_link(value)), "{}", draft.kind);
            }
        }
    }
}
