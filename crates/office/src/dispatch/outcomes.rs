//! What senders are told when an objection is decided, or a closed letter is opened again; and what they are told no more.

use pishkhan_courier::outbox;
use pishkhan_store::{Result, StoreError, Tx};

use super::wording::{Wording, first_that_fits};
use super::{drafts, post, sender_of};
use crate::letters::{Letter, Ruling, State};
use crate::organisations;
use crate::rules::Rules;
use crate::words::Words;

/// That the house is late.
pub(crate) const OVERDUE: &str = "letter_overdue";

/// That the sender's time ends.
const WARNED: &str = "sender_warned";

/// What the house was late with is done, or nobody waits for it any more: what waits to be told of that is old by now.
pub(crate) async fn no_longer_owed(tx: &mut Tx, letter: &Letter) -> Result<()> {
    if letter.escalation.is_none() {
        return Ok(());
    }
    outbox::withdraw_kind(tx, letter.id.as_str(), OVERDUE, "what was late is done").await
}

/// Whether its sender has still to hear by any warning that their time ends, although one is on its way.
pub(crate) async fn warning_waits(tx: &mut Tx, letter: &Letter) -> Result<bool> {
    let asked_at = match &letter.state {
        State::Returned(_, returned) => returned.at,
        State::AwaitingSender(_, _, _, question) => question.at,
        _ => return Ok(false),
    };
    outbox::waits(tx, letter.id.as_str(), WARNED, asked_at).await
}

/// What its sender was warned of has come otherwise: what waits to warn them is old by now.
pub(crate) async fn no_longer_warned(tx: &mut Tx, letter: &Letter) -> Result<()> {
    outbox::withdraw_kind(tx, letter.id.as_str(), WARNED, "what was waited for has come, or its time is another").await
}

/// What was ruled; its text stands in the portal.
pub(crate) async fn objection_decided(tx: &mut Tx, rules: &Rules, letter: &Letter, ruling: Ruling) -> Result<()> {
    no_longer_owed(tx, letter).await?;
    let sender = sender_of(tx, letter).await?;
    let organisation = organisations::this(tx).await?;
    let draft = drafts::ruled(Words::of(sender.language), ruling, &mark(letter)?, organisation.host());
    post(tx, rules, &sender, letter, draft, rules.letters.undo).await.map(drop)
}

/// That it is worked on again.
pub(crate) async fn letter_reopened(tx: &mut Tx, rules: &Rules, letter: &Letter) -> Result<()> {
    let sender = sender_of(tx, letter).await?;
    let organisation = organisations::this(tx).await?;
    let draft = drafts::reopened(Words::of(sender.language), &mark(letter)?, organisation.host());
    post(tx, rules, &sender, letter, draft, rules.letters.undo).await.map(drop)
}

/// By what the sender knows the letter: its number, or its receipt as long as it has none.
pub fn mark(letter: &Letter) -> Result<String> {
    let submission = letter.state.submission().ok_or(StoreError::Unreadable("submission"))?;
    let number = letter.state.registration().map(|registration| registration.number.clone());
    Ok(number.unwrap_or_else(|| submission.receipt.short()))
}

/// For an objection that was decided.
pub fn ruled(words: Words, ruling: Ruling, number: &str, host: &str) -> Wording {
    let places = [("number", number), ("host", host)];
    let (full, short) = match ruling {
        Ruling::Uphold => ("sms-upheld", "sms-upheld-short"),
        Ruling::Reconsider => ("sms-reconsidered", "sms-reconsidered-short"),
    };
    first_that_fits([words.plain(full, &places), words.plain(short, &places[..1])])
}

/// For a letter that was opened again.
pub fn reopened(words: Words, number: &str, host: &str) -> Wording {
    let places = [("number", number), ("host", host)];
    first_that_fits([words.plain("sms-reopened", &places), words.plain("sms-reopened-short", &places[..1])])
}

#[cfg(test)]
mod tests {
    use pishkhan_persian::Language;

    use super::*;
    use crate::words::sms_parts;

    #[test]
    fn every_message_is_one_part_and_keeps_the_number() {
        let number = "1405/شهرسازی-مرکزی/123456789";
        for language in [Language::Persian, Language::English] {
            for host in ["desk.example.ir", "a-very-long-host-name.of-some-organisation.example.ir"] {
                let words = Words::of(language);
                let texts = [
                    ruled(words, Ruling::Uphold, number, host),
                    ruled(words, Ruling::Reconsider, number, host),
                    reopened(words, number, host),
                ];
                for text in texts {
                    assert_eq!(sms_parts(&text), 1, "{text}");
                    assert!(text.contains(number), "{text}");
                }
            }
        }
    }
}
