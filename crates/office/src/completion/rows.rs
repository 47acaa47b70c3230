//! The SQL of what is missing, and of the files that were brought for it.

use pishkhan_store::{Moment, Result, Row, Tx, query};
use sqlx::any::AnyRow;

use super::MissingItem;
use crate::ids::{FileId, ItemId, LetterId};

/// Everything that was ever asked for, in its order; the last return's are those with the latest `asked_at`. The caller has found
/// the letter as its actor may see it.
pub async fn of_letter(tx: &mut Tx, letter: &LetterId) -> Result<Vec<MissingItem>> {
    let organisation = tx.organisation().0.clone();
    query("select * from missing_items where organisation_id = $1 and letter_id = $2 order by asked_at, position, id")
        .bind(organisation)
        .bind(letter.as_str())
        .fetch_all(tx.connection())
        .await?
        .iter()
        .map(item)
        .collect()
}

/// The files that were brought for an item: name and hash.
pub async fn files(tx: &mut Tx, letter: &LetterId, item: &ItemId) -> Result<Vec<(String, String)>> {
    let organisation = tx.organisation().0.clone();
    query(
        "select name, sha256 from files
         where organisation_id = $1 and letter_id = $2 and message_id = $3 and removed_at is null order by position, id",
    )
    .bind(organisation)
    .bind(letter.as_str())
    .bind(item.as_str())
    .fetch_all(tx.connection())
    .await?
    .iter()
    .map(|row| Ok((row.try_get(0)?, row.try_get(1)?)))
    .collect()
}

/// Notes for which item a file was brought.
pub(crate) async fn bring(tx: &mut Tx, file: &FileId, item: &ItemId) -> Result<()> {
    let organisation = tx.organisation().0.clone();
    query("update files set message_id = $3 where organisation_id = $1 and id = $2")
        .bind(organisation)
        .bind(file.as_str())
        .bind(item.as_str())
        .execute(tx.connection())
        .await?;
    Ok(())
}

/// Notes an item as done.
pub(crate) async fn done(tx: &mut Tx, item: &ItemId, reply: &str) -> Result<()> {
    let organisation = tx.organisation().0.clone();
    let now = tx.now().0;
    query(
        "update missing_items set done_at = coalesce(done_at, $3), reply = case when $4 = '' then reply else $4 end
         where organisation_id = $1 and id = $2",
    )
    .bind(organisation)
    .bind(item.as_str())
    .bind(now)
    .bind(reply)
    .execute(tx.connection())
    .await?;
    Ok(())
}

pub(crate) async fn insert(tx: &mut Tx, letter: &LetterId, position: usize, text: &str) -> Result<()> {
    let organisation = tx.organisation().0.clone();
    let now = tx.now().0;
    query(
        "insert into missing_items (organisation_id, id, letter_id, position, text, asked_at, reply)
         values ($1, $2, $3, $4, $5, $6, '')",
    )
    .bind(organisation)
    .bind(ItemId::random().as_str())
    .bind(letter.as_str())
    .bind(i64::try_from(position).unwrap_or(i64::MAX))
    .bind(text)
    .bind(now)
    .execute(tx.connection())
    .await?;
    Ok(())
}

/// Takes back what was asked for at that moment: the return was undone, and its event still tells of it.
pub(crate) async fn forget(tx: &mut Tx, letter: &LetterId, asked_at: Moment) -> Result<()> {
    let organisation = tx.organisation().0.clone();
    query("delete from missing_items where organisation_id = $1 and letter_id = $2 and asked_at = $3")
        .bind(organisation)
        .bind(letter.as_str())
        .bind(asked_at.0)
        .execute(tx.connection())
        .await?;
    Ok(())
}

fn item(row: &AnyRow) -> Result<MissingItem> {
    Ok(MissingItem {
        id: ItemId::stored(row.try_get("id")?),
        text: row.try_get("text")?,
        asked_at: Moment(row.try_get("asked_at")?),
        done_at: row.try_get::<Option<i64>, _>("done_at")?.map(Moment),
        reply: row.try_get("reply")?,
    })
}
