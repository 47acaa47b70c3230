//! The SQL of senders.

mod email;
mod numbers;
mod signed_in;
mod withheld;

use pishkhan_persian::{Language, Mobile};
use pishkhan_store::{Moment, Result, Row, StoreError, Tx, query};
use sqlx::any::AnyRow;

use super::{Asleep, EmailAddress, Here, Sender, SenderKind};
use crate::ids::{LetterId, SenderId};
pub(super) use email::{delete_email, find_by_email_of, update_email};
pub(super) use numbers::{close_asleep, delete_if_empty, update_mobile};
pub(super) use signed_in::{find_signed_in, note_signed_in};
pub(super) use withheld::{count_begun_before, has_code_before, is_begun_before};

/// Two devices may come with the same new number at once: one row comes of it.
pub(super) async fn insert_if_new(tx: &mut Tx, id: &SenderId, mobile: &Mobile, language: Language) -> Result<()> {
    query(
        "insert into senders (organisation_id, id, mobile, name, kind, language, created_at, seen_at, proved_at)
         values ($1, $2, $3, '', $4, $5, $6, $6, $6)
         on conflict (organisation_id, mobile) where asleep_at is null do nothing",
    )
    .bind(tx.organisation().as_str())
    .bind(id.as_str())
    .bind(mobile.as_str())
    .bind(SenderKind::default().as_str())
    .bind(language.code())
    .bind(tx.now().0)
    .execute(tx.connection())
    .await?;
    Ok(())
}

/// Stands in the place of a number, and is none: whoever has no mobile has their id there, so that each row is another's.
const NO_MOBILE: char = '-';

pub(super) async fn insert_without_mobile(tx: &mut Tx, sender: &Sender) -> Result<()> {
    query(
        "insert into senders (organisation_id, id, mobile, name, kind, language, created_at, seen_at)
         values ($1, $2, $3, '', $4, $5, $6, $6)",
    )
    .bind(tx.organisation().as_str())
    .bind(sender.id.as_str())
    .bind(format!("{NO_MOBILE}{}", sender.id))
    .bind(sender.kind.as_str())
    .bind(sender.language.code())
    .bind(tx.now().0)
    .execute(tx.connection())
    .await?;
    Ok(())
}

pub(super) async fn delete_without_mobile(tx: &mut Tx, id: &SenderId) -> Result<()> {
    query("delete from senders where organisation_id = $1 and id = $2 and mobile like '-%'")
        .bind(tx.organisation().as_str())
        .bind(id.as_str())
        .execute(tx.connection())
        .await?;
    Ok(())
}

/// The number in a row; None where there is none.
pub(crate) fn mobile_of(stored: &str) -> Result<Option<Mobile>> {
    if stored.starts_with(NO_MOBILE) {
        return Ok(None);
    }
    Mobile::parse(stored).map(Some).map_err(|_| StoreError::Unreadable("mobile number"))
}

/// The sender who can sign in by this number.
pub(super) async fn find_awake(tx: &mut Tx, mobile: &Mobile) -> Result<Option<Sender>> {
    query(
        "select id, mobile, name, kind, language, asleep_at, email, seen_at, proved_at from senders
         where organisation_id = $1 and mobile = $2 and asleep_at is null",
    )
    .bind(tx.organisation().as_str())
    .bind(mobile.as_str())
    .fetch_optional(tx.connection())
    .await?
    .map(|row| sender(&row))
    .transpose()
}

pub(super) async fn find(tx: &mut Tx, id: &SenderId) -> Result<Option<Sender>> {
    query(
        "select id, mobile, name, kind, language, asleep_at, email, seen_at, proved_at from senders where organisation_id = $1 and id = $2",
    )
    .bind(tx.organisation().as_str())
    .bind(id.as_str())
    .fetch_optional(tx.connection())
    .await?
    .map(|row| sender(&row))
    .transpose()
}

