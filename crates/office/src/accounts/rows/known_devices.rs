//! The SQL of devices that accounts know.

use pishkhan_store::{Moment, Result, Row, Tx, query};

use crate::accounts::devices::NewDevice;
use crate::accounts::sessions::Session;
use crate::ids::SenderId;

/// Of the devices of the sender `$2` those that came after the one of the session `$3`, which is theirs.
macro_rules! later {
    () => {
        "added_at > (
             select coalesce(own.added_at, s.created_at)
             from sessions s
                 left join known_devices own on own.organisation_id = s.organisation_id and own.sender_id = s.holder_id
                     and own.mark = s.known_device
             where s.organisation_id = $1 and s.id = $3 and s.holder_kind = 'sender' and s.holder_id = $2)"
    };
}

/// Notes that somebody signs in on it again; false: the account doesn't know it.
pub(in crate::accounts) async fn touch(tx: &mut Tx, sender: &SenderId, mark: &str, device: &str) -> Result<bool> {
    let done = query(
        "update known_devices set device = $4, signed_in_at = $5
         where organisation_id = $1 and sender_id = $2 and mark = $3",
    )
    .bind(tx.organisation().as_str())
    .bind(sender.as_str())
    .bind(mark)
    .bind(device)
    .bind(tx.now().0)
    .execute(tx.connection())
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Adds one. Without a moment it is told on those that were there before.
pub(in crate::accounts) async fn insert(
    tx: &mut Tx,
    sender: &SenderId,
    mark: &str,
    device: &str,
    accepted_at: Option<Moment>,
) -> Result<()> {
    query(
        "insert into known_devices (organisation_id, sender_id, mark, device, added_at, signed_in_at, accepted_at)
         values ($1, $2, $3, $4, $5, $5, $6) on conflict do nothing",
    )
    .bind(tx.organisation().as_str())
    .bind(sender.as_str())
    .bind(mark)
    .bind(device)
    .bind(tx.now().0)
    .bind(accepted_at.map(|moment| moment.0))
    .execute(tx.connection())
    .await?;
    Ok(())
}

/// Lets those go that were signed in on longest ago, so that not more than `most` stay.
pub(in crate::accounts) async fn forget_beyond(tx: &mut Tx, sender: &SenderId, most: u32) -> Result<()> {
    query(
        "delete from known_devices
         where organisation_id = $1 and sender_id = $2 and mark not in (
             select mark from known_devices where organisation_id = $1 and sender_id = $2
             order by signed_in_at desc, added_at desc, mark limit $3)",
    )
    .bind(tx.organisation().as_str())
    .bind(sender.as_str())
    .bind(i64::from(most))
    .execute(tx.connection())
    .await?;
    Ok(())
}

/// Lets the one go on which a session of the account began, if it came after the one of the current session: whoever came last makes nobody a
/// stranger who was there before, nor themselves one again.
pub(in crate::accounts) async fn forget_one(tx: &mut Tx, current: &Session, session: &str) -> Result<()> {
    query(concat!(
        "delete from known_devices where organisation_id = $1 and sender_id = $2 and ",
        later!(),
        " and mark = (
             select s.known_device from sessions s
             where s.organisation_id = $1 and s.id = $4 and s.holder_kind = 'sender' and s.holder_id = $2)"
    ))
    .bind(tx.organisation().as_str())
    .bind(current.holder.id())
    .bind(&current.id)
    .bind(session)
    .execute(tx.connection())
    .await?;
    Ok(())
}

/// Lets those go that came after the one of the current session.
pub(in crate::accounts) async fn forget_later(tx: &mut Tx, current: &Session) -> Result<()> {
    query(concat!("delete from known_devices where organisation_id = $1 and sender_id = $2 and ", later!()))
        .bind(tx.organisation().as_str())
        .bind(current.holder.id())
        .bind(&current.id)
        .execute(tx.connection())
        .await?;
    Ok(())
}

/// Lets all go but the one on which the session of this id began, which may be empty.
pub(in crate::accounts) async fn forget_all_but(tx: &mut Tx, sender: &SenderId, session: &str) -> Result<()> {
    query(
        "delete from known_devices
         where organisation_id = $1 and sender_id = $2 and mark <> coalesce((
             select s.known_device from sessions s
             where s.organisation_id = $1 and s.id = $3 and s.holder_kind = 'sender' and s.holder_id = $2), '')",
    )
    .bind(tx.organisation().as_str())
    .bind(sender.as_str())
    .bind(session)
    .execute(tx.connection())
    .await?;
    Ok(())
}

/// Since when the account knows the device on which this session began; of one that it has forgotten, or that is from before devices were noted,
/// since the session began.
pub(in crate::accounts) async fn known_since(tx: &mut Tx, session: &str) -> Result<Option<Moment>> {
    let row = query(
        "select coalesce(own.added_at, s.created_at)
         from sessions s
             left join known_devices own on own.organisation_id = s.organisation_id and own.sender_id = s.holder_id
                 and own.mark = s.known_device
         where s.organisation_id = $1 and s.id = $2 and s.holder_kind = 'sender'",
    )
    .bind(tx.organisation().as_str())
    .bind(session)
    .fetch_optional(tx.connection())
    .await?;
    row.map(|row| Ok(Moment(row.try_get(0)?))).transpose()
}

