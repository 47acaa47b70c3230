//! The SQL of when somebody signed in.

use pishkhan_store::{Moment, Result, Row, Tx, query};
use sqlx::any::AnyRow;

use crate::ids::SenderId;
use crate::senders::SignedIn;

/// Notes a sign-in, and keeps the one before. Answers whether there was one.
pub(in crate::senders) async fn note_signed_in(tx: &mut Tx, id: &SenderId, device: &str) -> Result<bool> {
    let row = query(
        "update senders set before_at = signed_in_at, before_with = signed_in_with, signed_in_at = $3, signed_in_with = $4
         where organisation_id = $1 and id = $2 and asleep_at is null
         returning before_at",
    )
    .bind(tx.organisation().as_str())
    .bind(id.as_str())
    .bind(tx.now().0)
    .bind(device)
    .fetch_optional(tx.connection())
    .await?;
    let Some(row) = row else { return Ok(false) };
    Ok(row.try_get::<Option<i64>, _>("before_at")?.is_some())
}

/// The last sign-in, and the one before.
pub(in crate::senders) async fn find_signed_in(
    tx: &mut Tx,
    id: &SenderId,
) -> Result<(Option<SignedIn>, Option<SignedIn>)> {
    let row = query(
        "select signed_in_at, signed_in_with, before_at, before_with from senders where organisation_id = $1 and id = $2",
    )
    .bind(tx.organisation().as_str())
    .bind(id.as_str())
    .fetch_optional(tx.connection())
    .await?;
    let Some(row) = row else { return Ok((None, None)) };
    Ok((one(&row, "signed_in_at", "signed_in_with")?, one(&row, "before_at", "before_with")?))
}

fn one(row: &AnyRow, at: &str, with: &str) -> Result<Option<SignedIn>> {
    let Some(at) = row.try_get::<Option<i64>, _>(at)? else { return Ok(None) };
    Ok(Some(SignedIn { at: Moment(at), device: row.try_get(with)? }))
}
