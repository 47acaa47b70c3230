//! Writing: a draft is made, and changed as often as its sender likes. Incomplete drafts are kept as they are.

use pishkhan_persian::text::{stored_line, stored_text};
use pishkhan_store::{StoreError, Tx};

use super::letter::{Classification, Content, Letter, Own, Priority};
use super::rows;
use crate::files::{self, Arrival, Part};
use crate::ids::LetterId;
use crate::letters::State;
use crate::rules::Rules;
use crate::senders::{self, Sender};
use crate::{kinds, units};

/// How much text a draft keeps, in characters: well above what a letter may have, so that nothing is lost before it is shortened.
pub(super) const DRAFT_CHARACTERS: usize = 60_000;

/// A draft after a change.
#[derive(Clone, Debug)]
pub struct Changed {
    pub letter: Letter,
    /// Whether there was no room for some.
    pub is_full: bool,
}

#[derive(Debug, thiserror::Error)]
pub enum WriteError {
    /// The sender has no such draft.
    #[error("there is no such draft")]
    NoDraft,
    /// This form's letter was submitted already.
    #[error("the draft was submitted already")]
    Submitted(LetterId),
    #[error("there are too many drafts")]
    TooManyDrafts,
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Makes a draft, or finds the one that this form made before: `token` is the form's, so a double click makes one draft.
pub async fn write(tx: &mut Tx, rules: &Rules, sender: &Sender, token: &str) -> Result<Letter, WriteError> {
    if let Some(letter) = rows::find_by_token(tx, &sender.id, token).await? {
        return still_draft(letter);
    }
    let ceiling = rules.limits.drafts_per_sender;
    if ceiling > 0 && rows::count_drafts(tx, &sender.id).await? >= i64::from(ceiling) {
        return Err(WriteError::TooManyDrafts);
    }
    let content = Content::begun(&sender.name, sender.kind);
    let now = tx.now();
    let letter = Letter {
        id: LetterId::random(),
        sender: sender.id.clone(),
        version: 1,
        content,
        created_at: now,
        changed_at: now,
        classification: Classification::Normal,
        priority: Priority::Normal,
        own: Own::default(),
        holder: None,
        raised_to: None,
        escalation: None,
        reviewer: None,
        follows: None,
        filed_by: None,
        rating: None,
        state: State::Draft,
    };
    if rows::insert(tx, &letter, token).await? {
        return Ok(letter);
    }
    // The other of two clicks was first.
    still_draft(rows::find_by_token(tx, &sender.id, token).await?.ok_or(WriteError::NoDraft)?)
}

/// Changes a draft: what was typed, in its storage form, and the files that have come in, by the names their sender gave them.
///
/// A unit or a kind that can't be chosen (any more) counts as not chosen. Texts longer than can be kept are cut well above their limits;
/// the form tells of the limits. A file that the draft has already, as when a browser repeats a form, is not added again.
pub async fn change(
    tx: &mut Tx,
    rules: &Rules,
    sender: &Sender,
    id: &LetterId,
    typed: Content,
    arrivals: &[(String, Arrival)],
) -> Result<Changed, WriteError> {
    let unit = match typed.unit {
        Some(unit) => units::find(tx, &unit).await?.filter(|unit| !unit.is_archived).map(|unit| unit.id),
        None => None,
    };
    let kind = match typed.kind {
        Some(kind) => kinds::find(tx, &kind).await?.filter(|kind| !kind.is_archived).map(|kind| kind.id),
        None => None,
    };
    let content = Content {
        sender_name: cut(&stored_line(&typed.sender_name), 500),
        sender_kind: typed.sender_kind,
        representative: typed.representative.and_then(|typed| typed.stored(cut)),
        unit,
        kind,
        subject: cut(&stored_line(&typed.subject), 2_000),
        body: cut(&stored_text(&typed.body), DRAFT_CHARACTERS),
        has_files_following: typed.has_files_following,
    };
    let letter = save(tx, sender, id, content).await?;
    let is_full = add_files(tx, rules, id, arrivals).await?;
    // Nothing is asked twice: the next letter begins with this name. Whoever writes for somebody else has another one.
    if !letter.content.sender_name.is_empty() && letter.content.representative.is_none() {
        senders::rename(tx, &sender.id, &cut(&letter.content.sender_name, 120), letter.content.sender_kind).await?;
    }
    Ok(Changed { letter, is_full })
}

/// Adds the files for which there is room, and those that the letter doesn't have yet; answers whether there was none for some.
/// The letter's row is locked by then, so two forms at once can't add too many.
pub(super) async fn add_files(
    tx: &mut Tx,
    rules: &Rules,
    id: &LetterId,
    arrivals: &[(String, Arrival)],
) -> Result<bool, StoreError> {
    let there = files::of_letter_part(tx, id, Part::Letter).await?;
    let brought = there.into_iter().filter(|file| !file.is_bound);
    let mut have: Vec<(String, String)> = brought.map(|file| (file.name, file.sha256)).collect();
    let mut is_full = false;
    for (name, arrival) in arrivals {
        let about = (name.clone(), arrival.sha256.clone());
        if have.contains(&about) {
            continue;
        }
        if have.len() >= rules.letters.files as usize {
            is_full = true;
        } else {
            files::attach(tx, id, Part::Letter, name, arrival).await?;
            have.push(about);
        }
    }
    Ok(is_full)
}

/// Saves over whatever another tab, or the draft's own saving, has saved meanwhile: it is one person's paper, and the last word
/// on it counts.
async fn save(tx: &mut Tx, sender: &Sender, id: &LetterId, content: Content) -> Result<Letter, WriteError> {
    save_as(tx, sender, id, |draft| Letter { content: content.clone(), ..draft }).await
}

/// Holds a draft for this transaction, so that nobody else changes it or its files meanwhile. It gets a new version: whoever was
/// about to submit it looks first.
pub(crate) async fn hold(tx: &mut Tx, sender: &Sender, id: &LetterId) -> Result<Letter, WriteError> {
    save_as(tx, sender, id, |draft| draft).await
}

async fn save_as(
    tx: &mut Tx,
    sender: &Sender,
    id: &LetterId,
    changed: impl Fn(Letter) -> Letter,
) -> Result<Letter, WriteError> {
    loop {
        let found = rows::find_own(tx, &sender.id, id).await?.ok_or(WriteError::NoDraft)?;
        let mut letter = Letter { changed_at: tx.now(), ..changed(still_draft(found)?) };
        // Stale: somebody saved between our two statements; the next look sees what.
        if rows::save(tx, &mut letter).await?.is_ok() {
            return Ok(letter);
        }
    }
}

fn still_draft(letter: Letter) -> Result<Letter, WriteError> {
    match letter.state {
        State::Draft => Ok(letter),
        _ => Err(WriteError::Submitted(letter.id)),
    }
}

fn cut(text: &str, characters: usize) -> String {
    match text.char_indices().nth(characters) {
        Some((end, _)) => text[..end].to_owned(),
        None => text.to_owned(),
    }
}
