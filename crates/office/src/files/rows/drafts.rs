//! The SQL of the files of a draft: in which order they stand, and which of them we bound from the others.

use pishkhan_store::{Result, Tx, query};

use crate::ids::{FileId, LetterId};

/// Puts a file at a position of its letter.
pub async fn place(tx: &mut Tx, letter: &LetterId, id: &FileId, position: i64) -> Result<()> {
    let organisation = tx.organisation().0.clone();
    query("update files set position = $4 where organisation_id = $1 and id = $2 and letter_id = $3")
        .bind(organisation)
        .bind(id.as_str())
        .bind(letter.as_str())
        .bind(position)
        .execute(tx.connection())
        .await?;
    Ok(())
}

/// Notes that we bound this file, now.
pub async fn mark_bound(tx: &mut Tx, id: &FileId) -> Result<()> {
    let organisation = tx.organisation().0.clone();
    let now = tx.now().0;
    query("update files set bound_at = $3 where organisation_id = $1 and id = $2")
        .bind(organisation)
        .bind(id.as_str())
        .bind(now)
        .execute(tx.connection())
        .await?;
    Ok(())
}

/// Puts what we bound before everything else, where it counts as out of date: something was taken out of it or turned round.
pub async fn outdate_bound(tx: &mut Tx, letter: &LetterId) -> Result<()> {
    let organisation = tx.organisation().0.clone();
    query(
        "update files set position = 0
         where organisation_id = $1 and letter_id = $2 and removed_at is null and bound_at is not null",
    )
    .bind(organisation)
    .bind(letter.as_str())
    .execute(tx.connection())
    .await?;
    Ok(())
}

/// Takes out what we bound.
pub async fn remove_bound(tx: &mut Tx, letter: &LetterId) -> Result<()> {
    let organisation = tx.organisation().0.clone();
    let now = tx.now().0;
    query(
        "update files set removed_at = $3
         where organisation_id = $1 and letter_id = $2 and removed_at is null and bound_at is not null",
    )
    .bind(organisation)
    .bind(letter.as_str())
    .bind(now)
    .execute(tx.connection())
    .await?;
    Ok(())
}
