//! Dispatch: the messages that an act owes, worded and put into the outbox in the act's own transaction.
//!
//! Each text is one SMS part: 70 characters of Persian. What doesn't fit is said shorter; number, date and code never go. An
//! organisation may leave some messages out, and word all but codes itself (`notices`).

mod accounts;
mod drafts;
mod kinds;
mod mail;
mod outcomes;
mod overview;
mod provider;
mod recipient;
mod trial;
mod wording;

use std::time::Duration;

use pishkhan_courier::{Message, MessageId, outbox};
use pishkhan_persian::{Language, Mobile, calendar};
use pishkhan_store::{Moment, Result, StoreError, Tx};

use crate::letters::Letter;
use crate::organisations;
use crate::rules::Rules;
use crate::senders::{self, Here, Sender};
use crate::words::Words;

pub(crate) use accounts::{device_added, email_changed, number_changed, withdraw_device_news};
pub use drafts::{
    Draft, answered, asked, informed, lapsed, of_kind, overdue, registered, rejected, reopened, returned, ruled, said,
    submitted, warned,
};
pub(crate) use kinds::brings;
pub use kinds::{KINDS, kind};
pub(crate) use mail::framed;
pub use mail::has_mail;
pub use outcomes::mark;
pub(crate) use outcomes::{
    OVERDUE, letter_reopened, no_longer_owed, no_longer_warned, objection_decided, warning_waits,
};
pub use overview::{Overview, PutAside, Way, matters, overview, put_aside};
pub use provider::{NextWay, call_for, has_template, next_way, parts_of};
pub use recipient::{Silence, recipient};
pub use trial::trial;
pub use wording::Wording;
pub(crate) use wording::first_that_fits;

/// The receipt's short form and who has the letter.
pub(crate) async fn letter_submitted(tx: &mut Tx, rules: &Rules, sender: &Sender, letter: &Letter) -> Result<()> {
    let submission = letter.state.submission().ok_or(StoreError::Unreadable("submission"))?;
    let organisation = organisations::this(tx).await?;
    let name = organisation.name_in(sender.language);
    let draft = submitted(Words::of(sender.language), &submission.receipt.short(), name);
    post(tx, rules, sender, letter, draft, Duration::ZERO).await.map(drop)
}

/// Letter number, tracking code and date.
pub(crate) async fn letter_registered(tx: &mut Tx, rules: &Rules, letter: &Letter) -> Result<()> {
    no_longer_owed(tx, letter).await?;
    let registration = letter.state.registration().ok_or(StoreError::Unreadable("registration"))?;
    let sender = sender_of(tx, letter).await?;
    let date = calendar::in_tehran(registration.at.0).date.slashed();
    let words = Words::of(sender.language);
    let draft = registered(words, &registration.number, registration.tracking.as_str(), &date);
    post(tx, rules, &sender, letter, draft, rules.letters.undo).await.map(drop)
}

/// Date and reason, as far as one part holds it; the whole reason stands in the portal.
pub(crate) async fn letter_rejected(tx: &mut Tx, rules: &Rules, letter: &Letter) -> Result<()> {
    no_longer_owed(tx, letter).await?;
    let rejection = letter.state.rejection().ok_or(StoreError::Unreadable("rejection"))?;
    let sender = sender_of(tx, letter).await?;
    let organisation = organisations::this(tx).await?;
    let date = calendar::in_tehran(rejection.at.0).date.slashed();
    let draft = rejected(Words::of(sender.language), &date, &rejection.reason, organisation.host());
    post(tx, rules, &sender, letter, draft, rules.letters.undo).await.map(drop)
}

/// What is missing and until when, as far as one part holds it; the whole list stands in the portal.
pub(crate) async fn letter_returned(tx: &mut Tx, rules: &Rules, letter: &Letter, items: &[String]) -> Result<()> {
    let until = letter.state.waits_until().ok_or(StoreError::Unreadable("return"))?;
    let sender = sender_of(tx, letter).await?;
    let organisation = organisations::this(tx).await?;
    let date = calendar::in_tehran(until.0).date.slashed();
    let draft = returned(Words::of(sender.language), items, &date, organisation.host());
    post(tx, rules, &sender, letter, draft, rules.letters.undo).await.map(drop)
}

/// That the time to complete, or to reply, ends.
pub(crate) async fn sender_warned(tx: &mut Tx, rules: &Rules, letter: &Letter, until: Moment) -> Result<bool> {
    let sender = sender_of(tx, letter).await?;
    let organisation = organisations::this(tx).await?;
    let date = calendar::in_tehran(until.0).date.slashed();
    let draft = warned(Words::of(sender.language), &mark(letter)?, &date, organisation.host());
    Ok(post(tx, rules, &sender, letter, draft, Duration::ZERO).await?.is_anywhere())
}

/// That the time is over, and that everything can be sent again.
pub(crate) async fn letter_lapsed(tx: &mut Tx, rules: &Rules, letter: &Letter) -> Result<()> {
    let sender = sender_of(tx, letter).await?;
    let organisation = organisations::this(tx).await?;
    let draft = lapsed(Words::of(sender.language), &mark(letter)?, organisation.host());
    post(tx, rules, &sender, letter, draft, Duration::ZERO).await.map(drop)
}

