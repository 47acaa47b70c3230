//! What senders are told of their accounts.

use std::time::Duration;

use pishkhan_courier::{Message, outbox};
use pishkhan_persian::Mobile;
use pishkhan_store::{Result, Tx};

use super::wording::{Wording, first_that_fits};
use super::{drafts, mail};
use crate::organisations;
use crate::senders::Sender;
use crate::words::Words;

/// To the number that was the sender's until now: that it isn't any more, and what to do if somebody else did that.
pub(crate) async fn number_changed(tx: &mut Tx, sender: &Sender, before: &Mobile) -> Result<()> {
    let organisation = organisations::this(tx).await?;
    let draft = drafts::number_changed(Words::of(sender.language), organisation.host());
    let Some(text) = drafts::said(tx, &draft).await? else { return Ok(()) };
    let (to, about, hold) = (before.as_str().to_owned(), String::new(), Duration::ZERO);
    let message = Message { to, template: draft.kind, text, values: draft.values, expires_at: None, about, hold };
    mail::copy(tx, sender, message.clone()).await?;
    outbox::post(tx, message).await.map(drop)
}

/// To the sender's number, and to the address that was theirs until now: that their e-mail address is another.
pub(crate) async fn email_changed(tx: &mut Tx, sender: &Sender) -> Result<()> {
    let Some(mobile) = &sender.mobile else { return Ok(()) };
    let organisation = organisations::this(tx).await?;
    let draft = drafts::email_changed(Words::of(sender.language), organisation.host());
    let Some(text) = drafts::said(tx, &draft).await? else { return Ok(()) };
    let (to, about, hold) = (mobile.as_str().to_owned(), String::new(), Duration::ZERO);
    let message = Message { to, template: draft.kind, text, values: draft.values, expires_at: None, about, hold };
    mail::copy(tx, sender, message.clone()).await?;
    outbox::post(tx, message).await.map(drop)
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
            }
        }
        assert!(changed(Words::of(Language::Persian), "desk.example.ir").ends_with("\ndesk.example.ir"));
    }
}
