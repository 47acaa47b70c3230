//! The SQL of numbers that change.

use pishkhan_persian::Mobile;
use pishkhan_store::{Result, Row, Tx, query};

use crate::ids::SenderId;

/// Gives the account another number, which was proved a moment ago; false when it has another than that, or sleeps.
pub(in crate::senders) async fn update_mobile(tx: &mut Tx, id: &SenderId, from: &Mobile, to: &Mobile) -> Result<bool> {
    let done = query(
        "update senders set mobile = $4, seen_at = $5, proved_at = $5
         where organisation_id = $1 and id = $2 and mobile = $3 and asleep_at is null",
    )
    .bind(tx.organisation().as_str())
    .bind(id.as_str())
    .bind(from.as_str())
    .bind(to.as_str())
    .bind(tx.now().0)
    .execute(tx.connection())
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Lets an account go in which there is neither a name nor an address nor a letter; false when there is.
pub(in crate::senders) async fn delete_if_empty(tx: &mut Tx, id: &SenderId) -> Result<bool> {
    let done = query(
        "delete from senders
         where organisation_id = $1 and id = $2 and name = '' and email = '' and asleep_at is null
           and not exists (select 1 from letters l
                           where l.organisation_id = senders.organisation_id and l.sender_id = senders.id)",
    )
    .bind(tx.organisation().as_str())
    .bind(id.as_str())
    .execute(tx.connection())
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Closes what sleeps of this number and fell asleep by itself; answers whose accounts those are.
pub(in crate::senders) async fn close_asleep(tx: &mut Tx, mobile: &Mobile) -> Result<Vec<SenderId>> {
    query(
        "update senders set closed_at = $3
         where organisation_id = $1 and mobile = $2 and asleep_at is not null and closed_at is null
         returning id",
    )
    .bind(tx.organisation().as_str())
    .bind(mobile.as_str())
    .bind(tx.now().0)
    .fetch_all(tx.connection())
    .await?
    .iter()
    .map(|row| Ok(SenderId::stored(row.try_get(0)?)))
    .collect()
}
