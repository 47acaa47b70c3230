//! The SQL of sign-ins on their way.

use pishkhan_persian::Mobile;
use pishkhan_store::{Moment, Result, Row, StoreError, Tx, query};

use crate::ids::StaffId;

/// A sign-in as its row holds it.
pub(in crate::accounts) struct SignIn {
    pub mobile: Mobile,
    pub sends: i64,
    pub sent_at: Moment,
    pub expires_at: Moment,
    pub tries: i64,
    pub is_used: bool,
    /// The code went by e-mail, and not to the number.
    pub is_mailed: bool,
    /// Who of the staff typed the number, for somebody at the counter.
    pub clerk: Option<StaffId>,
}

/// A code that was just sent.
pub(in crate::accounts) struct SentCode<'a> {
    pub id: &'a str,
    pub hash: &'a str,
    pub expires_at: Moment,
}

/// False: another request has just sent one under this id.
pub(in crate::accounts) async fn insert(tx: &mut Tx, mobile: &Mobile, code: &SentCode<'_>) -> Result<bool> {
    let done = query(
        "insert into sign_ins (organisation_id, id, mobile, code_hash, sends, sent_at, expires_at, tries)
         values ($1, $2, $3, $4, 1, $5, $6, 0) on conflict do nothing",
    )
    .bind(tx.organisation().as_str())
    .bind(code.id)
    .bind(mobile.as_str())
    .bind(code.hash)
    .bind(tx.now().0)
    .bind(code.expires_at.0)
    .execute(tx.connection())
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Until the end of this work nobody else changes it.
pub(in crate::accounts) async fn hold(tx: &mut Tx, id: &str) -> Result<()> {
    query("update sign_ins set sends = sends where organisation_id = $1 and id = $2")
        .bind(tx.organisation().as_str())
        .bind(id)
        .execute(tx.connection())
        .await?;
    Ok(())
}

/// Lets codes go that were sent by e-mail for this number, and wait to be typed.
pub(in crate::accounts) async fn forget_mailed(tx: &mut Tx, mobile: &Mobile) -> Result<()> {
    query("delete from sign_ins where organisation_id = $1 and mobile = $2 and mailed_at is not null")
        .bind(tx.organisation().as_str())
        .bind(mobile.as_str())
        .execute(tx.connection())
        .await?;
    Ok(())
}

pub(in crate::accounts) async fn find(tx: &mut Tx, id: &str) -> Result<Option<SignIn>> {
    let row = query(
        "select mobile, sends, sent_at, expires_at, tries, used_at, mailed_at, staff_id from sign_ins
         where organisation_id = $1 and id = $2",
    )
    .bind(tx.organisation().as_str())
    .bind(id)
    .fetch_optional(tx.connection())
    .await?;
    let Some(row) = row else { return Ok(None) };
    let clerk: String = row.try_get("staff_id")?;
    Ok(Some(SignIn {
        mobile: Mobile::parse(row.try_get("mobile")?).map_err(|_| StoreError::Unreadable("mobile number"))?,
        sends: row.try_get("sends")?,
        sent_at: Moment(row.try_get("sent_at")?),
        expires_at: Moment(row.try_get("expires_at")?),
        tries: row.try_get("tries")?,
        is_used: row.try_get::<Option<i64>, _>("used_at")?.is_some(),
        is_mailed: row.try_get::<Option<i64>, _>("mailed_at")?.is_some(),
        clerk: (!clerk.is_empty()).then(|| StaffId::stored(&clerk)),
    }))
}

/// How many sign-ins were sent a code since a moment, and how many of them used it.
pub(in crate::accounts) async fn since(tx: &mut Tx, since: Moment) -> Result<(i64, i64)> {
    let row = query("select count(*), count(used_at) from sign_ins where organisation_id = $1 and sent_at >= $2")
        .bind(tx.organisation().as_str())
        .bind(since.0)
        .fetch_one(tx.connection())
        .await?;
    Ok((row.try_get(0)?, row.try_get(1)?))
}

/// Puts a new code in the place of the old one; false when somebody else did so meanwhile.
pub(in crate::accounts) async fn replace_code(tx: &mut Tx, code: &SentCode<'_>, sends_seen: i64) -> Result<bool> {
    let done = query(
        "update sign_ins set code_hash = $3, sends = sends + 1, sent_at = $4, expires_at = $5, tries = 0
         where organisation_id = $1 and id = $2 and sends = $6 and used_at is null",
    )
    .bind(tx.organisation().as_str())
    .bind(code.id)
    .bind(code.hash)
    .bind(tx.now().0)
    .bind(code.expires_at.0)
    .bind(sends_seen)
    .execute(tx.connection())
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Notes which way the code goes that was just put in its place.
pub(in crate::accounts) async fn note_way(tx: &mut Tx, id: &str, is_mail: bool) -> Result<()> {
    let mailed_at = is_mail.then_some(tx.now().0);
    query("update sign_ins set mailed_at = $3 where organisation_id = $1 and id = $2")
        .bind(tx.organisation().as_str())
        .bind(id)
        .bind(mailed_at)
        .execute(tx.connection())
        .await?;
    Ok(())
}

/// Notes who of the staff typed the number to which the code went.
pub(in crate::accounts) async fn note_clerk(tx: &mut Tx, id: &str, clerk: &StaffId) -> Result<()> {
    query("update sign_ins set staff_id = $3 where organisation_id = $1 and id = $2")
        .bind(tx.organisation().as_str())
        .bind(id)
        .bind(clerk.as_str())
        .execute(tx.connection())
        .await?;
    Ok(())
}

/// The code of this id is worth nothing any more.
pub(in crate::accounts) async fn forget(tx: &mut Tx, id: &str) -> Result<()> {
    query("delete from sign_ins where organisation_id = $1 and id = $2")
        .bind(tx.organisation().as_str())
        .bind(id)
        .execute(tx.connection())
        .await?;
    Ok(())
}

/// Takes one try and answers the hash to compare with, and the tries taken; none when there was no try to take.
pub(in crate::accounts) async fn take_try(tx: &mut Tx, id: &str, most: u32) -> Result<Option<(String, i64)>> {
    let row = query(
        "update sign_ins set tries = tries + 1
         where organisation_id = $1 and id = $2 and tries < $3 and used_at is null and expires_at > $4
         returning code_hash, tries",
    )
    .bind(tx.organisation().as_str())
    .bind(id)
    .bind(i64::from(most))
    .bind(tx.now().0)
    .fetch_optional(tx.connection())
    .await?;
    let Some(row) = row else { return Ok(None) };
    Ok(Some((row.try_get("code_hash")?, row.try_get("tries")?)))
}

/// Uses the code up; false when it was used or replaced meanwhile.
pub(in crate::accounts) async fn consume(tx: &mut Tx, id: &str, code_hash: &str) -> Result<bool> {
    let done = query(
        "update sign_ins set used_at = $4
         where organisation_id = $1 and id = $2 and code_hash = $3 and used_at is null",
    )
    .bind(tx.organisation().as_str())
    .bind(id)
    .bind(code_hash)
    .bind(tx.now().0)
    .execute(tx.connection())
    .await?;
    Ok(done.rows_affected() == 1)
}
