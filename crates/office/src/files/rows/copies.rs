//! The SQL of carrying a letter's files over to another one.

use pishkhan_store::{Result, Tx, query};

use super::blobs;
use crate::files::{File, Part};
use crate::ids::{FileId, LetterId};

/// Gives a draft files of a letter of the same sender, in their order. What we bound ourselves is bound anew from them.
pub(crate) async fn copy(tx: &mut Tx, files: &[File], to: &LetterId) -> Result<()> {
    for file in files {
        blobs::name(tx, &file.sha256).await?;
        copy_one(tx, &file.id, to).await?;
    }
    Ok(())
}

async fn copy_one(tx: &mut Tx, file: &FileId, to: &LetterId) -> Result<()> {
    let organisation = tx.organisation().0.clone();
    let now = tx.now().0;
    query(
        "insert into files (organisation_id, id, letter_id, part, position, name, kind, size, sha256, stored_at)
         select organisation_id, $3, $4, $6, position, name, kind, size, sha256, $5 from files
         where organisation_id = $1 and id = $2",
    )
    .bind(organisation)
    .bind(file.as_str())
    .bind(FileId::random().as_str())
    .bind(to.as_str())
    .bind(now)
    .bind(Part::Letter.as_str())
    .execute(tx.connection())
    .await?;
    Ok(())
}
