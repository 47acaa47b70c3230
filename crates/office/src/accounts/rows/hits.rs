//! The SQL of counters. They are told their organisation, since the house counts too.

use std::time::Duration;

use pishkhan_store::{Moment, OrganisationId, Result, Row, Tx, query};
use sqlx::any::AnyRow;

/// How a counter stands.
pub(in crate::accounts) struct Hits {
    pub count: i64,
    pub window_began_at: Moment,
    pub last_at: Moment,
}

/// One statement reads, restarts a window that is over or has nothing in it yet, counts, and holds the row until the commit.
pub(in crate::accounts) async fn add(
    tx: &mut Tx,
    organisation: &OrganisationId,
    subject: &str,
    by: u32,
    window: Duration,
) -> Result<Hits> {
    let now = tx.now();
    let row = query(
        "insert into hits (organisation_id, subject, window_began_at, count, last_at) values ($1, $2, $3, $4, $3)
         on conflict (organisation_id, subject) do update set
             window_began_at = case when hits.window_began_at <= $5 or hits.count = 0 then $3 else hits.window_began_at end,
             count = case when hits.window_began_at <= $5 then $4 else hits.count + $4 end,
             last_at = case when $4 > 0 then $3 else hits.last_at end
         returning count, window_began_at, last_at",
    )
    .bind(organisation.as_str())
    .bind(subject)
    .bind(now.0)
    .bind(i64::from(by))
    .bind(now.minus(window).0)
    .fetch_one(tx.connection())
    .await?;
    hits(&row)
}

pub(in crate::accounts) async fn find(
    tx: &mut Tx,
    organisation: &OrganisationId,
    subject: &str,
) -> Result<Option<Hits>> {
    query("select count, window_began_at, last_at from hits where organisation_id = $1 and subject = $2")
        .bind(organisation.as_str())
        .bind(subject)
        .fetch_optional(tx.connection())
        .await?
        .map(|row| hits(&row))
        .transpose()
}

pub(in crate::accounts) async fn give_back(tx: &mut Tx, organisation: &OrganisationId, subject: &str) -> Result<()> {
    query("update hits set count = count - 1 where organisation_id = $1 and subject = $2 and count > 0")
        .bind(organisation.as_str())
        .bind(subject)
        .execute(tx.connection())
        .await?;
    Ok(())
}

pub(in crate::accounts) async fn delete(tx: &mut Tx, organisation: &OrganisationId, subject: &str) -> Result<()> {
    query("delete from hits where organisation_id = $1 and subject = $2")
        .bind(organisation.as_str())
        .bind(subject)
        .execute(tx.connection())
        .await?;
    Ok(())
}

fn hits(row: &AnyRow) -> Result<Hits> {
    Ok(Hits {
        count: row.try_get("count")?,
        window_began_at: Moment(row.try_get("window_began_at")?),
        last_at: Moment(row.try_get("last_at")?),
    })
}
