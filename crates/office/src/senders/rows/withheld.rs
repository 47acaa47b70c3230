//! The SQL of letters that are withheld: those that were begun before a moment.

use pishkhan_store::{Moment, Result, Row, Tx, query};

use crate::ids::{LetterId, SenderId};

pub(in crate::senders) async fn count_begun_before(tx: &mut Tx, sender: &SenderId, moment: Moment) -> Result<u64> {
    let row = query("select count(*) from letters where organisation_id = $1 and sender_id = $2 and created_at < $3")
        .bind(tx.organisation().as_str())
        .bind(sender.as_str())
        .bind(moment.0)
        .fetch_one(tx.connection())
        .await?;
    Ok(u64::try_from(row.try_get::<i64, _>(0)?).unwrap_or_default())
}

/// Whether this is one of them, and the sender's.
pub(in crate::senders) async fn is_begun_before(
    tx: &mut Tx,
    sender: &SenderId,
    letter: &LetterId,
    moment: Moment,
) -> Result<bool> {
    let row =
        query("select id from letters where organisation_id = $1 and id = $2 and sender_id = $3 and created_at < $4")
            .bind(tx.organisation().as_str())
            .bind(letter.as_str())
            .bind(sender.as_str())
            .bind(moment.0)
            .fetch_optional(tx.connection())
            .await?;
    Ok(row.is_some())
}

/// Whether one of them has one of these codes; an empty code is none.
pub(in crate::senders) async fn has_code_before(
    tx: &mut Tx,
    sender: &SenderId,
    receipt: &str,
    tracking: &str,
    moment: Moment,
) -> Result<bool> {
    let row = query(
        "select id from letters
         where organisation_id = $1 and sender_id = $2 and (receipt_code = $3 or tracking_code = $4) and created_at < $5",
    )
    .bind(tx.organisation().as_str())
    .bind(sender.as_str())
    .bind(receipt)
    .bind(tracking)
    .bind(moment.0)
    .fetch_optional(tx.connection())
    .await?;
    Ok(row.is_some())
}
