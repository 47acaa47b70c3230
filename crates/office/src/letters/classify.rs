//! Classifying: who may see a letter, by its classification and their clearance.

use pishkhan_store::{StoreError, Tx};

use super::letter::{Classification, Letter, Stale, Version};
use super::rows;
use crate::actor::{Role, Staff};
use crate::ids::LetterId;
use crate::ledger::{self, Event, Who};
use crate::search;

#[derive(Debug, thiserror::Error)]
pub enum ClassifyError {
    #[error("no such letter on this desk")]
    NotOnDesk,
    #[error(transparent)]
    Stale(#[from] Stale),
    /// They would not see the letter any more.
    #[error("the classification is above the person's own clearance")]
    AboveClearance,
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Whether this person may classify the letter: reviewers any they see, officers and signers those that their unit holds.
pub fn could_classify(staff: &Staff, letter: &Letter) -> bool {
    let holder = letter.holder.as_ref();
    staff.has(Role::Reviewer) || holder.is_some_and(|unit| staff.is_officer_of(unit) || staff.is_signer_of(unit))
}

/// Classifies a letter that this person saw in version `seen`. Whoever lacks the clearance does not see it from then on.
pub async fn classify(
    tx: &mut Tx,
    staff: &Staff,
    id: &LetterId,
    seen: Version,
    classification: Classification,
) -> Result<Letter, ClassifyError> {
    let letter = rows::find_for_desk(tx, staff, id).await?.ok_or(ClassifyError::NotOnDesk)?;
    if !could_classify(staff, &letter) {
        return Err(ClassifyError::NotOnDesk);
    }
    letter.is_version(seen)?;
    if classification > staff.clearance {
        return Err(ClassifyError::AboveClearance);
    }
    if letter.classification == classification {
        return Ok(letter);
    }
    let mut letter = Letter { classification, changed_at: tx.now(), ..letter };
    rows::save(tx, &mut letter).await??;
    let event = Event::LetterClassified { classification: classification.as_str().to_owned() };
    ledger::record(tx, id, &Who::Staff(staff.id.clone()), &event).await?;
    search::index(tx, id).await?;
    Ok(letter)
}
