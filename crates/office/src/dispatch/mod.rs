//! Dispatch: the messages that an act owes, worded and put into the outbox in the act's own transaction.
//!
//! Each text is one SMS part: 70 characters of Persian. What doesn't fit is said shorter; number, date and code never go.

mod kinds;
mod outcomes;
mod wording;

use std::time::Duration;

use pishkhan_courier::{Message, MessageId, outbox};
use pishkhan_persian::calendar;
use pishkhan_store::{Moment, Result, StoreError, Tx};

use crate::letters::Letter;
use crate::organisations;
use crate::rules::Rules;
use crate::senders::{self, Sender};
use crate::words::Words;

pub(crate) use kinds::brings;
pub use kinds::{KINDS, kind};
pub(crate) use outcomes::{letter_reopened, objection_decided};
pub use outcomes::{mark, reopened, ruled};
pub use wording::{Wording, answered, asked, lapsed, registered, rejected, returned, submitted, warned};

/// The receipt's short form and who has the letter.
pub(crate) async fn letter_submitted(tx: &mut Tx, sender: &Sender, letter: &Letter) -> Result<()> {
    let submission = letter.state.submission().ok_or(StoreError::Unreadable("submission"))?;
    let organisation = organisations::this(tx).await?;
    let words = Words::of(sender.language);
    let (receipt, name) = (submission.receipt.short(), organisation.name_in(sender.language));
    let text = submitted(words, &receipt, name);
    let values = vec![("receipt", receipt), ("organisation", name.to_owned())];
    post(tx, sender, letter, Said { template: "letter_submitted", text, values, hold: Duration::ZERO }).await.map(drop)
}

/// Letter number, tracking code and date.
pub(crate) async fn letter_registered(tx: &mut Tx, rules: &Rules, letter: &Letter) -> Result<()> {
    let registration = letter.state.registration().ok_or(StoreError::Unreadable("registration"))?;
    let sender = sender_of(tx, letter).await?;
    let date = calendar::in_tehran(registration.at.0).date.slashed();
    let text = registered(Words::of(sender.language), &registration.number, registration.tracking.as_str(), &date);
    let values = vec![
        ("number", registration.number.clone()),
        ("tracking", registration.tracking.as_str().to_owned()),
        ("date", date),
    ];
    post(tx, &sender, letter, Said { template: "letter_registered", text, values, hold: rules.letters.undo })
        .await
        .map(drop)
}

/// Date and reason, as far as one part holds it; the whole reason stands in the portal.
pub(crate) async fn letter_rejected(tx: &mut Tx, rules: &Rules, letter: &Letter) -> Result<()> {
    let rejection = letter.state.rejection().ok_or(StoreError::Unreadable("rejection"))?;
    let sender = sender_of(tx, letter).await?;
    let organisation = organisations::this(tx).await?;
    let date = calendar::in_tehran(rejection.at.0).date.slashed();
    let text = rejected(Words::of(sender.language), &date, &rejection.reason, organisation.host());
    let values =
        vec![("date", date), ("reason", kinds::shortened(&rejection.reason)), ("host", organisation.host().to_owned())];
    post(tx, &sender, letter, Said { template: "letter_rejected", text, values, hold: rules.letters.undo })
        .await
        .map(drop)
}

/// What is missing and until when, as far as one part holds it; the whole list stands in the portal.
pub(crate) async fn letter_returned(tx: &mut Tx, rules: &Rules, letter: &Letter, items: &[String]) -> Result<()> {
    let until = letter.state.waits_until().ok_or(StoreError::Unreadable("return"))?;
    let sender = sender_of(tx, letter).await?;
    let organisation = organisations::this(tx).await?;
    let date = calendar::in_tehran(until.0).date.slashed();
    let words = Words::of(sender.language);
    let text = returned(words, items, &date, organisation.host());
    let values = vec![
        ("what", kinds::shortened(&items.join(words.t("sms-returned-between")))),
        ("date", date),
        ("host", organisation.host().to_owned()),
    ];
    post(tx, &sender, letter, Said { template: "letter_returned", text, values, hold: rules.letters.undo })
        .await
        .map(drop)
}

