//! Classifying: who may see a letter, by its classification and their clearance; and how pressing it is.

use pishkhan_store::{StoreError, Tx};

use super::letter::{Classification, Letter, Priority, Stale, Version};
use super::rows;
use super::states::State;
use crate::accounts::staff as people;
use crate::actor::{Role, Staff};
use crate::ids::{LetterId, StaffId};
use crate::ledger::{self, Event, Who};
use crate::{search, units};

#[derive(Debug, thiserror::Error)]
pub enum ClassifyError {
    #[error("no such letter on this desk")]
    NotOnDesk,
    #[error(transparent)]
    Stale(#[from] Stale),
    /// They would not see the letter any more.
    #[error("the classification is above the person's own clearance")]
    AboveClearance,
    /// Whoever has the letter in hand, or was assigned its review: the letter would be theirs, and out of their sight.
    #[error("whoever has the letter has no clearance for the classification")]
    NotCleared(String),
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Whether this person may classify the letter: reviewers any they see, officers and signers those that their unit holds.
pub fn could_classify(staff: &Staff, letter: &Letter) -> bool {
    let holder = letter.holder.as_ref();
    staff.has(Role::Reviewer) || holder.is_some_and(|unit| staff.is_officer_of(unit) || staff.is_signer_of(unit))
}

/// Classifies a letter that this person saw in version `seen`, and says how pressing it is. Whoever lacks the clearance does not see it
/// from then on; so whoever has it in hand must have the clearance, and an objection goes to a signer who has it.
pub async fn classify(
    tx: &mut Tx,
    staff: &Staff,
    id: &LetterId,
    seen: Version,
    classification: Classification,
    priority: Priority,
) -> Result<Letter, ClassifyError> {
    let letter = rows::find_for_desk(tx, staff, id).await?.ok_or(ClassifyError::NotOnDesk)?;
    if !could_classify(staff, &letter) {
        return Err(ClassifyError::NotOnDesk);
    }
    letter.is_version(seen)?;
    check(tx, staff, &letter, classification).await?;
    if letter.classification == classification && letter.priority == priority {
        return Ok(letter);
    }
    let is_raised = classification > letter.classification;
    // A priority changes nothing of the letter's course: it stays where it stands among what is over. By a classification it counts for
    // other readers of the reports, which look for what has changed.
    let changed_at = if classification == letter.classification { letter.changed_at } else { tx.now() };
    let mut letter = Letter { changed_at, classification, priority, ..letter };
    if is_raised && matches!(letter.state, State::Objected(..)) {
        let unit = letter.acting_unit().cloned().ok_or(StoreError::Unreadable("unit"))?;
        letter.raised_to = Some(units::above(tx, &unit, classification).await?);
    }
    rows::save(tx, &mut letter).await??;
    let (classification, priority) = (classification.as_str().to_owned(), priority.as_str().to_owned());
    let event = Event::LetterClassified { classification, priority };
    ledger::record(tx, id, &Who::Staff(staff.id.clone()), &event).await?;
    search::index(tx, id).await?;
    Ok(letter)
}

/// Refuses a classification by which the letter would be out of this person's sight, or out of the sight of whoever has it.
pub(super) async fn check(
    tx: &mut Tx,
    staff: &Staff,
    letter: &Letter,
    classification: Classification,
) -> Result<(), ClassifyError> {
    if classification > staff.clearance {
        return Err(ClassifyError::AboveClearance);
    }
    let is_raised = classification > letter.classification;
    if let Some(id) = whose(letter).filter(|_| is_raised) {
        let member = people::find(tx, id).await.map_err(of_staff)?;
        if let Some(member) = member.filter(|member| member.staff.clearance < classification) {
            return Err(ClassifyError::NotCleared(member.staff.name));
        }
    }
    Ok(())
}

/// Who has the letter now: its officer, or while it is reviewed whoever was assigned to.
fn whose(letter: &Letter) -> Option<&StaffId> {
    match &letter.state {
        State::Submitted(_) | State::Returned(..) => letter.reviewer.as_ref(),
        state => state.work().and_then(|work| work.officer.as_ref()),
    }
}

fn of_staff(error: people::StaffError) -> ClassifyError {
    match error {
        people::StaffError::Store(error) => ClassifyError::Store(error),
        _ => ClassifyError::NotOnDesk,
    }
}
