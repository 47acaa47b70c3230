//! Relating two letters, and taking that back.

use pishkhan_store::{StoreError, Tx};

use super::{Kind, rows};
use crate::actor::{Role, Staff};
use crate::ids::LetterId;
use crate::ledger::{self, Event, Who};
use crate::letters;

#[derive(Debug, thiserror::Error)]
pub enum RelateError {
    /// One of them does not exist for this person, or an auditor only looks.
    #[error("no such letter on this desk")]
    NotOnDesk,
    #[error("a letter stands in no relation to itself")]
    Itself,
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Says how a letter stands to another one; both must be in this person's sight. Saying it twice changes nothing, nor does saying from the
/// other side what holds from both.
pub async fn relate(
    tx: &mut Tx,
    staff: &Staff,
    id: &LetterId,
    other: &LetterId,
    kind: Kind,
) -> Result<(), RelateError> {
    may(tx, staff, id, other).await?;
    if kind.is_mutual() && rows::is_said(tx, other, id, kind).await? {
        return Ok(());
    }
    if rows::insert(tx, staff, id, other, kind).await? {
        let event = Event::LettersRelated { other: other.to_string(), relation: kind.as_str().to_owned() };
        ledger::record_beside(tx, id, &Who::Staff(staff.id.clone()), &event).await?;
    }
    Ok(())
}

/// Takes back what was said of a letter.
pub async fn unrelate(
    tx: &mut Tx,
    staff: &Staff,
    id: &LetterId,
    other: &LetterId,
    kind: Kind,
) -> Result<(), RelateError> {
    may(tx, staff, id, other).await?;
    if rows::delete(tx, id, other, kind).await? {
        let event = Event::LettersUnrelated { other: other.to_string(), relation: kind.as_str().to_owned() };
        ledger::record_beside(tx, id, &Who::Staff(staff.id.clone()), &event).await?;
    }
    Ok(())
}

/// Whether this person works with letters; auditors only look.
pub fn could_relate(staff: &Staff) -> bool {
    staff.has(Role::Reviewer) || staff.has(Role::Officer) || staff.has(Role::Signer)
}

async fn may(tx: &mut Tx, staff: &Staff, id: &LetterId, other: &LetterId) -> Result<(), RelateError> {
    if id == other {
        return Err(RelateError::Itself);
    }
    if !could_relate(staff) {
        return Err(RelateError::NotOnDesk);
    }
    letters::find_for_desk(tx, staff, id).await?.ok_or(RelateError::NotOnDesk)?;
    letters::find_for_desk(tx, staff, other).await?.ok_or(RelateError::NotOnDesk)?;
    Ok(())
}
