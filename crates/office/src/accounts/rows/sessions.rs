//! The SQL of sessions.

use std::time::Duration;

use pishkhan_persian::Language;
use pishkhan_store::{Moment, Result, Row, StoreError, Tx, query};
use sqlx::any::AnyRow;

use crate::accounts::sessions::{Device, Holder, Lives, Session};
use crate::actor::{Post, Role, Staff};
use crate::ids::{PostId, SenderId, StaffId, UnitId};
use crate::senders::{self, EmailAddress, Here, Sender, SenderKind};

pub(in crate::accounts) async fn insert(
    tx: &mut Tx,
    id: &str,
    holder: &Holder,
    device: &str,
    address: &str,
    lives: Lives,
    known_device: &str,
) -> Result<()> {
    let now = tx.now();
    query(
        "insert into sessions (organisation_id, id, holder_kind, holder_id, device, address, created_at, seen_at,
             idle_millis, expires_at, known_device)
         values ($1, $2, $3, $4, $5, $6, $7, $7, $8, $9, $10)",
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
    .bind(known_device)
    .execute(tx.connection())
    .await?;
    Ok(())
}

/// The session and its sender, if it is one of a sender and still good at this moment.
pub(in crate::accounts) async fn find_sender(tx: &mut Tx, id: &str) -> Result<Option<(Session, Sender)>> {
    query(
        "select s.id, s.holder_kind, s.holder_id, s.created_at, s.seen_at, s.idle_millis, s.expires_at,
                coalesce(s.confirmed_at, s.created_at) as confirmed_at,
                h.mobile, h.name, h.kind, h.language, h.email, h.seen_at as here_at, h.proved_at
         from sessions s join senders h on h.organisation_id = s.organisation_id and h.id = s.holder_id
         where s.organisation_id = $1 and s.id = $2 and s.holder_kind = 'sender'
           and h.asleep_at is null and s.ended_at is null and s.expires_at > $3 and $3 - s.seen_at < s.idle_millis",
    )
    .bind(tx.organisation().as_str())
    .bind(id)
    .bind(tx.now().0)
    .fetch_optional(tx.connection())
    .await?
    .map(|row| Ok((session(&row)?, sender(&row)?)))
    .transpose()
}

/// The session and its member of staff with the posts they hold now, if it is one of staff and still good at this moment; none
/// too when they are disabled.
pub(in crate::accounts) async fn find_staff(tx: &mut Tx, id: &str) -> Result<Option<(Session, Staff)>> {
    let rows = query(
        "select s.id, s.holder_kind, s.holder_id, s.created_at, s.seen_at, s.idle_millis, s.expires_at,
                coalesce(s.confirmed_at, s.created_at) as confirmed_at,
                h.email, h.name, h.clearance, h.keys_off_at, p.id as post_id, p.unit_id, p.title, p.role
         from sessions s join staff h on h.organisation_id = s.organisation_id and h.id = s.holder_id
             left join posts p on p.organisation_id = h.organisation_id and p.staff_id = h.id and p.ended_at is null
         where s.organisation_id = $1 and s.id = $2 and s.holder_kind = 'staff' and h.disabled_at is null
           and s.ended_at is null and s.expires_at > $3 and $3 - s.seen_at < s.idle_millis
         order by p.id",
    )
    .bind(tx.organisation().as_str())
    .bind(id)
    .bind(tx.now().0)
    .fetch_all(tx.connection())
    .await?;
    let Some(first) = rows.first() else { return Ok(None) };
    let posts = rows.iter().filter_map(|row| post(row).transpose()).collect::<Result<Vec<_>>>()?;
    let staff = Staff {
        id: StaffId::stored(first.try_get("holder_id")?),
        email: first.try_get("email")?,
        name: first.try_get("name")?,
        clearance: super::staff::clearance(first)?,
        has_keys: first.try_get::<Option<i64>, _>("keys_off_at")?.is_none(),
        posts,
    };
    Ok(Some((session(first)?, staff)))
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

/// Whether a session of the holder goes on, other than the one of this id, which may be empty.
pub(in crate::accounts) async fn exists_but(tx: &mut Tx, holder: &Holder, id: &str) -> Result<bool> {
    let row = query(
        "select count(*) from sessions
         where organisation_id = $1 and holder_kind = $2 and holder_id = $3 and id <> $4
           and ended_at is null and expires_at > $5 and $5 - seen_at < idle_millis",
    )
    .bind(tx.organisation().as_str())
    .bind(holder.kind())
    .bind(holder.id())
    .bind(id)
    .bind(tx.now().0)
    .fetch_one(tx.connection())
    .await?;
    Ok(row.try_get::<i64, _>(0)? > 0)
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

pub(in crate::accounts) async fn confirm(tx: &mut Tx, id: &str) -> Result<()> {
    query("update sessions set confirmed_at = $3 where organisation_id = $1 and id = $2 and ended_at is null")
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
        confirmed_at: Moment(row.try_get("confirmed_at")?),
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

fn sender(row: &AnyRow) -> Result<Sender> {
    Ok(Sender {
        id: SenderId::stored(row.try_get("holder_id")?),
        mobile: senders::mobile_of(row.try_get("mobile")?)?,
        asleep: None,
        name: row.try_get("name")?,
        kind: SenderKind::parse(row.try_get("kind")?).ok_or(StoreError::Unreadable("kind of sender"))?,
        language: Language::parse(row.try_get("language")?).ok_or(StoreError::Unreadable("language"))?,
        email: EmailAddress::stored(row.try_get("email")?),
        here: Here { seen_at: Moment(row.try_get("here_at")?), proved_at: Moment(row.try_get("proved_at")?) },
    })
}

/// The post of the row; none in the one row of somebody without posts.
fn post(row: &AnyRow) -> Result<Option<Post>> {
    let Some(id) = row.try_get::<Option<String>, _>("post_id")? else { return Ok(None) };
    let unit: String = row.try_get("unit_id")?;
    Ok(Some(Post {
        id: PostId::stored(&id),
        unit: (!unit.is_empty()).then(|| UnitId::stored(&unit)),
        title: row.try_get("title")?,
        role: Role::parse(row.try_get("role")?).ok_or(StoreError::Unreadable("role"))?,
    }))
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
