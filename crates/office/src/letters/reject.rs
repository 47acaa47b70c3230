//! Rejecting: the reviewer refuses a letter, with a reason from the list, words of their own, or both.

use pishkhan_persian::text::{stored_line, stored_text};
use pishkhan_store::{StoreError, Tx};

use super::ground::{GroundError, ground};
use super::letter::{Letter, Stale, Version, WrongState};
use super::states::Rejection;
use super::{object, rows};
use crate::actor::Reviewer;
use crate::ids::{LetterId, ReasonId};
use crate::ledger::{self, Event, Who};
use crate::rules::Rules;
use crate::{dispatch, kinds, reasons, search, senders};

/// How long the note may be, in characters.
pub const REJECTION_NOTE_CHARACTERS: usize = 1_000;

/// Why, as the reviewer says it.
#[derive(Clone, Debug)]
pub struct Refusal {
    /// None: another reason, which the note then tells.
    pub reason: Option<ReasonId>,
    pub note: String,
    /// By which legal ground, of a letter that asks for information; of others nothing is kept.
    pub ground: String,
}

#[derive(Debug, thiserror::Error)]
pub enum RejectError {
    #[error("no such letter on this desk")]
    NotOnDesk,
    #[error(transparent)]
    Stale(#[from] Stale),
    #[error(transparent)]
    NotUnderReview(#[from] WrongState),
    /// Neither a reason of the list nor a note.
    #[error("a rejection needs a reason")]
    NoReason,
    #[error("the note is longer than {REJECTION_NOTE_CHARACTERS} characters")]
    LongNote,
    #[error(transparent)]
    Ground(#[from] GroundError),
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Rejects a letter that the reviewer saw in version `seen`.
pub async fn reject(
    tx: &mut Tx,
    rules: &Rules,
    reviewer: &Reviewer,
    id: &LetterId,
    seen: Version,
    refusal: &Refusal,
) -> Result<Letter, RejectError> {
    let letter = rows::find_for_desk(tx, reviewer, id).await?.ok_or(RejectError::NotOnDesk)?;
    letter.is_version(seen)?;
    let rejection = said(tx, rules, reviewer, &letter, refusal).await?;
    let event = Event::LetterRejected {
        reason: rejection.reason.clone(),
        note: rejection.note.clone(),
        ground: rejection.ground.clone().unwrap_or_default(),
    };
    let mut letter = letter.rejected(rejection)?;
    rows::save(tx, &mut letter).await??;
    ledger::record(tx, id, &Who::Staff(reviewer.id.clone()), &event).await?;
    dispatch::letter_rejected(tx, rules, &letter).await?;
    search::index(tx, id).await?;
    Ok(letter)
}

/// The rejection in the sender's language. Without a reason of the list, the note's first line is the reason.
async fn said(
    tx: &mut Tx,
    rules: &Rules,
    reviewer: &Reviewer,
    letter: &Letter,
    refusal: &Refusal,
) -> Result<Rejection, RejectError> {
    let note = stored_text(&refusal.note);
    if note.chars().count() > REJECTION_NOTE_CHARACTERS {
        return Err(RejectError::LongNote);
    }
    let reason = match &refusal.reason {
        Some(reason) => reasons::find(tx, reason).await?,
        None => None,
    };
    let sender = senders::find(tx, &letter.sender).await?.ok_or(StoreError::Unreadable("sender"))?;
    let (reason, note) = match reason {
        Some(reason) => (reason.short_in(sender.language).to_owned(), note),
        None if note.is_empty() => return Err(RejectError::NoReason),
        None => match note.split_once('\n') {
            Some((first, rest)) => (stored_line(first), rest.trim().to_owned()),
            None => (note, String::new()),
        },
    };
    let asks_information = kinds::asks_information(tx, letter.content.kind.as_ref()).await?;
    let ground = asks_information.then(|| ground(&refusal.ground)).transpose()?;
    let objection_until = object::window(tx, rules, letter).await?;
    Ok(Rejection { at: tx.now(), by: reviewer.id.clone(), reason, note, ground, objection_until })
}