/// That the time to complete, or to reply, ends.
pub(crate) async fn sender_warned(tx: &mut Tx, letter: &Letter, until: Moment) -> Result<()> {
    let sender = sender_of(tx, letter).await?;
    let organisation = organisations::this(tx).await?;
    let date = calendar::in_tehran(until.0).date.slashed();
    let name = name_of(letter)?;
    let text = warned(Words::of(sender.language), &name, &date, organisation.host());
    let values = vec![("letter", name), ("date", date), ("host", organisation.host().to_owned())];
    post(tx, &sender, letter, Said { template: "sender_warned", text, values, hold: Duration::ZERO }).await.map(drop)
}

/// That the time is over, and that everything can be sent again.
pub(crate) async fn letter_lapsed(tx: &mut Tx, letter: &Letter) -> Result<()> {
    let sender = sender_of(tx, letter).await?;
    let organisation = organisations::this(tx).await?;
    let name = name_of(letter)?;
    let text = lapsed(Words::of(sender.language), &name, organisation.host());
    let values = vec![("letter", name), ("host", organisation.host().to_owned())];
    post(tx, &sender, letter, Said { template: "letter_lapsed", text, values, hold: Duration::ZERO }).await.map(drop)
}

/// By what its sender knows a letter: its number, or its receipt as long as it has none.
fn name_of(letter: &Letter) -> Result<String> {
    let submission = letter.state.submission().ok_or(StoreError::Unreadable("submission"))?;
    let number = letter.state.registration().map(|registration| registration.number.clone());
    Ok(number.unwrap_or_else(|| submission.receipt.short()))
}

/// That the answer is there, with its own number where it has one.
pub(crate) async fn letter_answered(tx: &mut Tx, letter: &Letter) -> Result<Option<MessageId>> {
    let registration = letter.state.registration().ok_or(StoreError::Unreadable("registration"))?;
    let sender = sender_of(tx, letter).await?;
    let organisation = organisations::this(tx).await?;
    let answer = letter.state.answer().and_then(|answer| answer.number.as_ref()).map(|number| number.printed.as_str());
    let text = answered(Words::of(sender.language), &registration.number, answer, organisation.host());
    let values = vec![
        ("number", registration.number.clone()),
        ("answer", answer.unwrap_or_default().to_owned()),
        ("host", organisation.host().to_owned()),
    ];
    post(tx, &sender, letter, Said { template: "letter_answered", text, values, hold: Duration::ZERO }).await
}

/// That the unit asks something, and until when it waits.
pub(crate) async fn question_asked(tx: &mut Tx, letter: &Letter) -> Result<()> {
    let registration = letter.state.registration().ok_or(StoreError::Unreadable("registration"))?;
    let until = letter.state.waits_until().ok_or(StoreError::Unreadable("question"))?;
    let sender = sender_of(tx, letter).await?;
    let organisation = organisations::this(tx).await?;
    let date = calendar::in_tehran(until.0).date.slashed();
    let text = asked(Words::of(sender.language), &registration.number, &date, organisation.host());
    let values =
        vec![("number", registration.number.clone()), ("date", date), ("host", organisation.host().to_owned())];
    post(tx, &sender, letter, Said { template: "question_asked", text, values, hold: Duration::ZERO }).await.map(drop)
}

async fn sender_of(tx: &mut Tx, letter: &Letter) -> Result<Sender> {
    senders::find(tx, &letter.sender).await?.ok_or(StoreError::Unreadable("sender"))
}

/// A message as it is said.
struct Said {
    template: &'static str,
    text: String,
    values: Vec<(&'static str, String)>,
    hold: Duration,
}

/// Posts a message about the letter, which can be recalled as long as it is held; none to whoever has no mobile.
async fn post(tx: &mut Tx, sender: &Sender, letter: &Letter, said: Said) -> Result<Option<MessageId>> {
    let Some(mobile) = &sender.mobile else { return Ok(None) };
    let Said { template, text, values, hold } = said;
    debug_assert!(brings(template, &values), "{template} brings other values than its kind says");
    let (to, about) = (mobile.as_str().to_owned(), letter.id.to_string());
    outbox::post(tx, Message { to, template, text, values, expires_at: None, about, hold }).await.map(Some)
}