/// Whether somebody has proved on the device on which this session began that the letters are theirs.
pub(in crate::accounts) async fn has_proved(tx: &mut Tx, session: &str) -> Result<bool> {
    let row = query(
        "select k.mark
         from sessions s
             join known_devices k on k.organisation_id = s.organisation_id and k.sender_id = s.holder_id and k.mark = s.known_device
         where s.organisation_id = $1 and s.id = $2 and s.holder_kind = 'sender' and k.proved_at is not null",
    )
    .bind(tx.organisation().as_str())
    .bind(session)
    .fetch_optional(tx.connection())
    .await?;
    Ok(row.is_some())
}

/// Notes that somebody has.
pub(in crate::accounts) async fn note_proved(tx: &mut Tx, session: &str) -> Result<()> {
    query(
        "update known_devices set proved_at = $3
         where organisation_id = $1 and (sender_id, mark) in (
             select s.holder_id, s.known_device from sessions s
             where s.organisation_id = $1 and s.id = $2 and s.holder_kind = 'sender')",
    )
    .bind(tx.organisation().as_str())
    .bind(session)
    .bind(tx.now().0)
    .execute(tx.connection())
    .await?;
    Ok(())
}

/// Whether the sender began any letter before this moment; drafts count.
pub(in crate::accounts) async fn has_letter_before(tx: &mut Tx, sender: &SenderId, moment: Moment) -> Result<bool> {
    let row = query("select id from letters where organisation_id = $1 and sender_id = $2 and created_at < $3 limit 1")
        .bind(tx.organisation().as_str())
        .bind(sender.as_str())
        .bind(moment.0)
        .fetch_optional(tx.connection())
        .await?;
    Ok(row.is_some())
}

/// Those that were added after the one on which this session began, and that nobody has called theirs; the last one first.
pub(in crate::accounts) async fn newcomers(tx: &mut Tx, session: &str) -> Result<Vec<NewDevice>> {
    query(
        "select k.mark, k.device, k.added_at
         from sessions s
             left join known_devices own on own.organisation_id = s.organisation_id and own.sender_id = s.holder_id
                 and own.mark = s.known_device
             join known_devices k on k.organisation_id = s.organisation_id and k.sender_id = s.holder_id
         where s.organisation_id = $1 and s.id = $2 and s.holder_kind = 'sender' and k.accepted_at is null
           and k.mark <> s.known_device and k.added_at > coalesce(own.added_at, s.created_at)
         order by k.added_at desc, k.mark",
    )
    .bind(tx.organisation().as_str())
    .bind(session)
    .fetch_all(tx.connection())
    .await?
    .iter()
    .map(|row| {
        let (mark, device) = (row.try_get("mark")?, row.try_get("device")?);
        Ok(NewDevice { mark, device, added_at: Moment(row.try_get("added_at")?) })
    })
    .collect()
}

/// Somebody in this session calls the one of this mark theirs, if it was added after the session's own device.
pub(in crate::accounts) async fn accept(tx: &mut Tx, sender: &SenderId, session: &str, mark: &str) -> Result<()> {
    query(concat!(
        "update known_devices set accepted_at = $5 where organisation_id = $1 and sender_id = $2 and ",
        later!(),
        " and accepted_at is null and mark = $4"
    ))
    .bind(tx.organisation().as_str())
    .bind(sender.as_str())
    .bind(session)
    .bind(mark)
    .bind(tx.now().0)
    .execute(tx.connection())
    .await?;
    Ok(())
}

/// Somebody in this session says that the one of this mark is not theirs, if it was added after the session's own device and nobody has called
/// it theirs: what is open there ends, and the account knows it no more.
pub(in crate::accounts) async fn disown(tx: &mut Tx, sender: &SenderId, session: &str, mark: &str) -> Result<()> {
    query(concat!(
        "update sessions set ended_at = $5
         where organisation_id = $1 and holder_kind = 'sender' and holder_id = $2 and id <> $3 and ended_at is null
           and known_device in (
             select mark from known_devices where organisation_id = $1 and sender_id = $2 and ",
        later!(),
        " and accepted_at is null and mark = $4)"
    ))
    .bind(tx.organisation().as_str())
    .bind(sender.as_str())
    .bind(session)
    .bind(mark)
    .bind(tx.now().0)
    .execute(tx.connection())
    .await?;
    query(concat!(
        "delete from known_devices where organisation_id = $1 and sender_id = $2 and ",
        later!(),
        " and accepted_at is null and mark = $4"
    ))
    .bind(tx.organisation().as_str())
    .bind(sender.as_str())
    .bind(session)
    .bind(mark)
    .execute(tx.connection())
    .await?;
    Ok(())
}