pub(super) async fn update_name(tx: &mut Tx, id: &SenderId, name: &str, kind: SenderKind) -> Result<()> {
    query("update senders set name = $3, kind = $4 where organisation_id = $1 and id = $2")
        .bind(tx.organisation().as_str())
        .bind(id.as_str())
        .bind(name)
        .bind(kind.as_str())
        .execute(tx.connection())
        .await?;
    Ok(())
}

pub(super) async fn update_language(tx: &mut Tx, id: &SenderId, language: Language) -> Result<()> {
    query("update senders set language = $3 where organisation_id = $1 and id = $2")
        .bind(tx.organisation().as_str())
        .bind(id.as_str())
        .bind(language.code())
        .execute(tx.connection())
        .await?;
    Ok(())
}

/// Notes that the sender is here.
pub(super) async fn note_seen(tx: &mut Tx, id: &SenderId) -> Result<()> {
    query("update senders set seen_at = $3 where organisation_id = $1 and id = $2 and seen_at < $3")
        .bind(tx.organisation().as_str())
        .bind(id.as_str())
        .bind(tx.now().0)
        .execute(tx.connection())
        .await?;
    Ok(())
}

/// Notes that the sender is here, and that the number is theirs.
pub(super) async fn note_proved(tx: &mut Tx, id: &SenderId, mobile: &Mobile) -> Result<bool> {
    let done = query(
        "update senders set seen_at = case when seen_at < $3 then $3 else seen_at end,
                            proved_at = case when proved_at < $3 then $3 else proved_at end
         where organisation_id = $1 and id = $2 and mobile = $4 and asleep_at is null",
    )
    .bind(tx.organisation().as_str())
    .bind(id.as_str())
    .bind(tx.now().0)
    .bind(mobile.as_str())
    .execute(tx.connection())
    .await?;
    Ok(done.rows_affected() == 1)
}

/// The sender of this number who was here, or proved the number, less lately than that, if there is anything that another must not see.
pub(super) async fn find_idle(tx: &mut Tx, mobile: &Mobile, least: Here) -> Result<Option<SenderId>> {
    let row = query(
        "select s.id from senders s
         where s.organisation_id = $1 and s.mobile = $2 and s.asleep_at is null
           and (s.seen_at < $3 or s.proved_at < $4)
           and (s.name <> '' or s.email <> '' or exists (select 1 from letters l
                                        where l.organisation_id = s.organisation_id and l.sender_id = s.id))",
    )
    .bind(tx.organisation().as_str())
    .bind(mobile.as_str())
    .bind(least.seen_at.0)
    .bind(least.proved_at.0)
    .fetch_optional(tx.connection())
    .await?;
    row.map(|row| Ok(SenderId::stored(row.try_get(0)?))).transpose()
}

/// False: it slept already. The address goes: whoever comes back proves it anew.
pub(super) async fn put_to_sleep(tx: &mut Tx, id: &SenderId, closed_at: Option<Moment>) -> Result<bool> {
    let asleep = "update senders set asleep_at = $3, closed_at = $4, email = '', email_at = null
                  where organisation_id = $1 and id = $2 and asleep_at is null";
    let done = query(asleep)
        .bind(tx.organisation().as_str())
        .bind(id.as_str())
        .bind(tx.now().0)
        .bind(closed_at.map(|moment| moment.0))
        .execute(tx.connection())
        .await?;
    Ok(done.rows_affected() == 1)
}

/// How many letters were submitted by this number in accounts that sleep.
pub(super) async fn count_asleep_letters(tx: &mut Tx, mobile: &Mobile) -> Result<i64> {
    let row = query(
        "select count(*) from senders s join letters l on l.organisation_id = s.organisation_id and l.sender_id = s.id
         where s.organisation_id = $1 and s.mobile = $2 and s.asleep_at is not null and l.state <> 'draft'",
    )
    .bind(tx.organisation().as_str())
    .bind(mobile.as_str())
    .fetch_one(tx.connection())
    .await?;
    Ok(row.try_get(0)?)
}

