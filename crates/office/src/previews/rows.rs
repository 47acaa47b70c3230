//! The SQL of previews: which bytes wait for pictures, over all organisations, and what became of them.

use std::time::Duration;

use pishkhan_store::{Moment, OrganisationId, Result, Row, StoreError, Tx, query};

use crate::files::{Kind, Preview};

/// A blob whose pictures this worker makes.
pub struct Claimed {
    pub organisation: OrganisationId,
    pub sha256: String,
    pub kind: Kind,
    /// How often it was tried, this time included.
    pub tries: u32,
}

/// Whether anything is due; a look that takes no lock.
pub async fn is_any_due(tx: &mut Tx) -> Result<bool> {
    let now = tx.now().0;
    let found = query(
        "select b.organisation_id from blobs b
         where b.preview_due_at <= $1 and b.preview = 'waiting' and b.scan in ('off', 'clean')
           and exists (select 1 from files f where f.organisation_id = b.organisation_id and f.sha256 = b.sha256)
         limit 1",
    )
    .bind(now)
    .fetch_optional(tx.connection())
    .await?;
    Ok(found.is_some())
}

/// Claims one that is due, that a file names, and that the scanner has nothing against, the longest waiting first.
pub async fn claim(tx: &mut Tx, lease: Duration) -> Result<Option<Claimed>> {
    let now = tx.now();
    // The condition is there twice on purpose, as in the outbox: the second of two workers looks at it again.
    let row = query(
        "update blobs set preview_due_at = $1, preview_tries = preview_tries + 1
         where (organisation_id, sha256) in (
             select b.organisation_id, b.sha256 from blobs b
             where b.preview_due_at <= $2 and b.preview = 'waiting' and b.scan in ('off', 'clean')
               and exists (select 1 from files f where f.organisation_id = b.organisation_id and f.sha256 = b.sha256)
             order by b.preview_due_at limit 1
         ) and preview_due_at <= $2 and preview = 'waiting'
         returning organisation_id, sha256, kind, preview_tries",
    )
    .bind(now.plus(lease).0)
    .bind(now.0)
    .fetch_optional(tx.connection())
    .await?;
    let Some(row) = row else { return Ok(None) };
    let kind: String = row.try_get("kind")?;
    Ok(Some(Claimed {
        organisation: OrganisationId(row.try_get("organisation_id")?),
        sha256: row.try_get("sha256")?,
        kind: Kind::parse(&kind).ok_or(StoreError::Unreadable("kind"))?,
        tries: u32::try_from(row.try_get::<i64, _>("preview_tries")?).unwrap_or(u32::MAX),
    }))
}

/// Notes what became of it. False: it is gone, or on its way out.
pub async fn mark(tx: &mut Tx, sha256: &str, preview: Preview) -> Result<bool> {
    let organisation = tx.organisation().0.clone();
    let (made, in_all) = match preview {
        Preview::Made { made, in_all } => (made, in_all),
        Preview::None | Preview::Waiting | Preview::Broken => (0, 0),
    };
    let marked = query(
        "update blobs set preview = $3, pages_made = $4, pages_in_all = $5
         where organisation_id = $1 and sha256 = $2 and preview = 'waiting' and going_at is null",
    )
    .bind(organisation)
    .bind(sha256)
    .bind(preview.as_str())
    .bind(i64::from(made))
    .bind(i64::from(in_all))
    .execute(tx.connection())
    .await?;
    Ok(marked.rows_affected() == 1)
}

/// Puts it off until then.
pub async fn put_off(tx: &mut Tx, sha256: &str, until: Moment) -> Result<()> {
    let organisation = tx.organisation().0.clone();
    query(
        "update blobs set preview_due_at = $3
         where organisation_id = $1 and sha256 = $2 and preview = 'waiting'",
    )
    .bind(organisation)
    .bind(sha256)
    .bind(until.0)
    .execute(tx.connection())
    .await?;
    Ok(())
}
