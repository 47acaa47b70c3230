//! The SQL of e-mail addresses that are to be proved.

use pishkhan_store::{Moment, Result, Row, StoreError, Tx, query};

use crate::ids::SenderId;
use crate::senders::EmailAddress;

/// An address that is to be proved.
pub(in crate::accounts) struct EmailCode {
    pub address: EmailAddress,
    pub sent_at: Moment,
    pub expires_at: Moment,
}

/// One try: what to compare with, and how many were taken with it.
pub(in crate::accounts) struct Try {
    pub address: EmailAddress,
    pub hash: String,
    pub tries: i64,
}

/// Puts a code in the place of the one before, which may have been for another address.
pub(in crate::accounts) async fn put(
    tx: &mut Tx,
    sender: &SenderId,
    address: &EmailAddress,
    hash: &str,
    expires_at: Moment,
) -> Result<()> {
    query(
        "insert into email_codes (organisation_id, sender_id, address, code_hash, sent_at, expires_at, tries)
         values ($1, $2, $3, $4, $5, $6, 0)
         on conflict (organisation_id, sender_id) do update
         set address = excluded.address, code_hash = excluded.code_hash, sent_at = excluded.sent_at,
             expires_at = excluded.expires_at, tries = 0",
    )
    .bind(tx.organisation().as_str())
    .bind(sender.as_str())
    .bind(address.as_str())
    .bind(hash)
    .bind(tx.now().0)
    .bind(expires_at.0)
    .execute(tx.connection())
    .await?;
    Ok(())
}

pub(in crate::accounts) async fn find(tx: &mut Tx, sender: &SenderId) -> Result<Option<EmailCode>> {
    let row =
        query("select address, sent_at, expires_at from email_codes where organisation_id = $1 and sender_id = $2")
            .bind(tx.organisation().as_str())
            .bind(sender.as_str())
            .fetch_optional(tx.connection())
            .await?;
    let Some(row) = row else { return Ok(None) };
    Ok(Some(EmailCode {
        address: address(row.try_get("address")?)?,
        sent_at: Moment(row.try_get("sent_at")?),
        expires_at: Moment(row.try_get("expires_at")?),
    }))
}

/// Takes one try; none when there was no try to take.
pub(in crate::accounts) async fn take_try(tx: &mut Tx, sender: &SenderId, most: u32) -> Result<Option<Try>> {
    let row = query(
        "update email_codes set tries = tries + 1
         where organisation_id = $1 and sender_id = $2 and tries < $3 and expires_at > $4
         returning address, code_hash, tries",
    )
    .bind(tx.organisation().as_str())
    .bind(sender.as_str())
    .bind(i64::from(most))
    .bind(tx.now().0)
    .fetch_optional(tx.connection())
    .await?;
    let Some(row) = row else { return Ok(None) };
    let (hash, tries) = (row.try_get("code_hash")?, row.try_get("tries")?);
    Ok(Some(Try { address: address(row.try_get("address")?)?, hash, tries }))
}

/// Uses the code up; false when it was used or replaced meanwhile.
pub(in crate::accounts) async fn consume(tx: &mut Tx, sender: &SenderId, hash: &str) -> Result<bool> {
    let done = query("delete from email_codes where organisation_id = $1 and sender_id = $2 and code_hash = $3")
        .bind(tx.organisation().as_str())
        .bind(sender.as_str())
        .bind(hash)
        .execute(tx.connection())
        .await?;
    Ok(done.rows_affected() == 1)
}

/// What was sent is worth nothing any more.
pub(in crate::accounts) async fn forget(tx: &mut Tx, sender: &SenderId) -> Result<()> {
    query("delete from email_codes where organisation_id = $1 and sender_id = $2")
        .bind(tx.organisation().as_str())
        .bind(sender.as_str())
        .execute(tx.connection())
        .await?;
    Ok(())
}

fn address(stored: &str) -> Result<EmailAddress> {
    EmailAddress::stored(stored).ok_or(StoreError::Unreadable("e-mail address"))
}
