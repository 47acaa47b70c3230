//! The SQL of carrying a letter's files over to another one.

use pishkhan_store::{Result, Row, Tx, query};

use super::blobs;
use crate::ids::{FileId, LetterId};

/// Gives a draft the files that were brought for a letter of the same sender. What we bound ourselves is bound anew from them.
pub(crate) async fn copy(tx: &mut Tx, from: &LetterId, to: &LetterId) -> Result<()> {
    let organisation = tx.organisation().0.clone();
    let rows = query(
        "select id, sha256 from files where organisation_id = $1 and letter_id = $2 and part = 'letter'
           and removed_at is null and bound_at is null order by position, id",
    )
    .bind(organisation)
    .bind(from.as_str())
    .fetch_all(tx.connection())
    .await?;
    for row in &rows {
        blobs::name(tx, row.try_get("sha256")?).await?;
        copy_one(tx, &FileId::stored(row.try_get("id")?), to).await?;
    }
    Ok(())
}

async fn copy_one(tx: &mut Tx, file: &FileId, to: &LetterId) -> Result<()> {
    let organisation = tx.organisation().0.clone();
    let now = tx.now().0;
    query(
        "insert into files (organisation_id, id, letter_id, part, position, name, kind, size, sha256, stored_at)
         select organisation_id, $3, $4, part, position, name, kind, size, sha256, $5 from files
         where organisation_id = $1 and id = $2",
    )
    .bind(organisation)
    .bind(file.as_str())
    .bind(FileId::random().as_str())
    .bind(to.as_str())
    .bind(now)
    .execute(tx.connection())
    .await?;
    Ok(())
}
