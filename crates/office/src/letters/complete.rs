//! Completing: the sender brings what a returned letter lacked, item by item, and it goes back under review.

use pishkhan_persian::text::stored_text;
use pishkhan_store::{StoreError, Tx};

use super::came_back::CameBack;
use super::letter::Letter;
use super::rows;
use super::states::State;
use crate::completion::{self, MissingItem};
use crate::files::{self, Arrival, Part};
use crate::ids::{ItemId, LetterId};
use crate::ledger::{self, Event, Who};
use crate::rules::Rules;
use crate::senders::Sender;
use crate::{deadlines, dispatch, search};

/// How long a word to an item may be, in characters.
pub const REPLY_CHARACTERS: usize = 1_000;

/// What was brought for one item.
#[derive(Clone, Debug)]
pub struct Brought {
    pub item: ItemId,
    /// None: no word of it arrived, and the one from before stays.
    pub reply: Option<String>,
    /// By the names their sender gave them.
    pub arrivals: Vec<(String, Arrival)>,
}

/// The letter after something was brought.
#[derive(Clone, Debug)]
pub struct Completed {
    pub letter: Letter,
    /// Whether it is under review again; else something is still to be done, and what was brought is kept.
    pub is_whole: bool,
    /// Items to which a word was too long; the word was not kept.
    pub long: Vec<ItemId>,
    /// Items with files for which there was no room.
    pub full: Vec<ItemId>,
}

#[derive(Debug, thiserror::Error)]
pub enum CompleteError {
    #[error("the sender has no such letter")]
    NoLetter,
    /// It is under review again, it lapsed, or it was withdrawn.
    #[error("the letter waits for nothing")]
    NotReturned(Box<Letter>),
    /// The letter was returned anew meanwhile, for other things.
    #[error("something else is asked for by now")]
    OtherItems,
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Keeps what was brought, and submits the letter again once every item is done. `may_submit`: whether nothing was wrong with
/// the form; otherwise what is good is kept, and the sender looks again.
pub async fn complete(
    tx: &mut Tx,
    rules: &Rules,
    sender: &Sender,
    id: &LetterId,
    brought: &[Brought],
    may_submit: bool,
) -> Result<Completed, CompleteError> {
    complete_as(tx, rules, sender, &Who::Sender(sender.id.clone()), id, brought, may_submit).await
}

/// The same by whoever did it for the sender.
pub(crate) async fn complete_as(
    tx: &mut Tx,
    rules: &Rules,
    sender: &Sender,
    who: &Who,
    id: &LetterId,
    brought: &[Brought],
    may_submit: bool,
) -> Result<Completed, CompleteError> {
    let letter = hold(tx, sender, id).await?;
    let State::Returned(submission, returned) = letter.state.clone() else {
        return Err(CompleteError::NotReturned(Box::new(letter)));
    };
    let items = missing_now(tx, &letter).await?;
    if brought.iter().any(|it| items.iter().all(|item| item.id != it.item)) {
        return Err(CompleteError::OtherItems);
    }
    let (mut long, mut full) = (Vec::new(), Vec::new());
    for it in brought {
        let before = items.iter().find(|item| item.id == it.item).map_or("", |item| item.reply.as_str());
        let reply = it.reply.as_deref().map_or_else(|| before.to_owned(), stored_text);
        let is_long = reply.chars().count() > REPLY_CHARACTERS;
        let reply = if is_long { String::new() } else { reply };
        if is_long {
            long.push(it.item.clone());
        }
        if keep_files(tx, rules, id, &items, it).await? {
            full.push(it.item.clone());
        }
        let has_files = !completion::files(tx, id, &it.item).await?.is_empty();
        if has_files || !reply.is_empty() {
            completion::done(tx, &it.item, &reply).await?;
        }
    }
    let after = missing_now(tx, &letter).await?;
    let is_whole = may_submit && long.is_empty() && full.is_empty() && after.iter().all(|item| item.done_at.is_some());
    if !is_whole {
        search::index(tx, id).await?;
        return Ok(Completed { letter, is_whole, long, full });
    }
    let unit = letter.acting_unit().cloned().ok_or(StoreError::Unreadable("unit"))?;
    let due = deadlines::resumed(tx, &unit, submission.review_due, returned.at, tx.now()).await?;
    let mut files_sha256 = Vec::new();
    for item in &after {
        files_sha256.extend(completion::files(tx, id, &item.id).await?.into_iter().map(|(_, sha256)| sha256));
    }
    let now = tx.now();
    let mut letter = letter.completed(due, now).map_err(|_| StoreError::Unreadable("state"))?;
    if rows::save(tx, &mut letter).await?.is_err() {
        // Its row is ours since it was held: nobody else can have saved.
        return Err(StoreError::Unreadable("version").into());
    }
    rows::come_back(tx, id, CameBack::Completed, who).await?;
    dispatch::no_longer_warned(tx, &letter).await?;
    ledger::record(tx, id, who, &Event::LetterCompleted { files_sha256, due: Some(due.0) }).await?;
    search::index(tx, id).await?;
    Ok(Completed { letter, is_whole, long, full })
}

/// What the letter lacks now; nothing when it was not returned.
pub async fn missing_now(tx: &mut Tx, letter: &Letter) -> Result<Vec<MissingItem>, StoreError> {
    let State::Returned(_, returned) = &letter.state else { return Ok(Vec::new()) };
    let mut items = completion::of_letter(tx, &letter.id).await?;
    items.retain(|item| item.asked_at == returned.at);
    Ok(items)
}

/// Holds the letter for this transaction: whoever would let it lapse, or bring more, waits and then looks again.
async fn hold(tx: &mut Tx, sender: &Sender, id: &LetterId) -> Result<Letter, CompleteError> {
    loop {
        let letter = rows::find_own(tx, &sender.id, id).await?.ok_or(CompleteError::NoLetter)?;
        if !matches!(letter.state, State::Returned(..)) {
            return Err(CompleteError::NotReturned(Box::new(letter)));
        }
        let mut letter = Letter { changed_at: tx.now(), ..letter };
        // Stale: somebody was quicker between our two statements; the next look sees what.
        if rows::save(tx, &mut letter).await?.is_ok() {
            return Ok(letter);
        }
    }
}

/// Adds the files for which there is room; answers whether there was none for some. As many may come with a return as with a letter.
async fn keep_files(
    tx: &mut Tx,
    rules: &Rules,
    id: &LetterId,
    items: &[MissingItem],
    brought: &Brought,
) -> Result<bool, StoreError> {
    let mut count = 0;
    for item in items {
        count += completion::files(tx, id, &item.id).await?.len();
    }
    let mut have = completion::files(tx, id, &brought.item).await?;
    for (name, arrival) in &brought.arrivals {
        let about = (name.clone(), arrival.sha256.clone());
        if have.contains(&about) {
            continue;
        }
        if count >= rules.letters.files as usize {
            return Ok(true);
        }
        let file = files::attach(tx, id, Part::Letter, name, arrival).await?;
        completion::bring(tx, &file, &brought.item).await?;
        have.push(about);
        count += 1;
    }
    Ok(false)
}
