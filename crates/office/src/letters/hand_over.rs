//! Handing over: a new letter goes into the hand of an officer of its unit, as the unit's signer says. What an officer has in hand goes
//! to a colleague, or back to all of them: its signers and the reviewers say to whom; a colleague takes it over. Of what is late the signer
//! above says all of that, too.

use pishkhan_persian::text::stored_text;
use pishkhan_store::{StoreError, Tx};

use super::letter::{Letter, Stale, Version, WrongState};
use super::rows;
use super::states::{State, Work};
use crate::actor::{Role, Staff};
use crate::ids::{LetterId, StaffId};
use crate::ledger::{self, Event, Who};
use crate::referrals::{self, Person};
use crate::search;

/// How long the word that goes with it may be, in characters.
pub const HANDOVER_CHARACTERS: usize = 1_000;

/// Why a letter is not handed over.
#[derive(Debug, thiserror::Error)]
pub enum HandOverError {
    /// It does not exist for this person, or is not theirs to give.
    #[error("no such letter on this desk")]
    NotOnDesk,
    #[error(transparent)]
    Stale(#[from] Stale),
    #[error(transparent)]
    NotInHand(#[from] WrongState),
    /// That person is no officer of the unit, or has the letter already; or a colleague would give it to others.
    #[error("nobody of that name can get it")]
    Nobody,
    /// A new letter goes into somebody's hand.
    #[error("into whose hand?")]
    NoHand,
    /// They may not see letters of this classification.
    #[error("that person has no clearance for the letter")]
    NotCleared(String),
    #[error("the word is longer than {HANDOVER_CHARACTERS} characters")]
    Long,
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Whether this person may say in whose hand the letter is from now on.
pub fn could_hand_over(staff: &Staff, letter: &Letter) -> bool {
    let is_signer = letter.holder.as_ref().is_some_and(|unit| staff.is_signer_of(unit));
    ((is_signer || is_late_below(staff, letter)) && is_untaken(letter)) || could_take_from_hand(staff, letter)
}

/// Whether this person may take the letter out of the hand that has it.
pub fn could_take_from_hand(staff: &Staff, letter: &Letter) -> bool {
    let is_officer = letter.holder.as_ref().is_some_and(|unit| staff.is_officer_of(unit));
    in_hand_of(letter).is_some_and(|officer| *officer != staff.id) && (is_officer || could_choose_hand(staff, letter))
}

/// Whether this person says who gets it; else they take it over themselves.
pub fn could_choose_hand(staff: &Staff, letter: &Letter) -> bool {
    let is_signer = letter.holder.as_ref().is_some_and(|unit| staff.is_signer_of(unit));
    staff.has(Role::Reviewer) || is_signer || is_late_below(staff, letter)
}

/// Whether the letter is late, and this person signs one level up, where that is shown.
pub fn is_late_below(staff: &Staff, letter: &Letter) -> bool {
    letter.escalated_to().is_some_and(|above| staff.is_signer_above(above))
}

/// Whether it is late there or was, after it had come to its unit.
pub fn was_late_below(staff: &Staff, letter: &Letter) -> bool {
    let escalation = letter.escalation.as_ref();
    letter.holder.is_some() && escalation.is_some_and(|it| staff.is_signer_above(&it.to))
}

/// Those to whom this person may hand all of these letters, by name.
pub async fn other_hands(tx: &mut Tx, staff: &Staff, letters: &[&Letter]) -> Result<Vec<Person>, StoreError> {
    let mut people = referrals::people(tx).await?;
    people.retain(|person| {
        letters.iter().all(|letter| {
            works_for_holder(person, letter)
                && person.clearance >= letter.classification
                && in_hand_of(letter) != Some(&person.id)
                && (could_choose_hand(staff, letter) || person.id == staff.id)
        })
    });
    Ok(people)
}

/// Hands over a letter that this person saw in version `seen`, with a word that may be empty; to nobody: to whoever of the unit comes
/// first, which a new letter is anyway.
pub async fn hand_over(
    tx: &mut Tx,
    staff: &Staff,
    id: &LetterId,
    seen: Version,
    to: Option<&StaffId>,
    word: &str,
) -> Result<Letter, HandOverError> {
    let letter = rows::find_for_desk(tx, staff, id).await?.ok_or(HandOverError::NotOnDesk)?;
    let is_officer = letter.holder.as_ref().is_some_and(|unit| staff.is_officer_of(unit));
    if !is_officer && !could_choose_hand(staff, &letter) && !was_late_below(staff, &letter) {
        return Err(HandOverError::NotOnDesk);
    }
    letter.is_version(seen)?;
    if !could_hand_over(staff, &letter) {
        return Err(HandOverError::NotOnDesk);
    }
    let from = in_hand_of(&letter).cloned();
    if from.is_none() && to.is_none() {
        return Err(HandOverError::NoHand);
    }
    if !could_choose_hand(staff, &letter) && to != Some(&staff.id) {
        return Err(HandOverError::Nobody);
    }
    if let Some(to) = to {
        let mut people = referrals::people(tx).await?.into_iter();
        let person = people.find(|person| person.id == *to && works_for_holder(person, &letter));
        let person = person.filter(|person| from.as_ref() != Some(&person.id)).ok_or(HandOverError::Nobody)?;
        if person.clearance < letter.classification {
            return Err(HandOverError::NotCleared(person.name));
        }
    }
    let word = stored_text(word);
    if word.chars().count() > HANDOVER_CHARACTERS {
        return Err(HandOverError::Long);
    }
    let mut letter = letter.handed_over(to.cloned(), tx.now())?;
    rows::save(tx, &mut letter).await??;
    let event = Event::LetterHandedOver {
        from_staff: from.as_ref().map(StaffId::to_string).unwrap_or_default(),
        to_staff: to.map(StaffId::to_string).unwrap_or_default(),
        word,
    };
    ledger::record(tx, id, &Who::Staff(staff.id.clone()), &event).await?;
    search::index(tx, id).await?;
    Ok(letter)
}

/// Who works on it now, while nobody else is waited for.
fn in_hand_of(letter: &Letter) -> Option<&StaffId> {
    match &letter.state {
        State::InProgress(_, _, work) => work.officer.as_ref(),
        _ => None,
    }
}

/// Whether it stands with its unit, of which nobody has taken it.
fn is_untaken(letter: &Letter) -> bool {
    matches!(letter.state, State::Registered(..) | State::InProgress(_, _, Work { officer: None, .. }))
}

/// Whether they are an officer of the unit that holds it.
fn works_for_holder(person: &Person, letter: &Letter) -> bool {
    person.is_officer && letter.holder.as_ref() == Some(&person.unit)
}
