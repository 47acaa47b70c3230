//! The SQL of invitations.

use pishkhan_store::{Moment, Result, Row, Tx, query};

use crate::ids::StaffId;

/// An invitation that is still open.
pub(in crate::accounts) struct Open {
    pub staff: StaffId,
    pub email: String,
    pub name: String,
    pub totp_secret: String,
}

pub(in crate::accounts) async fn insert(
    tx: &mut Tx,
    id: &str,
    staff: &StaffId,
    totp_secret: &str,
    expires_at: Moment,
) -> Result<()> {
    query(
        "insert into invitations (organisation_id, id, staff_id, totp_secret, expires_at) values ($1, $2, $3, $4, $5)",
    )
    .bind(tx.organisation().as_str())
    .bind(id)
    .bind(staff.as_str())
    .bind(totp_secret)
    .bind(expires_at.0)
    .execute(tx.connection())
    .await?;
    Ok(())
}

pub(in crate::accounts) async fn find(tx: &mut Tx, id: &str) -> Result<Option<Open>> {
    let row = query(
        "select s.id, s.email, s.name, i.totp_secret
         from invitations i join staff s on s.organisation_id = i.organisation_id and s.id = i.staff_id
         where i.organisation_id = $1 and i.id = $2 and i.used_at is null and i.expires_at > $3
           and s.disabled_at is null",
    )
    .bind(tx.organisation().as_str())
    .bind(id)
    .bind(tx.now().0)
    .fetch_optional(tx.connection())
    .await?;
    let Some(row) = row else { return Ok(None) };
    Ok(Some(Open {
        staff: StaffId::stored(row.try_get("id")?),
        email: row.try_get("email")?,
        name: row.try_get("name")?,
        totp_secret: row.try_get("totp_secret")?,
    }))
}

pub(in crate::accounts) async fn consume(tx: &mut Tx, id: &str) -> Result<bool> {
    let done = query("update invitations set used_at = $3 where organisation_id = $1 and id = $2 and used_at is null")
        .bind(tx.organisation().as_str())
        .bind(id)
        .bind(tx.now().0)
        .execute(tx.connection())
        .await?;
    Ok(done.rows_affected() == 1)
}

pub(in crate::accounts) async fn delete_of(tx: &mut Tx, staff: &StaffId) -> Result<()> {
    query("delete from invitations where organisation_id = $1 and staff_id = $2")
        .bind(tx.organisation().as_str())
        .bind(staff.as_str())
        .execute(tx.connection())
        .await?;
    Ok(())
}
