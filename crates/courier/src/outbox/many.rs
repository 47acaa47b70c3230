//! What is done to several messages at once.

use pishkhan_store::{Result, Tx, query};

use crate::MessageId;

/// Marks all that waits in the organisation as sent at this moment, by nobody: for what is made up.
pub async fn settle(tx: &mut Tx) -> Result<()> {
    let (organisation, now) = (tx.organisation().0.clone(), tx.now().0);
    query("update outbox set sent_at = $1 where organisation_id = $2 and sent_at is null and parked_at is null")
        .bind(now)
        .bind(organisation)
        .execute(tx.connection())
        .await?;
    Ok(())
}

/// Empties the organisation's texts that have expired: a code is nobody's business once it is over.
pub async fn forget_expired(tx: &mut Tx) -> Result<()> {
    let organisation = tx.organisation().0.clone();
    let now = tx.now().0;
    query("update outbox set text = '', places = '' where organisation_id = $1 and expires_at < $2 and text <> ''")
        .bind(organisation)
        .bind(now)
        .execute(tx.connection())
        .await?;
    Ok(())
}

/// Puts parked messages of the organisation on their way again, the one of this id or all that are not expired. Answers how many.
pub async fn unpark(tx: &mut Tx, id: Option<&MessageId>) -> Result<u64> {
    let (organisation, now) = (tx.organisation().0.clone(), tx.now().0);
    let again = query(
        "update outbox set parked_at = null, due_at = $1, tries = 0, route_id = ''
         where organisation_id = $2 and ($3 = '' or id = $3) and parked_at is not null and sent_at is null and text <> ''
           and (expires_at is null or expires_at > $1)",
    )
    .bind(now)
    .bind(organisation)
    .bind(id.map_or_else(String::new, |id| id.0.clone()))
    .execute(tx.connection())
    .await?;
    Ok(again.rows_affected())
}

/// Takes back the messages about something that are still held; nobody has seen them. Answers how many there were.
pub async fn recall(tx: &mut Tx, about: &str) -> Result<u64> {
    let (organisation, now) = (tx.organisation().0.clone(), tx.now().0);
    let recalled = query(
        "delete from outbox
         where organisation_id = $1 and about = $2 and about <> '' and tries = 0 and due_at > $3
           and sent_at is null and parked_at is null",
    )
    .bind(organisation)
    .bind(about.to_owned())
    .bind(now)
    .execute(tx.connection())
    .await?;
    Ok(recalled.rows_affected())
}