/// The sender who sleeps, has this number, and sent a letter with one of these codes; an empty code is none, and nor is the tracking code, which
/// went to the number, where the account was closed.
pub(super) async fn find_asleep(tx: &mut Tx, mobile: &Mobile, receipt: &str, tracking: &str) -> Result<Option<Sender>> {
    query(
        "select s.id, s.mobile, s.name, s.kind, s.language, s.asleep_at, s.email, s.seen_at, s.proved_at
         from letters l join senders s on s.organisation_id = l.organisation_id and s.id = l.sender_id
         where l.organisation_id = $1 and (l.receipt_code = $3 or l.tracking_code = $4 and s.closed_at is null)
           and s.mobile = $2 and s.asleep_at is not null",
    )
    .bind(tx.organisation().as_str())
    .bind(mobile.as_str())
    .bind(receipt)
    .bind(tracking)
    .fetch_optional(tx.connection())
    .await?
    .map(|row| sender(&row))
    .transpose()
}

/// The letters that the sender has submitted, oldest first.
pub(super) async fn submitted_letters(tx: &mut Tx, id: &SenderId) -> Result<Vec<LetterId>> {
    query(
        "select id from letters where organisation_id = $1 and sender_id = $2 and state <> 'draft' order by created_at, id",
    )
    .bind(tx.organisation().as_str())
    .bind(id.as_str())
    .fetch_all(tx.connection())
    .await?
    .iter()
    .map(|row| Ok(LetterId::stored(row.try_get(0)?)))
    .collect()
}

/// All letters of one sender are another's from now on.
pub(super) async fn give_letters(tx: &mut Tx, from: &SenderId, to: &SenderId) -> Result<()> {
    query("update letters set sender_id = $3 where organisation_id = $1 and sender_id = $2")
        .bind(tx.organisation().as_str())
        .bind(from.as_str())
        .bind(to.as_str())
        .execute(tx.connection())
        .await?;
    Ok(())
}

/// And so are the files that were on their way to them.
pub(super) async fn give_uploads(tx: &mut Tx, from: &SenderId, to: &SenderId) -> Result<()> {
    query("update uploads set sender_id = $3 where organisation_id = $1 and sender_id = $2")
        .bind(tx.organisation().as_str())
        .bind(from.as_str())
        .bind(to.as_str())
        .execute(tx.connection())
        .await?;
    Ok(())
}

pub(super) async fn delete_asleep(tx: &mut Tx, id: &SenderId) -> Result<bool> {
    let deleted = query("delete from senders where organisation_id = $1 and id = $2 and asleep_at is not null")
        .bind(tx.organisation().as_str())
        .bind(id.as_str())
        .execute(tx.connection())
        .await?;
    Ok(deleted.rows_affected() == 1)
}

fn sender(row: &AnyRow) -> Result<Sender> {
    let mobile = mobile_of(row.try_get("mobile")?)?;
    let since = row.try_get::<Option<i64>, _>("asleep_at")?.map(Moment);
    let (mobile, asleep) = match (mobile, since) {
        (Some(mobile), Some(since)) => (None, Some(Asleep { mobile, since })),
        (mobile, _) => (mobile, None),
    };
    Ok(Sender {
        id: SenderId::stored(row.try_get("id")?),
        mobile,
        asleep,
        name: row.try_get("name")?,
        kind: SenderKind::parse(row.try_get("kind")?).ok_or(StoreError::Unreadable("kind of sender"))?,
        language: Language::parse(row.try_get("language")?).ok_or(StoreError::Unreadable("language"))?,
        email: EmailAddress::stored(row.try_get("email")?),
        here: Here { seen_at: Moment(row.try_get("seen_at")?), proved_at: Moment(row.try_get("proved_at")?) },
    })
}