/// That the house is late with it, and that there is a certificate of that.
pub(crate) async fn letter_overdue(tx: &mut Tx, rules: &Rules, letter: &Letter) -> Result<()> {
    let sender = sender_of(tx, letter).await?;
    let organisation = organisations::this(tx).await?;
    let draft = overdue(Words::of(sender.language), &mark(letter)?, organisation.host());
    post(tx, rules, &sender, letter, draft, Duration::ZERO).await.map(drop)
}

/// That the answer is there, with its own number where it has one.
pub(crate) async fn letter_answered(tx: &mut Tx, rules: &Rules, letter: &Letter) -> Result<Option<MessageId>> {
    no_longer_owed(tx, letter).await?;
    let registration = letter.state.registration().ok_or(StoreError::Unreadable("registration"))?;
    let sender = sender_of(tx, letter).await?;
    let organisation = organisations::this(tx).await?;
    let answer = letter.state.answer().and_then(|answer| answer.number.as_ref()).map(|number| number.printed.as_str());
    let draft = answered(Words::of(sender.language), &registration.number, answer, organisation.host());
    Ok(post(tx, rules, &sender, letter, draft, rules.letters.undo).await?.text)
}

/// That the unit asks something, and until when it waits.
pub(crate) async fn question_asked(tx: &mut Tx, rules: &Rules, letter: &Letter) -> Result<()> {
    let registration = letter.state.registration().ok_or(StoreError::Unreadable("registration"))?;
    let until = letter.state.waits_until().ok_or(StoreError::Unreadable("question"))?;
    let sender = sender_of(tx, letter).await?;
    let organisation = organisations::this(tx).await?;
    let date = calendar::in_tehran(until.0).date.slashed();
    let draft = asked(Words::of(sender.language), &registration.number, &date, organisation.host());
    post(tx, rules, &sender, letter, draft, rules.letters.undo).await.map(drop)
}

/// That the unit has written something, which asks nothing.
pub(crate) async fn sender_informed(tx: &mut Tx, rules: &Rules, letter: &Letter) -> Result<()> {
    let registration = letter.state.registration().ok_or(StoreError::Unreadable("registration"))?;
    let sender = sender_of(tx, letter).await?;
    let organisation = organisations::this(tx).await?;
    let draft = informed(Words::of(sender.language), &registration.number, organisation.host());
    post(tx, rules, &sender, letter, draft, rules.letters.undo).await.map(drop)
}

/// The representation of the letter's sender was renewed: what still waits about the letter reaches its representative until the paper of
/// now ends, which may be sooner than the one before.
pub(crate) async fn representation_renewed(tx: &mut Tx, letter: &Letter) -> Result<()> {
    outbox::keep_until(tx, letter.id.as_str(), recipient::expiry(letter)).await
}

async fn sender_of(tx: &mut Tx, letter: &Letter) -> Result<Sender> {
    senders::find(tx, &letter.sender).await?.ok_or(StoreError::Unreadable("sender"))
}

/// How long the answer to a text is worth sending: later nobody remembers having asked.
const ANSWERING: Duration = Duration::from_hours(1);

/// The answer to a text that somebody sent to our line. It is about no letter, since the desk must not read what a stranger was told.
pub(crate) async fn text_answered(tx: &mut Tx, to: &Mobile, language: Language, text: Wording) -> Result<MessageId> {
    let message = Message {
        to: to.as_str().to_owned(),
        template: "text_answered",
        text,
        language,
        values: Vec::new(),
        expires_at: Some(tx.now().plus(ANSWERING)),
        about: String::new(),
        hold: Duration::ZERO,
    };
    outbox::post(tx, message).await
}

/// By which ways a message was posted.
#[derive(Default)]
struct Posted {
    text: Option<MessageId>,
    mail: bool,
}

impl Posted {
    fn is_anywhere(&self) -> bool {
        self.text.is_some() || self.mail
    }
}

/// Posts a message about the letter as the organisation says it, which can be recalled as long as it is held; none where there is no
/// recipient, and none of a kind that the organisation doesn't send. It goes to the sender's e-mail address, too, where they have proved one; and
/// there alone where nobody was here by the number for too long.
async fn post(
    tx: &mut Tx,
    rules: &Rules,
    sender: &Sender,
    letter: &Letter,
    draft: Draft,
    hold: Duration,
) -> Result<Posted> {
    let mobile = match recipient(sender, letter, tx.now(), Here::at_least(rules, tx.now())) {
        Ok(mobile) => Some(mobile),
        Err(Silence::Idle) => None,
        Err(Silence::NoMobile | Silence::Asleep | Silence::RepresentationEnded) => return Ok(Posted::default()),
    };
    debug_assert!(brings(draft.kind, &draft.values), "{} brings other values than its kind says", draft.kind);
    let Some(text) = said(tx, &draft).await? else { return Ok(Posted::default()) };
    let to = mobile.map_or_else(String::new, |mobile| mobile.as_str().to_owned());
    let about = letter.id.to_string();
    let Draft { kind: template, values, words, .. } = draft;
    let expires_at = recipient::expiry(letter);
    let language = words.language;
    let message = Message { to, template, text, language, values, expires_at, about, hold };
    let mail = mail::copy(tx, sender, message.clone()).await?;
    let text = match mobile {
        Some(_) => Some(outbox::post(tx, message).await?),
        None => None,
    };
    Ok(Posted { text, mail })
}
