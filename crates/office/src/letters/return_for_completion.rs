//! Returning for completion: the reviewer asks for what is missing, in place of a rejection. Receipt and first date stay, and the
//! house's clock stands still.

use pishkhan_persian::Language;
use pishkhan_persian::text::{stored_line, stored_text};
use pishkhan_store::{Moment, StoreError, Tx};

use super::letter::{Letter, Stale, Version, WrongState};
use super::rows;
use super::states::Return;
use crate::actor::Reviewer;
use crate::deadlines::{self, Step, Term};
use crate::ids::{LetterId, PaperId};
use crate::ledger::{self, Event, Who};
use crate::rules::Rules;
use crate::{completion, dispatch, papers, search, senders};

/// How much may be asked for at once.
pub const ITEMS: usize = 20;
/// How long one item may be, in characters.
pub const ITEM_CHARACTERS: usize = 200;
/// How long the note may be, in characters.
pub const RETURN_NOTE_CHARACTERS: usize = 1_000;
/// The deadlines from which reviewers choose beside the organisation's own, in working days.
pub const RETURN_DAYS: [u32; 3] = [3, 7, 14];

/// What is missing, as the reviewer says it.
#[derive(Clone, Debug, Default)]
pub struct Missing {
    /// Of the unit's required papers; others are passed over.
    pub papers: Vec<PaperId>,
    /// What no list has, each on its line.
    pub others: String,
    /// What else the sender should know.
    pub note: String,
    /// Working days; None: the organisation's term.
    pub days: Option<u32>,
}

#[derive(Debug, thiserror::Error)]
pub enum ReturnError {
    #[error("no such letter on this desk")]
    NotOnDesk,
    #[error(transparent)]
    Stale(#[from] Stale),
    #[error(transparent)]
    NotUnderReview(#[from] WrongState),
    #[error("nothing is missing")]
    Nothing,
    #[error("more than {ITEMS} things at once")]
    TooMany,
    #[error("an item is longer than {ITEM_CHARACTERS} characters")]
    LongItem,
    #[error("the note is longer than {RETURN_NOTE_CHARACTERS} characters")]
    LongNote,
    #[error("no such deadline")]
    NoDeadline,
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Returns a letter that the reviewer saw in version `seen`.
pub async fn return_for_completion(
    tx: &mut Tx,
    rules: &Rules,
    reviewer: &Reviewer,
    id: &LetterId,
    seen: Version,
    missing: &Missing,
) -> Result<Letter, ReturnError> {
    let letter = rows::find_for_desk(tx, reviewer, id).await?.ok_or(ReturnError::NotOnDesk)?;
    letter.is_version(seen)?;
    let sender = senders::find(tx, &letter.sender).await?.ok_or(StoreError::Unreadable("sender"))?;
    let items = listed(tx, &letter, missing, sender.language).await?;
    let note = stored_text(&missing.note);
    if items.is_empty() {
        return Err(ReturnError::Nothing);
    }
    if items.len() > ITEMS {
        return Err(ReturnError::TooMany);
    }
    if items.iter().any(|item| item.chars().count() > ITEM_CHARACTERS) {
        return Err(ReturnError::LongItem);
    }
    if note.chars().count() > RETURN_NOTE_CHARACTERS {
        return Err(ReturnError::LongNote);
    }
    let until = return_until(tx, rules, &letter, missing.days).await?.ok_or(ReturnError::NoDeadline)?;
    let what = Return { at: tx.now(), by: reviewer.id.clone(), note: note.clone(), until };
    let mut letter = letter.returned(what)?;
    rows::save(tx, &mut letter).await??;
    for (position, item) in items.iter().enumerate() {
        completion::insert(tx, id, position, item).await?;
    }
    dispatch::letter_returned(tx, rules, &letter, &items).await?;
    let event = Event::LetterReturned { items, note, until: until.0 };
    ledger::record(tx, id, &Who::Staff(reviewer.id.clone()), &event).await?;
    search::index(tx, id).await?;
    Ok(letter)
}

/// Until when the sender would have time from now on; None when that deadline is not among those to choose from.
pub async fn return_until(
    tx: &mut Tx,
    rules: &Rules,
    letter: &Letter,
    days: Option<u32>,
) -> Result<Option<Moment>, StoreError> {
    let unit = letter.acting_unit().ok_or(StoreError::Unreadable("unit"))?;
    let now = tx.now();
    match days {
        None => {
            let kind = letter.content.kind.as_ref();
            deadlines::due(tx, rules, unit, kind, Step::Completion, now).await.map(Some)
        }
        Some(days) if RETURN_DAYS.contains(&days) => {
            Ok(Some(deadlines::calendar(tx, Some(unit), now).await?.due(now, Term::Days(days))))
        }
        Some(_) => Ok(None),
    }
}

/// What is asked for, in the sender's language: the ticked papers in the unit's order, then the lines.
pub async fn listed(
    tx: &mut Tx,
    letter: &Letter,
    missing: &Missing,
    language: Language,
) -> Result<Vec<String>, StoreError> {
    let unit = letter.unit().ok_or(StoreError::Unreadable("unit"))?;
    let papers = papers::list_open(tx, unit).await?;
    let ticked = papers.iter().filter(|paper| missing.papers.contains(&paper.id));
    let mut items: Vec<String> = ticked.map(|paper| paper.name_in(language).to_owned()).collect();
    for line in stored_text(&missing.others).lines().map(stored_line) {
        if !line.is_empty() && !items.contains(&line) {
            items.push(line);
        }
    }
    Ok(items)
}
