//! Assigning: who should review a letter is said by hand, or by turn as letters come in. Whoever is named finds it in their
//! tray; the others find it among all.

use pishkhan_store::{StoreError, Tx};

use super::letter::{Letter, Stale, Version, WrongState};
use super::states::State;
use super::{lists, rows};
use crate::accounts::staff::{self, Member};
use crate::actor::{Reviewer, Role};
use crate::ids::{LetterId, StaffId};
use crate::ledger::{self, Event, Who};
use crate::{organisations, search};

#[derive(Debug, thiserror::Error)]
pub enum AssignError {
    #[error("no such letter on this desk")]
    NotOnDesk,
    #[error(transparent)]
    Stale(#[from] Stale),
    #[error(transparent)]
    NotUnderReview(#[from] WrongState),
    #[error("nobody of that name reviews here")]
    NoReviewer,
    /// That person may not see letters of this classification.
    #[error("that reviewer has no clearance for the letter")]
    NotCleared,
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Gives the review of a letter to that reviewer, or to whoever comes first.
pub async fn assign(
    tx: &mut Tx,
    reviewer: &Reviewer,
    id: &LetterId,
    seen: Version,
    to: Option<&StaffId>,
) -> Result<Letter, AssignError> {
    let letter = rows::find_for_desk(tx, reviewer, id).await?.ok_or(AssignError::NotOnDesk)?;
    letter.is_version(seen)?;
    if !matches!(letter.state, State::Submitted(_)) {
        return Err(WrongState.into());
    }
    if let Some(to) = to {
        let member = staff::find_held(tx, to).await?.filter(reviews).ok_or(AssignError::NoReviewer)?;
        if member.staff.clearance < letter.classification {
            return Err(AssignError::NotCleared);
        }
    }
    let mut letter = Letter { reviewer: to.cloned(), changed_at: tx.now(), ..letter };
    rows::save(tx, &mut letter).await??;
    let event = Event::ReviewAssigned { to_staff: to.map(StaffId::to_string).unwrap_or_default() };
    ledger::record(tx, id, &Who::Staff(reviewer.id.clone()), &event).await?;
    search::index(tx, id).await?;
    Ok(letter)
}

/// Whose turn the letter is: the reviewer with the fewest letters to review, of those who were given one the longest ago. None
/// when the organisation assigns by hand, or everybody has as many as they should.
pub(super) async fn whose_turn(tx: &mut Tx) -> Result<Option<StaffId>, StoreError> {
    let Some(most) = organisations::turns(tx).await? else { return Ok(None) };
    let Some(turn) = lists::freest_reviewer(tx, most).await? else { return Ok(None) };
    // From whoever left since that was read it stays away, and waits for anybody.
    let member = staff::find_held(tx, &turn).await?;
    Ok(member.filter(reviews).map(|_| turn))
}

/// What happened to the review of a letter that comes back to be reviewed again: whoever was assigned to it reviews no more, or may
/// not see it any more, so it is everybody's. The letter is the caller's to save before the event is recorded.
pub(super) async fn free_review(tx: &mut Tx, letter: &mut Letter) -> Result<Option<Event>, StoreError> {
    let (State::Submitted(_), Some(reviewer)) = (&letter.state, &letter.reviewer) else { return Ok(None) };
    let member = staff::find_held(tx, reviewer).await?.filter(reviews);
    if member.is_some_and(|member| member.staff.clearance >= letter.classification) {
        return Ok(None);
    }
    letter.reviewer = None;
    Ok(Some(Event::ReviewAssigned { to_staff: String::new() }))
}

/// Records, after the event of the act itself, that the review was freed, if it was: nobody of the desk did that.
pub(super) async fn record_freed(tx: &mut Tx, id: &LetterId, freed: Option<Event>) -> Result<(), StoreError> {
    match freed {
        Some(event) => ledger::record(tx, id, &Who::Time, &event).await,
        None => Ok(()),
    }
}

fn reviews(member: &Member) -> bool {
    member.disabled_at.is_none() && member.staff.has(Role::Reviewer)
}
