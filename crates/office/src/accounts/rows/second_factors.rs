//! The SQL of staff sign-ins between password and second factor.

use pishkhan_store::{Moment, Result, Row, Tx, query};
use sqlx::any::AnyRow;

use crate::ids::StaffId;

/// Who is about to show a second factor.
pub(in crate::accounts) struct Waiting {
    pub staff: StaffId,
    pub email: String,
    pub totp_secret: String,
}

pub(in crate::accounts) async fn insert(tx: &mut Tx, id: &str, staff: &StaffId, expires_at: Moment) -> Result<()> {
    query("insert into second_factors (organisation_id, id, staff_id, tries, expires_at) values ($1, $2, $3, 0, $4)")
        .bind(tx.organisation().as_str())
        .bind(id)
        .bind(staff.as_str())
        .bind(expires_at.0)
        .execute(tx.connection())
        .await?;
    Ok(())
}

/// The person of this sign-in, if it is still open and the person still allowed in.
pub(in crate::accounts) async fn find(tx: &mut Tx, id: &str) -> Result<Option<Waiting>> {
    let row = query(
        "select s.id, s.email, s.totp_secret
         from second_factors f join staff s on s.organisation_id = f.organisation_id and s.id = f.staff_id
         where f.organisation_id = $1 and f.id = $2 and f.used_at is null and f.expires_at > $3
           and s.disabled_at is null and s.password_hash is not null and s.totp_secret is not null",
    )
    .bind(tx.organisation().as_str())
    .bind(id)
    .bind(tx.now().0)
    .fetch_optional(tx.connection())
    .await?;
    row.map(|row| waiting(&row)).transpose()
}

/// Somebody who is in, and is asked for the second factor once more.
pub(in crate::accounts) async fn of_staff(tx: &mut Tx, staff: &StaffId) -> Result<Option<Waiting>> {
    let row = query(
        "select id, email, totp_secret from staff
         where organisation_id = $1 and id = $2
           and disabled_at is null and password_hash is not null and totp_secret is not null",
    )
    .bind(tx.organisation().as_str())
    .bind(staff.as_str())
    .fetch_optional(tx.connection())
    .await?;
    row.map(|row| waiting(&row)).transpose()
}

/// Takes one try and answers how many are taken; none when there was no try to take.
pub(in crate::accounts) async fn take_try(tx: &mut Tx, id: &str, most: u32) -> Result<Option<i64>> {
    let row = query(
        "update second_factors set tries = tries + 1
         where organisation_id = $1 and id = $2 and tries < $3 and used_at is null and expires_at > $4
         returning tries",
    )
    .bind(tx.organisation().as_str())
    .bind(id)
    .bind(i64::from(most))
    .bind(tx.now().0)
    .fetch_optional(tx.connection())
    .await?;
    Ok(row.map(|row| row.try_get("tries")).transpose()?)
}

pub(in crate::accounts) async fn consume(tx: &mut Tx, id: &str) -> Result<bool> {
    let done =
        query("update second_factors set used_at = $3 where organisation_id = $1 and id = $2 and used_at is null")
            .bind(tx.organisation().as_str())
            .bind(id)
            .bind(tx.now().0)
            .execute(tx.connection())
            .await?;
    Ok(done.rows_affected() == 1)
}

pub(in crate::accounts) async fn delete_of(tx: &mut Tx, staff: &StaffId) -> Result<()> {
    query("delete from second_factors where organisation_id = $1 and staff_id = $2")
        .bind(tx.organisation().as_str())
        .bind(staff.as_str())
        .execute(tx.connection())
        .await?;
    Ok(())
}

fn waiting(row: &AnyRow) -> Result<Waiting> {
    Ok(Waiting {
        staff: StaffId::stored(row.try_get("id")?),
        email: row.try_get("email")?,
        totp_secret: row.try_get("totp_secret")?,
    })
}
