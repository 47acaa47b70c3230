//! Objecting: within a window from the answer or the rejection, the sender asks for it to be decided again, one level up.

use pishkhan_persian::text::stored_text;
use pishkhan_store::{Moment, StoreError, Tx};

use super::letter::{Letter, Stale, Version, WrongState};
use super::rows;
use super::states::{Objection, State};
use crate::deadlines::{self, Step};
use crate::ids::LetterId;
use crate::ledger::{self, Event, Happening, Who};
use crate::messages::{self, Author, Kind, Written};
use crate::rules::Rules;
use crate::senders::Sender;
use crate::{search, units};

/// How long an objection may be, in characters.
pub const OBJECTION_CHARACTERS: usize = 5_000;

/// Why nobody may object to it, or not any more.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NoObjection {
    #[error("nothing was decided yet")]
    NotDecided,
    #[error("there is an objection already, which is not decided yet")]
    Pending,
    #[error("an objection to it was decided already")]
    Second,
    #[error("the window is over")]
    TooLate,
}

#[derive(Debug, thiserror::Error)]
pub enum ObjectError {
    #[error("the sender has no such letter")]
    NoLetter,
    #[error(transparent)]
    Stale(#[from] Stale),
    #[error(transparent)]
    Closed(#[from] NoObjection),
    #[error(transparent)]
    WrongState(#[from] WrongState),
    #[error("an objection needs words")]
    Nothing,
    #[error("the objection is longer than {OBJECTION_CHARACTERS} characters")]
    Long,
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Objects to what the sender saw in version `seen`. It goes to the signer one level up; files that came with it stand in the thread.
pub async fn object(
    tx: &mut Tx,
    rules: &Rules,
    sender: &Sender,
    id: &LetterId,
    seen: Version,
    said: &Written,
) -> Result<Letter, ObjectError> {
    let letter = object_as(tx, rules, sender, &Who::Sender(sender.id.clone()), id, seen, said).await?;
    if !said.arrivals.is_empty() {
        let papers = Written { text: String::new(), arrivals: said.arrivals.clone() };
        let kept = messages::add(tx, id, Kind::Message, &Author::Sender(sender.id.clone()), &papers).await?;
        // The objection is the news, not that there is paper with it.
        messages::pass_over(tx, &kept.map_err(|_| StoreError::Unreadable("papers"))?).await?;
        search::index(tx, id).await?;
    }
    Ok(letter)
}

/// The same by whoever did it for the sender; the event tells of the files that came with it.
pub(crate) async fn object_as(
    tx: &mut Tx,
    rules: &Rules,
    sender: &Sender,
    who: &Who,
    id: &LetterId,
    seen: Version,
    said: &Written,
) -> Result<Letter, ObjectError> {
    let letter = rows::find_own(tx, &sender.id, id).await?.ok_or(ObjectError::NoLetter)?;
    letter.is_version(seen)?;
    objection_window(&letter, &ledger::of_letter(tx, id).await?, tx.now())?;
    let text = stored_text(&said.text);
    match text.chars().count() {
        0 => return Err(ObjectError::Nothing),
        1..=OBJECTION_CHARACTERS => {}
        _ => return Err(ObjectError::Long),
    }
    let unit = letter.acting_unit().cloned().ok_or(StoreError::Unreadable("unit"))?;
    let deadline = deadlines::set(tx, rules, &unit, letter.content.kind.as_ref(), Step::Ruling, tx.now()).await?;
    let objection = Objection { at: tx.now(), text: text.clone(), due: deadline.moment() };
    let mut letter = letter.objected(objection)?;
    letter.raised_to = Some(units::above(tx, &unit, letter.classification).await?);
    let event = Event::LetterObjected { text, deadline: Some(deadline), files_sha256: said.digests() };
    rows::save(tx, &mut letter).await??;
    ledger::record(tx, id, who, &event).await?;
    search::index(tx, id).await?;
    Ok(letter)
}

/// Until when the sender may object to what was decided, if they still may. A decision that was upheld stands for good.
pub fn objection_window(letter: &Letter, happenings: &[Happening], now: Moment) -> Result<Moment, NoObjection> {
    match letter.state {
        State::Objected(..) => return Err(NoObjection::Pending),
        State::Answered(..) | State::Rejected(..) | State::Closed(..) => {}
        _ => return Err(NoObjection::NotDecided),
    }
    let last = ledger::without_undone(happenings).into_iter().rev().find_map(|happening| match happening.event {
        Event::ObjectionUpheld { .. } => Some(true),
        Event::LetterAnswered { .. } | Event::LetterRejected { .. } => Some(false),
        _ => None,
    });
    if last == Some(true) {
        return Err(NoObjection::Second);
    }
    letter.state.objection_until().filter(|until| now < *until).ok_or(NoObjection::TooLate)
}

/// Until when the sender may object to what is decided now.
pub(super) async fn window(tx: &mut Tx, rules: &Rules, letter: &Letter) -> Result<Moment, StoreError> {
    let unit = letter.acting_unit().ok_or(StoreError::Unreadable("unit"))?;
    deadlines::due(tx, rules, unit, letter.content.kind.as_ref(), Step::Objection, tx.now()).await
}
