//! The SQL that holds a person while somebody decides what they get.

use pishkhan_store::{Result, Row, Tx, query};

use crate::ids::{StaffId, UnitId};
use crate::letters::Classification;

/// Holds the person's row until the end of this work.
pub(in crate::accounts) async fn hold(tx: &mut Tx, id: &StaffId) -> Result<()> {
    query("update staff set clearance = clearance where organisation_id = $1 and id = $2")
        .bind(tx.organisation().as_str())
        .bind(id.as_str())
        .execute(tx.connection())
        .await?;
    Ok(())
}

pub(in crate::accounts) async fn is_officer(
    tx: &mut Tx,
    id: &StaffId,
    unit: &UnitId,
    classification: Classification,
) -> Result<bool> {
    let row = query(
        "select count(*) from posts p join staff s on s.organisation_id = p.organisation_id and s.id = p.staff_id
         where p.organisation_id = $1 and p.staff_id = $2 and p.unit_id = $3 and p.role = 'officer' and p.ended_at is null
           and s.disabled_at is null and s.clearance >= $4",
    )
    .bind(tx.organisation().as_str())
    .bind(id.as_str())
    .bind(unit.as_str())
    .bind(classification.level())
    .fetch_one(tx.connection())
    .await?;
    Ok(row.try_get::<i64, _>(0)? > 0)
}
