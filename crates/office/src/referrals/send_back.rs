//! Sending back: a referral goes back to whoever made it, with the reason; one for action takes the letter along.

use pishkhan_persian::text::stored_text;
use pishkhan_store::{StoreError, Tx};

use super::{Ending, Purpose, REFERRAL_CHARACTERS, Referral, could_finish, could_send_back, people, rows};
use crate::actor::Staff;
use crate::ids::{LetterId, ReferralId};
use crate::ledger::{self, Event, Who};
use crate::letters::{self, CameBack, Letter, Stale, Version, WrongState};
use crate::{search, units};

#[derive(Debug, thiserror::Error)]
pub enum SendBackError {
    /// It does not exist for this person, or is not theirs to send back.
    #[error("no such referral on this desk")]
    NotOnDesk,
    #[error(transparent)]
    Stale(#[from] Stale),
    /// The letter went on, or another officer has it in hand.
    #[error(transparent)]
    NotFree(#[from] WrongState),
    #[error("the referral has ended")]
    Ended,
    #[error("whoever referred it wants to know why")]
    NoReason,
    #[error("the reason is longer than {REFERRAL_CHARACTERS} characters")]
    Long,
    /// The unit that had referred it is no more.
    #[error("the unit that referred it is archived")]
    NoUnit,
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Sends a referral back with the letter as the person saw it in version `seen`.
pub async fn send_back(
    tx: &mut Tx,
    staff: &Staff,
    letter: &LetterId,
    seen: Version,
    id: &ReferralId,
    reason: &str,
) -> Result<Letter, SendBackError> {
    let letter = letters::find_for_desk(tx, staff, letter).await?.ok_or(SendBackError::NotOnDesk)?;
    let referrals = rows::of_letter(tx, &letter.id).await?;
    let mut referral = referrals.into_iter().find(|referral| referral.id == *id).ok_or(SendBackError::NotOnDesk)?;
    let has_ended = referral.end.take().is_some();
    if referral.purpose == Purpose::Information || !could_finish(staff, &referral) {
        return Err(SendBackError::NotOnDesk);
    }
    if has_ended {
        return Err(SendBackError::Ended);
    }
    letter.is_version(seen)?;
    if !could_send_back(staff, &letter, &referral) {
        return Err(WrongState.into());
    }
    let reason = stored_text(reason);
    match reason.chars().count() {
        0 => return Err(SendBackError::NoReason),
        1..=REFERRAL_CHARACTERS => {}
        _ => return Err(SendBackError::Long),
    }
    let mut letter = match referral.purpose {
        Purpose::Action => returned(tx, letter, &referral).await?,
        Purpose::Answer | Purpose::Information => Letter { changed_at: tx.now(), ..letter },
    };
    letters::save(tx, &mut letter).await??;
    if !rows::close(tx, id, &staff.id, &reason, Ending::SentBack).await? {
        return Err(SendBackError::Ended);
    }
    let (who, event) = (Who::Staff(staff.id.clone()), Event::ReferralSentBack { referral: id.to_string(), reason });
    letters::come_back(tx, &letter.id, CameBack::Referral, &who).await?;
    ledger::record(tx, &letter.id, &who, &event).await?;
    search::index(tx, &letter.id).await?;
    Ok(letter)
}

/// The letter back with the unit that had it before, in the hand of whoever had referred it if they still work there
/// and may still see it.
async fn returned(tx: &mut Tx, letter: Letter, referral: &Referral) -> Result<Letter, SendBackError> {
    let unit = units::find(tx, &referral.from_unit).await?.filter(|unit| !unit.is_archived);
    let unit = unit.ok_or(SendBackError::NoUnit)?.id;
    let people = people(tx).await?;
    let is_there = people.iter().any(|person| {
        person.id == referral.from_staff
            && person.unit == unit
            && person.is_officer
            && person.clearance >= letter.classification
    });
    let person = is_there.then(|| referral.from_staff.clone());
    if let Some(parent) = &referral.parent {
        rows::reopen(tx, parent, referral.at).await?;
    }
    Ok(letter.referred(unit, person, tx.now())?)
}
