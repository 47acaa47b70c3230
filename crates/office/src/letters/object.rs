//! Objecting: within a window from the answer or the rejection, the sender asks for it to be decided again, one level up.

use pishkhan_persian::text::stored_text;
use pishkhan_store::{Moment, StoreError, Tx};

use super::letter::{Letter, Stale, Version, WrongState};
use super::rows;
use super::states::Objection;
use crate::deadlines::{self, Step};
use crate::ids::LetterId;
use crate::ledger::{self, Event, Who};
use crate::rules::Rules;
use crate::senders::Sender;
use crate::{search, units};

/// How long an objection may be, in characters.
pub const OBJECTION_CHARACTERS: usize = 5_000;

#[derive(Debug, thiserror::Error)]
pub enum ObjectError {
    #[error("the sender has no such letter")]
    NoLetter,
    #[error(transparent)]
    Stale(#[from] Stale),
    #[error(transparent)]
    NotDecided(#[from] WrongState),
    #[error("the window is over")]
    TooLate,
    #[error("an objection needs words")]
    Nothing,
    #[error("the objection is longer than {OBJECTION_CHARACTERS} characters")]
    Long,
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Objects to what the sender saw in version `seen`. It goes to the signer one level up.
pub async fn object(
    tx: &mut Tx,
    rules: &Rules,
    sender: &Sender,
    id: &LetterId,
    seen: Version,
    text: &str,
) -> Result<Letter, ObjectError> {
    let letter = rows::find_own(tx, &sender.id, id).await?.ok_or(ObjectError::NoLetter)?;
    letter.is_version(seen)?;
    let until = letter.state.objection_until().ok_or(WrongState)?;
    if tx.now() >= until {
        return Err(ObjectError::TooLate);
    }
    let text = stored_text(text);
    match text.chars().count() {
        0 => return Err(ObjectError::Nothing),
        1..=OBJECTION_CHARACTERS => {}
        _ => return Err(ObjectError::Long),
    }
    let unit = letter.acting_unit().cloned().ok_or(StoreError::Unreadable("unit"))?;
    let deadline = deadlines::set(tx, rules, &unit, letter.content.kind.as_ref(), Step::Ruling, tx.now()).await?;
    let objection = Objection { at: tx.now(), text: text.clone(), due: deadline.moment() };
    let mut letter = letter.objected(objection)?;
    letter.raised_to = Some(units::above(tx, &unit).await?);
    let event = Event::LetterObjected { text, deadline: Some(deadline) };
    rows::save(tx, &mut letter).await??;
    ledger::record(tx, id, &Who::Sender(sender.id.clone()), &event).await?;
    search::index(tx, id).await?;
    Ok(letter)
}

/// Until when the sender may object to what is decided now.
pub(super) async fn window(tx: &mut Tx, rules: &Rules, letter: &Letter) -> Result<Moment, StoreError> {
    let unit = letter.acting_unit().ok_or(StoreError::Unreadable("unit"))?;
    deadlines::due(tx, rules, unit, letter.content.kind.as_ref(), Step::Objection, tx.now()).await
}
