//! The SQL of e-mail addresses.

use pishkhan_persian::Mobile;
use pishkhan_store::{Moment, Result, Tx, query};

use super::sender;
use crate::ids::SenderId;
use crate::senders::{EmailAddress, Sender};

pub(in crate::senders) async fn update_email(tx: &mut Tx, id: &SenderId, address: &EmailAddress) -> Result<()> {
    query("update senders set email = $3, email_at = $4 where organisation_id = $1 and id = $2 and asleep_at is null")
        .bind(tx.organisation().as_str())
        .bind(id.as_str())
        .bind(address.as_str())
        .bind(tx.now().0)
        .execute(tx.connection())
        .await?;
    Ok(())
}

pub(in crate::senders) async fn delete_email(tx: &mut Tx, id: &SenderId) -> Result<()> {
    query("update senders set email = '', email_at = null where organisation_id = $1 and id = $2")
        .bind(tx.organisation().as_str())
        .bind(id.as_str())
        .execute(tx.connection())
        .await?;
    Ok(())
}

/// The sender of this number who has an address since before the first moment, and was here and proved the number since the second.
pub(in crate::senders) async fn find_by_email_of(
    tx: &mut Tx,
    mobile: &Mobile,
    address_before: Moment,
    here_since: Moment,
) -> Result<Option<Sender>> {
    query(
        "select id, mobile, name, kind, language, asleep_at, email, seen_at, proved_at from senders
         where organisation_id = $1 and mobile = $2 and asleep_at is null and email <> '' and email_at <= $3
           and seen_at >= $4 and proved_at >= $4",
    )
    .bind(tx.organisation().as_str())
    .bind(mobile.as_str())
    .bind(address_before.0)
    .bind(here_since.0)
    .fetch_optional(tx.connection())
    .await?
    .map(|row| sender(&row))
    .transpose()
}
