//! The SQL of blobs: the bytes that files name, from their coming to their going.
//!
//! A blob goes in three steps, so that nobody can name what is being removed: its row is marked while no file names it, then the
//! bytes are removed, then the row. Whoever brings or names the bytes moves `kept_at` on in the same row, and so waits for the
//! mark, or the mark for them.

use pishkhan_store::{Moment, Result, Row, StoreError, Tx, query};
use sqlx::any::AnyRow;

use crate::files::{Finding, Preview, Scan};

/// What is noted when bytes come in.
pub struct Coming<'a> {
    pub sha256: &'a str,
    pub size: u64,
    pub finding: &'a Finding,
    pub scan: Scan,
    pub preview: Preview,
}

/// Notes that the bytes are here, or are brought once more. False: they are just being removed.
pub async fn keep(tx: &mut Tx, coming: &Coming<'_>) -> Result<bool> {
    let organisation = tx.organisation().0.clone();
    let flags: Vec<&str> = coming.finding.flags.iter().map(|flag| flag.as_str()).collect();
    let row = query(
        "insert into blobs (organisation_id, sha256, size, kind, flags, stored_at, kept_at, scan, scan_due_at,
                            preview, preview_due_at, preview_tries, pages_made, pages_in_all)
         values ($1, $2, $3, $4, $5, $6, $6, $7, $6, $8, $6, 0, 0, 0)
         on conflict (organisation_id, sha256) do update set
             kept_at = excluded.kept_at,
             flags = excluded.flags,
             scan = case when excluded.scan = 'clean' then 'clean'
                         when blobs.scan in ('clean', 'infected') then blobs.scan
                         else excluded.scan end,
             scan_due_at = excluded.scan_due_at
         returning going_at",
    )
    .bind(organisation)
    .bind(coming.sha256)
    .bind(i64::try_from(coming.size).unwrap_or(i64::MAX))
    .bind(coming.finding.kind.as_str())
    .bind(flags.join(" "))
    .bind(tx.now().0)
    .bind(coming.scan.as_str())
    .bind(coming.preview.as_str())
    .fetch_one(tx.connection())
    .await?;
    Ok(row.try_get::<Option<i64>, _>(0)?.is_none())
}

/// Notes that a file names the bytes now.
pub async fn name(tx: &mut Tx, sha256: &str) -> Result<()> {
    let organisation = tx.organisation().0.clone();
    let named = query("update blobs set kept_at = $3 where organisation_id = $1 and sha256 = $2 and going_at is null")
        .bind(organisation)
        .bind(sha256)
        .bind(tx.now().0)
        .execute(tx.connection())
        .await?;
    // A form that is a day old: its bytes were swept out.
    if named.rows_affected() == 1 { Ok(()) } else { Err(StoreError::Unreadable("blob of a file")) }
}

/// Bytes that are going, with how many pages of theirs have pictures.
pub struct Going {
    pub sha256: String,
    pub pages: u32,
    /// When their removal began; whoever forgets them must name it.
    pub since: Moment,
}

/// Marks at most `limit` of what no file has named since `before` as going, and answers those. What another node has marked
/// after `lease` is left to it.
pub async fn begin_going(tx: &mut Tx, before: Moment, lease: Moment, limit: u32) -> Result<Vec<Going>> {
    let organisation = tx.organisation().0.clone();
    let since = tx.now();
    // The condition is there twice on purpose, as in the outbox: the second of two nodes looks at each row again.
    let rows = query(
        "update blobs set going_at = $3
         where (organisation_id, sha256) in (
             select b.organisation_id, b.sha256 from blobs b
             where b.organisation_id = $1 and b.kept_at < $2 and (b.going_at is null or b.going_at < $4)
               and not exists (select 1 from files f
                               where f.organisation_id = b.organisation_id and f.sha256 = b.sha256)
             order by b.kept_at limit $5
         ) and kept_at < $2 and (going_at is null or going_at < $4)
         returning sha256, pages_made",
    )
    .bind(organisation)
    .bind(before.0)
    .bind(since.0)
    .bind(lease.0)
    .bind(i64::from(limit))
    .fetch_all(tx.connection())
    .await?;
    let going = |row: &AnyRow| {
        let pages = u32::try_from(row.try_get::<i64, _>(1)?).map_err(|_| StoreError::Unreadable("pages"))?;
        Ok(Going { sha256: row.try_get(0)?, pages, since })
    };
    rows.iter().map(going).collect()
}

/// Forgets one that is gone, unless somebody else has taken its removal over.
pub async fn forget(tx: &mut Tx, going: &Going) -> Result<()> {
    let organisation = tx.organisation().0.clone();
    query("delete from blobs where organisation_id = $1 and sha256 = $2 and going_at = $3")
        .bind(organisation)
        .bind(&going.sha256)
        .bind(going.since.0)
        .execute(tx.connection())
        .await?;
    Ok(())
}

/// Notes that bytes that may lie here already are infected; whether that is news.
pub async fn condemn(tx: &mut Tx, sha256: &str, said: &str) -> Result<bool> {
    let organisation = tx.organisation().0.clone();
    let condemned = query(
        "update blobs set scan = 'infected', scan_said = $3, scan_due_at = null
         where organisation_id = $1 and sha256 = $2 and scan <> 'infected'",
    )
    .bind(organisation)
    .bind(sha256)
    .bind(said)
    .execute(tx.connection())
    .await?;
    Ok(condemned.rows_affected() == 1)
}
