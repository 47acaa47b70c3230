//! What senders are told of their accounts.

use std::time::Duration;

use pishkhan_courier::{Message, outbox};
use pishkhan_persian::{Mobile, calendar};
use pishkhan_store::{Result, Tx};

use super::wording::{Wording, first_that_fits};
use super::{brings, drafts, mail};
use crate::ids::SenderId;
use crate::notices;
use crate::organisations;
use crate::senders::Sender;
use crate::words::Words;

/// To the number that was the sender's until now: that it isn't any more, and what to do if somebody else did that.
pub(crate) async fn number_changed(tx: &mut Tx, sender: &Sender, before: &Mobile) -> Result<()> {
    let organisation = organisations::this(tx).await?;
    let draft = drafts::number_changed(Words::of(sender.language), organisation.host());
    let Some(text) = drafts::said(tx, &draft).await? else { return Ok(()) };
    let language = sender.language;
    let (to, about, hold) = (before.as_str().to_owned(), String::new(), Duration::ZERO);
    let message =
        Message { to, template: draft.kind, text, language, values: draft.values, expires_at: None, about, hold };
    mail::copy(tx, sender, message.clone()).await?;
    outbox::post(tx, message).await.map(drop)
}

/// To the sender's number, and to the address that was theirs until now: that their e-mail address is another.
pub(crate) async fn email_changed(tx: &mut Tx, sender: &Sender) -> Result<()> {
    let Some(mobile) = &sender.mobile else { return Ok(()) };
    let organisation = organisations::this(tx).await?;
    let draft = drafts::email_changed(Words::of(sender.language), organisation.host());
    let Some(text) = drafts::said(tx, &draft).await? else { return Ok(()) };
    let language = sender.language;
    let (to, about, hold) = (mobile.as_str().to_owned(), String::new(), Duration::ZERO);
    let message =
        Message { to, template: draft.kind, text, language, values: draft.values, expires_at: None, about, hold };
    mail::copy(tx, sender, message.clone()).await?;
    outbox::post(tx, message).await.map(drop)
}

/// To the address that the sender has proved, and to their number where the organisation wants that: that somebody signed in on a device that
/// the account didn't know. The e-mail says more than an SMS holds, unless the organisation has words of its own.
pub(crate) async fn device_added(tx: &mut Tx, sender: &Sender, device: Option<String>) -> Result<()> {
    let Some(mobile) = &sender.mobile else { return Ok(()) };
    let organisation = organisations::this(tx).await?;
    let words = Words::of(sender.language);
    let at = calendar::in_tehran(tx.now().0);
    let (date, time) = (at.date.slashed(), format!("{:02}:{:02}", at.hour, at.minute));
    let device = device.unwrap_or_else(|| words.t("account-unknown-device").to_owned());
    let draft = drafts::device_added(words, &date, &device, organisation.host());
    debug_assert!(brings(draft.kind, &draft.values), "{} brings other values than its kind says", draft.kind);
    let sms = drafts::said(tx, &draft).await?;
    let notice = notices::find(tx, draft.kind).await?;
    let own = notice.as_ref().and_then(|notice| notice.own(words.language));
    let full = device_by_mail(words, &date, &time, &device, organisation.host());
    let text = notices::worded(own, &draft.values, &full);
    let language = sender.language;
    let (to, about, hold) = (mobile.as_str().to_owned(), about_devices(&sender.id), Duration::ZERO);
    let message =
        Message { to, template: draft.kind, text, language, values: draft.values, expires_at: None, about, hold };
    mail::copy(tx, sender, message.clone()).await?;
    match sms {
        Some(text) => outbox::post(tx, Message { text, ..message }).await.map(drop),
        None => Ok(()),
    }
}

/// What waits of such news goes nowhere: the account sleeps, or number and address may be in another's hand.
pub(crate) async fn withdraw_device_news(tx: &mut Tx, sender: &SenderId, why: &str) -> Result<()> {
    outbox::withdraw(tx, &about_devices(sender), why).await
}

fn about_devices(sender: &SenderId) -> String {
    format!("devices:{sender}")
}

/// For the number that an account had until now.
pub fn changed(words: Words, host: &str) -> Wording {
    first_that_fits([
        words.plain("sms-number-changed", &[("host", host)]),
        words.t("sms-number-changed-short").to_owned(),
    ])
}

/// For a sender whose e-mail address is another now.
pub fn email(words: Words, host: &str) -> Wording {
    first_that_fits([
        words.plain("sms-email-changed", &[("host", host)]),
        words.t("sms-email-changed-short").to_owned(),
    ])
}

/// For a sender to whose account a device was added, by SMS.
pub fn device(words: Words, date: &str, host: &str) -> Wording {
    first_that_fits([
        words.plain("sms-device-added", &[("date", date), ("host", host)]),
        words.plain("sms-device-added-short", &[("date", date)]),
    ])
}

/// The same by e-mail.
fn device_by_mail(words: Words, date: &str, time: &str, device: &str, host: &str) -> String {
    let places = [("date", date), ("time", time), ("device", device), ("host", host)];
    words.plain("mail-device-added", &places)
}

#[cfg(test)]
mod tests {
    use pishkhan_persian::Language;

    use super::*;
    use crate::words::sms_parts;

    #[test]
    fn each_message_is_one_part_and_says_what_to_do() {
        for language in [Language::Persian, Language::English] {
            for host in ["desk.example.ir", "a-very-long-host-name.of-some-organisation.example.ir"] {
                assert_eq!(sms_parts(&changed(Words::of(language), host)), 1);
                assert_eq!(sms_parts(&email(Words::of(language), host)), 1);
                assert_eq!(sms_parts(&device(Words::of(language), "1405/08/19", host)), 1);
            }
        }
        assert!(changed(Words::of(Language::Persian), "desk.example.ir").ends_with("\ndesk.example.ir"));
    }

    #[test]
    fn the_news_of_a_device_names_day_device_and_host_and_what_to_do() {
        let words = Words::of(Language::Persian);
        assert_eq!(
            device(words, "1405/08/19", "desk.example.ir"),
            "ورود از دستگاه تازه: 1405/08/19\nشما نبودید؟ خارجش کنید\ndesk.example.ir"
        );
        for language in [Language::Persian, Language::English] {
            let text = device_by_mail(Words::of(language), "1405/08/19", "09:42", "Chrome, Android", "desk.example.ir");
            for told in ["1405/08/19", "09:42", "Chrome, Android"] {
                assert!(text.contains(told), "{text}");
            }
            assert!(text.ends_with("\ndesk.example.ir") && !text.contains('\u{2068}'), "{text}");
            let subject = text.lines().next().expect("it has a first line");
            assert!((10..60).contains(&subject.chars().count()), "{subject}");
        }
    }
}
