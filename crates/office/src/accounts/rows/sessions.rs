//! The SQL of sessions.

use std::time::Duration;

use pishkhan_store::{Moment, Result, Row, StoreError, Tx, query};
use sqlx::any::AnyRow;

use crate::accounts::sessions::{Device, Holder, Lives, Session};
use crate::ids::{SenderId, StaffId};

pub(in crate::accounts) async fn insert(
    tx: &mut Tx,
    id: &str,
    holder: &Holder,
    device: &str,
    address: &str,
    lives: Lives,
) -> Result<()> {
    let now = tx.now();
    query(
        "insert into sessions (organisation_id, id, holder_kind, holder_id, device, address, created_at, seen_at,
             idle_millis, expires_at)
         values ($1, $2, $3, $4, $5, $6, $7, $7, $8, $9)",
    )
    .bind(tx.organisation().as_str())
    .bind(id)
    .bind(holder.kind())
    .bind(holder.id())
    .bind(device)
    .bind(address)
    .bind(now.0)
    .bind(i64::try_from(lives.idle.as_millis()).unwrap_or(i64::MAX))
    .bind(now.plus(lives.life).0)
    .execute(tx.connection())
    .await?;
    Ok(())
}

/// The session, if it is still good at this moment.
pub(in crate::accounts) async fn find(tx: &mut Tx, id: &str) -> Result<Option<Session>> {
    query(
        "select id, holder_kind, holder_id, created_at, seen_at, idle_millis, expires_at from sessions
         where organisation_id = $1 and id = $2
           and ended_at is null and expires_at > $3 and $3 - seen_at < idle_millis",
    )
    .bind(tx.organisation().as_str())
    .bind(id)
    .bind(tx.now().0)
    .fetch_optional(tx.connection())
    .await?
    .map(|row| session(&row))
    .transpose()
}

/// Whether another organisation than the transaction's made the session.
pub(in crate::accounts) async fn is_of_another(tx: &mut Tx, id: &str) -> Result<bool> {
    let row = query("select count(*) from sessions where organisation_id <> $1 and id = $2")
        .bind(tx.organisation().as_str())
        .bind(id)
        .fetch_one(tx.connection())
        .await?;
    Ok(row.try_get::<i64, _>(0)? > 0)
}

pub(in crate::accounts) async fn list(tx: &mut Tx, current: &Session) -> Result<Vec<Device>> {
    let rows = query(
        "select id, device, address, created_at, seen_at from sessions
         where organisation_id = $1 and holder_kind = $2 and holder_id = $3
           and ended_at is null and expires_at > $4 and $4 - seen_at < idle_millis
         order by seen_at desc, id",
    )
    .bind(tx.organisation().as_str())
    .bind(current.holder.kind())
    .bind(current.holder.id())
    .bind(tx.now().0)
    .fetch_all(tx.connection())
    .await?;
    rows.iter().map(|row| device(row, current)).collect()
}

pub(in crate::accounts) async fn touch(tx: &mut Tx, id: &str) -> Result<()> {
    query(
        "update sessions set seen_at = $3
         where organisation_id = $1 and id = $2 and ended_at is null and seen_at < $3",
    )
    .bind(tx.organisation().as_str())
    .bind(id)
    .bind(tx.now().0)
    .execute(tx.connection())
    .await?;
    Ok(())
}

pub(in crate::accounts) async fn end(tx: &mut Tx, id: &str) -> Result<()> {
    query("update sessions set ended_at = $3 where organisation_id = $1 and id = $2 and ended_at is null")
        .bind(tx.organisation().as_str())
        .bind(id)
        .bind(tx.now().0)
        .execute(tx.connection())
        .await?;
    Ok(())
}

pub(in crate::accounts) async fn end_one(tx: &mut Tx, holder: &Holder, id: &str) -> Result<bool> {
    let done = query(
        "update sessions set ended_at = $5
         where organisation_id = $1 and holder_kind = $2 and holder_id = $3 and id = $4 and ended_at is null",
    )
    .bind(tx.organisation().as_str())
    .bind(holder.kind())
    .bind(holder.id())
    .bind(id)
    .bind(tx.now().0)
    .execute(tx.connection())
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Ends all sessions of a holder but the one of this id, which may be empty.
pub(in crate::accounts) async fn end_all_but(tx: &mut Tx, holder: &Holder, id: &str) -> Result<()> {
    query(
        "update sessions set ended_at = $5
         where organisation_id = $1 and holder_kind = $2 and holder_id = $3 and id <> $4 and ended_at is null",
    )
    .bind(tx.organisation().as_str())
    .bind(holder.kind())
    .bind(holder.id())
    .bind(id)
    .bind(tx.now().0)
    .execute(tx.connection())
    .await?;
    Ok(())
}

fn session(row: &AnyRow) -> Result<Session> {
    let idle: i64 = row.try_get("idle_millis")?;
    Ok(Session {
        id: row.try_get("id")?,
        holder: holder(row.try_get("holder_kind")?, row.try_get("holder_id")?)?,
        created_at: Moment(row.try_get("created_at")?),
        seen_at: Moment(row.try_get("seen_at")?),
        idle: Duration::from_millis(u64::try_from(idle).map_err(|_| StoreError::Unreadable("idle time"))?),
        expires_at: Moment(row.try_get("expires_at")?),
    })
}

fn holder(kind: &str, id: &str) -> Result<Holder> {
    match kind {
        "sender" => Ok(Holder::Sender(SenderId::stored(id))),
        "staff" => Ok(Holder::Staff(StaffId::stored(id))),
        _ => Err(StoreError::Unreadable("holder of a session")),
    }
}

fn device(row: &AnyRow, current: &Session) -> Result<Device> {
    let id: String = row.try_get("id")?;
    Ok(Device {
        is_current: id == current.id,
        id,
        device: row.try_get("device")?,
        address: row.try_get("address")?,
        created_at: Moment(row.try_get("created_at")?),
        seen_at: Moment(row.try_get("seen_at")?),
    })
}
