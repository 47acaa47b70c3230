//! The SQL of the quarantine, over all organisations.

use std::time::Duration;

use pishkhan_store::{Moment, OrganisationId, Result, Row, Tx, query};

use crate::files::{Quarantine, Scan};

/// A blob that this worker scans.
pub struct Claimed {
    pub organisation: OrganisationId,
    pub sha256: String,
}

/// How much waits for the scanner; bytes that no file names are not counted.
pub async fn in_quarantine(tx: &mut Tx) -> Result<Quarantine> {
    let row = query(
        "select count(*), min(b.stored_at) from blobs b
         where b.organisation_id <> '' and b.scan = 'waiting'
           and exists (select 1 from files f where f.organisation_id = b.organisation_id and f.sha256 = b.sha256)",
    )
    .fetch_one(tx.connection())
    .await?;
    Ok(Quarantine { files: row.try_get(0)?, oldest: row.try_get::<Option<i64>, _>(1)?.map(Moment) })
}

/// Whether anything is due; a look that takes no lock.
pub async fn is_any_due(tx: &mut Tx) -> Result<bool> {
    let now = tx.now().0;
    let found = query(
        "select b.organisation_id from blobs b
         where b.scan_due_at <= $1 and b.scan = 'waiting'
           and exists (select 1 from files f where f.organisation_id = b.organisation_id and f.sha256 = b.sha256)
         limit 1",
    )
    .bind(now)
    .fetch_optional(tx.connection())
    .await?;
    Ok(found.is_some())
}

/// Claims one that is due and that a file names, the longest waiting first.
pub async fn claim(tx: &mut Tx, lease: Duration) -> Result<Option<Claimed>> {
    let now = tx.now();
    // The condition is there twice on purpose, as in the outbox: the second of two workers looks at it again.
    let row = query(
        "update blobs set scan_due_at = $1
         where (organisation_id, sha256) in (
             select b.organisation_id, b.sha256 from blobs b
             where b.scan_due_at <= $2 and b.scan = 'waiting'
               and exists (select 1 from files f where f.organisation_id = b.organisation_id and f.sha256 = b.sha256)
             order by b.scan_due_at limit 1
         ) and scan_due_at <= $2 and scan = 'waiting'
         returning organisation_id, sha256",
    )
    .bind(now.plus(lease).0)
    .bind(now.0)
    .fetch_optional(tx.connection())
    .await?;
    row.map(|row| Ok(Claimed { organisation: OrganisationId(row.try_get(0)?), sha256: row.try_get(1)? })).transpose()
}

/// Notes what the scanner said.
pub async fn mark(tx: &mut Tx, sha256: &str, scan: Scan, said: &str) -> Result<()> {
    let organisation = tx.organisation().0.clone();
    query(
        "update blobs set scan = $3, scan_said = $4, scan_due_at = null
         where organisation_id = $1 and sha256 = $2 and scan = 'waiting'",
    )
    .bind(organisation)
    .bind(sha256)
    .bind(scan.as_str())
    .bind(said)
    .execute(tx.connection())
    .await?;
    Ok(())
}
