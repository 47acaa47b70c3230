//! The SQL of one relation.

use pishkhan_store::{Result, Tx, query};

use super::Kind;
use crate::actor::Staff;
use crate::ids::LetterId;

/// Whether that was said of the letter.
pub(super) async fn is_said(tx: &mut Tx, id: &LetterId, other: &LetterId, kind: Kind) -> Result<bool> {
    let organisation = tx.organisation().0.clone();
    let row = query(
        "select kind from relations where organisation_id = $1 and letter_id = $2 and other_id = $3 and kind = $4",
    )
    .bind(organisation)
    .bind(id.as_str())
    .bind(other.as_str())
    .bind(kind.as_str())
    .fetch_optional(tx.connection())
    .await?;
    Ok(row.is_some())
}

/// False when that was said before.
pub(super) async fn insert(tx: &mut Tx, staff: &Staff, id: &LetterId, other: &LetterId, kind: Kind) -> Result<bool> {
    let (organisation, now) = (tx.organisation().0.clone(), tx.now().0);
    let done = query(
        "insert into relations (organisation_id, letter_id, other_id, kind, at, staff_id) values ($1, $2, $3, $4, $5, $6)
         on conflict (organisation_id, letter_id, other_id, kind) do nothing",
    )
    .bind(organisation)
    .bind(id.as_str())
    .bind(other.as_str())
    .bind(kind.as_str())
    .bind(now)
    .bind(staff.id.as_str())
    .execute(tx.connection())
    .await?;
    Ok(done.rows_affected() == 1)
}

pub(super) async fn delete(tx: &mut Tx, id: &LetterId, other: &LetterId, kind: Kind) -> Result<bool> {
    let organisation = tx.organisation().0.clone();
    let done =
        query("delete from relations where organisation_id = $1 and letter_id = $2 and other_id = $3 and kind = $4")
            .bind(organisation)
            .bind(id.as_str())
            .bind(other.as_str())
            .bind(kind.as_str())
            .execute(tx.connection())
            .await?;
    Ok(done.rows_affected() == 1)
}
