//! Relating a letter to another one that is named by its number or tracking code, or by the number of its answer.

use pishkhan_store::{StoreError, Tx};

use super::relate::{RelateError, could_relate, relate};
use super::{Kind, lists};
use crate::actor::Staff;
use crate::ids::LetterId;
use crate::{letters, search};

#[derive(Debug, thiserror::Error)]
pub enum NumberError {
    /// The letter itself does not exist for this person, or an auditor only looks.
    #[error("no such letter on this desk")]
    NotOnDesk,
    #[error("no number was typed")]
    Nothing,
    /// There is none, or this person may not see it: both are the same to them.
    #[error("no letter of that number")]
    NotFound,
    #[error("several letters have that number")]
    Several,
    #[error("a letter stands in no relation to itself")]
    Itself,
    #[error("they are related already")]
    Already,
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Says how a letter stands to the one of that number or tracking code, or else to the one that was answered under that number; it must be
/// in this person's sight.
pub async fn relate_by_number(
    tx: &mut Tx,
    staff: &Staff,
    id: &LetterId,
    typed: &str,
    kind: Kind,
) -> Result<(), NumberError> {
    let letter = letters::find_for_desk(tx, staff, id).await?;
    if letter.is_none() || !could_relate(staff) {
        return Err(NumberError::NotOnDesk);
    }
    if typed.trim().is_empty() {
        return Err(NumberError::Nothing);
    }
    let mut found = search::of_number(tx, staff, typed).await?;
    if found.is_empty() {
        // What stands on the paper that its sender has.
        found = search::of_answer_number(tx, staff, typed).await?;
    }
    let [other] = found.as_slice() else {
        return Err(if found.is_empty() { NumberError::NotFound } else { NumberError::Several });
    };
    if lists::of_letter(tx, staff, id).await?.iter().any(|relation| relation.other.id == other.id) {
        return Err(NumberError::Already);
    }
    relate(tx, staff, id, &other.id, kind).await.map_err(|error| match error {
        RelateError::NotOnDesk => NumberError::NotFound,
        RelateError::Itself => NumberError::Itself,
        RelateError::Store(error) => NumberError::Store(error),
    })
}
