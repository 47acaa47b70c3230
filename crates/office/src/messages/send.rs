//! Sending: the sender of a registered letter writes about it, unasked.

use std::time::Duration;

use pishkhan_store::{Moment, StoreError, Tx};

use super::{Author, Kind, Unsaid, Written, rows};
use crate::accounts::limits::{self, DAY, Over, Taken};
use crate::files;
use crate::ids::{LetterId, MessageId};
use crate::ledger::{self, Event, Who};
use crate::letters::{self, Letter, State};
use crate::rules::Rules;
use crate::search;
use crate::senders::Sender;

/// The same words, and files, sent again so soon were said once: on a slow line people press twice.
pub(crate) const TWICE: Duration = Duration::from_mins(10);

#[derive(Debug, thiserror::Error)]
pub enum SendError {
    #[error("the sender has no such letter")]
    NoLetter,
    /// Not registered yet, or ended.
    #[error("the letter takes no messages")]
    Closed,
    #[error(transparent)]
    Unsaid(#[from] Unsaid),
    /// It is in the thread already.
    #[error("the very same was sent a moment ago")]
    Twice,
    #[error("too many messages today")]
    TooMany { until: Moment },
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Sends a message about the letter. The letter gets a new version: who is about to decide reads the message first.
pub async fn send(
    tx: &mut Tx,
    rules: &Rules,
    sender: &Sender,
    id: &LetterId,
    written: &Written,
) -> Result<Letter, SendError> {
    send_as(tx, rules, sender, &Who::Sender(sender.id.clone()), id, written).await
}

/// The same by whoever did it for the sender.
pub(crate) async fn send_as(
    tx: &mut Tx,
    rules: &Rules,
    sender: &Sender,
    who: &Who,
    id: &LetterId,
    written: &Written,
) -> Result<Letter, SendError> {
    let letter = loop {
        let letter = letters::find_own(tx, &sender.id, id).await?.ok_or(SendError::NoLetter)?;
        if !could_send(&letter) {
            return Err(SendError::Closed);
        }
        written.words()?;
        let mut letter = Letter { changed_at: tx.now(), ..letter };
        // Stale: somebody acted between our two statements; the next look sees what they did.
        if letters::save(tx, &mut letter).await?.is_ok() {
            break letter;
        }
    };
    if has_just_said(tx, sender, id, Kind::Message, written).await? {
        return Err(SendError::Twice);
    }
    let counter = format!("messages:{}", sender.id);
    let ceiling = rules.limits.messages_per_sender_per_day;
    if let Taken::Over { until } = limits::take(tx, Over::Organisation, &counter, ceiling, DAY).await? {
        return Err(SendError::TooMany { until });
    }
    let author = Author::Sender(sender.id.clone());
    let message = add(tx, id, Kind::Message, &author, written).await??;
    let event = Event::MessageSent { message: message.to_string(), files_sha256: written.digests() };
    ledger::record(tx, id, who, &event).await?;
    search::index(tx, id).await?;
    Ok(letter)
}

/// Whether the thread of their letter ends with just that, and they said it a moment ago.
pub async fn has_just_said(
    tx: &mut Tx,
    sender: &Sender,
    letter: &LetterId,
    kind: Kind,
    written: &Written,
) -> Result<bool, StoreError> {
    let Ok(text) = written.words() else { return Ok(false) };
    let (by, now) = (Author::Sender(sender.id.clone()), tx.now());
    let last = rows::of_letter(tx, letter).await?.pop();
    let last = last.filter(|last| last.kind == kind && last.author == by && last.text == text);
    let Some(last) = last.filter(|last| now.since(last.at) < TWICE) else { return Ok(false) };
    let mut there = files::of_letter(tx, letter).await?;
    there.retain(|file| file.message.as_ref() == Some(&last.id));
    let mut there: Vec<String> = there.into_iter().map(|file| file.sha256).collect();
    let mut brought = written.digests();
    there.sort();
    brought.sort();
    Ok(there == brought)
}

/// Whether the sender may write about the letter as it is now: from its registration to its end.
pub fn could_send(letter: &Letter) -> bool {
    let is_alive = match letter.state {
        State::Registered(..)
        | State::InProgress(..)
        | State::AwaitingSender(..)
        | State::AnswerReview(..)
        | State::Answered(..)
        | State::Objected(..) => true,
        State::Draft
        | State::Submitted(_)
        | State::Returned(..)
        | State::Rejected(..)
        | State::Withdrawn(..)
        | State::Lapsed(..)
        | State::Closed(..) => false,
    };
    is_alive && letter.state.registration().is_some()
}

/// Whether this is a message.
pub(crate) fn checked(written: &Written) -> Result<(), Unsaid> {
    written.words().map(drop)
}

/// Puts what somebody wrote into the letter's thread, with its files.
pub(crate) async fn add(
    tx: &mut Tx,
    letter: &LetterId,
    kind: Kind,
    author: &Author,
    written: &Written,
) -> Result<Result<MessageId, Unsaid>, StoreError> {
    let text = match written.words() {
        Ok(text) => text,
        Err(unsaid) => return Ok(Err(unsaid)),
    };
    let id = MessageId::random();
    rows::insert(tx, letter, &id, kind, author, &text).await?;
    files::attach_to_message(tx, letter, &id, &written.arrivals).await?;
    Ok(Ok(id))
}
