//! Referring (ارجاع): the unit that holds a letter sends it to another unit or person for action, or asks or tells somebody of it. Its
//! officers do, and its signers as long as no officer has it in hand.

use pishkhan_persian::text::stored_text;
use pishkhan_store::{Moment, StoreError, Tx};

use super::letter::{Classification, Letter, Stale, Version, WrongState};
use super::rows;
use super::states::State;
use crate::actor::Staff;
use crate::deadlines::{self, Term};
use crate::ids::{LetterId, ReferralId, UnitId};
use crate::ledger::{self, Event, Who};
use crate::referrals::{self, COPIES, Ending, Person, Purpose, REFERRAL_CHARACTERS, Referral, To};
use crate::rules::Rules;
use crate::{search, units};

/// What is to be referred to whom.
#[derive(Clone, Debug)]
pub struct Referring {
    pub to: To,
    pub purpose: Purpose,
    pub text: String,
    /// In so many working days of the unit that gets it; None: nothing is said.
    pub days: Option<u32>,
    /// Who is told of it besides.
    pub copies: Vec<To>,
}

#[derive(Debug, thiserror::Error)]
pub enum ReferError {
    #[error("no such letter on this desk")]
    NotOnDesk,
    #[error(transparent)]
    Stale(#[from] Stale),
    #[error(transparent)]
    NotInHand(#[from] WrongState),
    #[error("another officer has the letter in hand")]
    NotYours,
    #[error("no such unit, or no such person in it")]
    Nobody,
    #[error("the letter is with that unit or person already")]
    Own,
    /// For action an officer of the unit is needed.
    #[error("this person does not act on letters")]
    NotAnOfficer,
    /// They may not see letters of this classification.
    #[error("that person has no clearance for the letter")]
    NotCleared(String),
    /// Whoever could do what is asked may not see letters of this classification.
    #[error("nobody of that unit has the clearance for the letter")]
    NobodyCleared,
    /// One of the copies is to nobody, to the unit that has it, or there are too many.
    #[error("a copy can't be sent")]
    BadCopy,
    #[error("the letter has been referred on {0} times, and may not be again")]
    TooFar(u32),
    /// Whoever is to answer must know what.
    #[error("what is to be answered?")]
    NoText,
    #[error("the text is longer than {REFERRAL_CHARACTERS} characters")]
    Long,
    #[error("between 1 and {} working days", Term::MOST_DAYS)]
    BadDays,
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Refers a letter that this person saw in version `seen`.
pub async fn refer(
    tx: &mut Tx,
    rules: &Rules,
    staff: &Staff,
    id: &LetterId,
    seen: Version,
    what: &Referring,
) -> Result<Letter, ReferError> {
    let letter = rows::find_of_unit(tx, staff, id, seen).await?.ok_or(ReferError::NotOnDesk)??;
    match &letter.state {
        State::Registered(..) => {}
        State::InProgress(_, _, work) if work.officer.as_ref().is_none_or(|of| *of == staff.id) => {}
        State::InProgress(..) => return Err(ReferError::NotYours),
        _ => return Err(WrongState.into()),
    }
    let holder = letter.holder.clone().ok_or(StoreError::Unreadable("holder"))?;
    let people = referrals::people(tx).await?;
    addressed(tx, &people, staff, &letter, &what.to, what.purpose).await?;
    let copies = told(tx, &people, staff, &letter, what).await?;
    let text = stored_text(&what.text);
    match text.chars().count() {
        0 if what.purpose == Purpose::Answer => return Err(ReferError::NoText),
        0..=REFERRAL_CHARACTERS => {}
        _ => return Err(ReferError::Long),
    }
    let parent =
        referrals::of_letter(tx, id).await?.into_iter().rfind(|it| it.purpose == Purpose::Action && !is_back(it));
    let hop = parent.as_ref().map_or(0, |parent| parent.hop) + 1;
    if what.purpose == Purpose::Action && hop > rules.letters.referral_hops {
        return Err(ReferError::TooFar(rules.letters.referral_hops));
    }
    let referral = Referral {
        id: ReferralId::random(),
        letter: id.clone(),
        parent: parent.as_ref().map(|parent| parent.id.clone()),
        hop,
        from_unit: holder,
        from_staff: staff.id.clone(),
        to: what.to.clone(),
        purpose: what.purpose,
        text,
        due: due(tx, what).await?,
        at: tx.now(),
        read_at: None,
        read_by: None,
        end: None,
    };
    let mut letter = match what.purpose {
        Purpose::Action => letter.referred(what.to.unit.clone(), what.to.staff.clone(), tx.now())?,
        Purpose::Answer | Purpose::Information => Letter { changed_at: tx.now(), ..letter },
    };
    rows::save(tx, &mut letter).await??;
    if let Some(parent) = parent.filter(|parent| what.purpose == Purpose::Action && parent.is_open()) {
        referrals::close(tx, &parent.id, &staff.id, "", Ending::Done).await?;
    }
    referrals::insert(tx, &referral).await?;
    let copies = copies.into_iter().map(|to| Referral {
        id: ReferralId::random(),
        to,
        purpose: Purpose::Information,
        due: None,
        ..referral.clone()
    });
    let copies: Vec<Referral> = copies.collect();
    for copy in &copies {
        referrals::insert(tx, copy).await?;
    }
    let event = Event::LetterReferred {
        referral: referral.id.to_string(),
        to_unit: what.to.unit.to_string(),
        to_staff: what.to.staff.as_ref().map(ToString::to_string).unwrap_or_default(),
        purpose: what.purpose.as_str().to_owned(),
        copies: copies.iter().map(|copy| copy.id.to_string()).collect(),
    };
    ledger::record(tx, id, &Who::Staff(staff.id.clone()), &event).await?;
    search::index(tx, id).await?;
    Ok(letter)
}

fn is_back(referral: &Referral) -> bool {
    referral.end.as_ref().is_some_and(|end| end.how == Ending::SentBack)
}

/// Whether there is such a unit or person, other than those who have the letter already, and whether they may see it.
async fn addressed(
    tx: &mut Tx,
    people: &[Person],
    staff: &Staff,
    letter: &Letter,
    to: &To,
    purpose: Purpose,
) -> Result<(), ReferError> {
    units::find(tx, &to.unit).await?.filter(|unit| !unit.is_archived).ok_or(ReferError::Nobody)?;
    match &to.staff {
        None if letter.holder.as_ref() == Some(&to.unit) => Err(ReferError::Own),
        None if is_out_of_reach(people, letter, &to.unit, purpose) => Err(ReferError::NobodyCleared),
        None => Ok(()),
        Some(person) if *person == staff.id => Err(ReferError::Own),
        Some(person) => {
            let found = people.iter().find(|it| it.id == *person && it.unit == to.unit);
            match found {
                None => Err(ReferError::Nobody),
                Some(found) if purpose == Purpose::Action && !found.is_officer => Err(ReferError::NotAnOfficer),
                Some(found) if found.clearance < letter.classification => {
                    Err(ReferError::NotCleared(found.name.clone()))
                }
                Some(_) => Ok(()),
            }
        }
    }
}

/// Whether nobody of the unit who could do what is asked may see the letter; whoever is only told need do nothing.
fn is_out_of_reach(people: &[Person], letter: &Letter, unit: &UnitId, purpose: Purpose) -> bool {
    let could = |person: &&Person| match purpose {
        Purpose::Action => person.is_officer,
        Purpose::Answer => true,
        Purpose::Information => false,
    };
    let is_asked = purpose != Purpose::Information && letter.classification > Classification::Normal;
    let mut theirs = people.iter().filter(|person| person.unit == *unit).filter(could);
    is_asked && !theirs.any(|person| person.clearance >= letter.classification)
}

/// Those who are told of it, each once, and not who gets it anyway.
async fn told(
    tx: &mut Tx,
    people: &[Person],
    staff: &Staff,
    letter: &Letter,
    what: &Referring,
) -> Result<Vec<To>, ReferError> {
    let mut copies: Vec<To> = Vec::new();
    let is_own = |unit: &UnitId| letter.holder.as_ref() == Some(unit);
    // Who gives a letter away may keep a copy for the own unit.
    let is_given = what.purpose == Purpose::Action && !is_own(&what.to.unit);
    for to in &what.copies {
        let is_kept = is_given && to.staff.is_none() && is_own(&to.unit);
        match addressed(tx, people, staff, letter, to, Purpose::Information).await {
            Ok(()) => {}
            Err(ReferError::Own) if is_kept => {}
            Err(ReferError::Store(error)) => return Err(error.into()),
            Err(_) => return Err(ReferError::BadCopy),
        }
        if *to != what.to && !copies.contains(to) {
            copies.push(to.clone());
        }
    }
    if copies.len() > COPIES { Err(ReferError::BadCopy) } else { Ok(copies) }
}

async fn due(tx: &mut Tx, what: &Referring) -> Result<Option<Moment>, ReferError> {
    let now = tx.now();
    match what.days {
        None => Ok(None),
        Some(days @ 1..=Term::MOST_DAYS) => {
            Ok(Some(deadlines::calendar(tx, Some(&what.to.unit), now).await?.due(now, Term::Days(days))))
        }
        Some(_) => Err(ReferError::BadDays),
    }
}
