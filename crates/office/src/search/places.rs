//! The SQL of finding: the newest letters that have certain tokens.

use pishkhan_store::{Result, Row, Tx, query};
use sqlx::any::AnyRow;

use super::expression::Expression;
use super::ladder;
use crate::ids::LetterId;

/// A letter that was found, with its place among all.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Found {
    pub place: i64,
    pub letter: LetterId,
}

/// Which places: from `first`, up to but without `end`.
#[derive(Clone, Copy, Debug)]
pub(super) struct Span {
    pub first: i64,
    pub end: i64,
}

/// The newest letters with these tokens, so many at most, newest first.
pub(super) async fn newest(tx: &mut Tx, asked: &Expression, span: Span, most: u32) -> Result<Vec<Found>> {
    if span.end <= span.first {
        return Ok(Vec::new());
    }
    if tx.is_postgres() { ladder::newest(tx, asked, span, most).await } else { in_order(tx, asked, span, most).await }
}

/// On SQLite the lists of places are in order, from the newest on, so that the others are not looked at.
async fn in_order(tx: &mut Tx, asked: &Expression, span: Span, most: u32) -> Result<Vec<Found>> {
    let organisation = tx.organisation().0.clone();
    query(
        "select p.place, p.letter_id from search_tokens t cross join search_places p on p.place = -t.rowid
         where search_tokens match $2 and t.rowid > -$4 and t.rowid <= -$3 and p.organisation_id = $1
         order by t.rowid limit $5",
    )
    .bind(organisation)
    .bind(asked.fts5())
    .bind(span.first)
    .bind(span.end)
    .bind(i64::from(most))
    .fetch_all(tx.connection())
    .await?
    .iter()
    .map(found)
    .collect()
}

/// On PostgreSQL all places are found and then put in order: of the first `bound` that were found in whatever order, the newest.
/// Answers whether there were more than could be looked at, in which case these are not the newest of all.
pub(super) async fn bounded(
    tx: &mut Tx,
    asked: &Expression,
    span: Span,
    bound: i64,
    most: u32,
) -> Result<(Vec<Found>, bool)> {
    let organisation = tx.organisation().0.clone();
    let rows = query(
        "with found as materialized (
             select place from search_tokens
             where organisation_id = $1 and tokens @@ $2::tsquery and place >= $3 and place < $4 limit $5),
         newest as (select place from found order by place desc limit $6)
         select p.place, p.letter_id, (select count(*) from found) as found
         from newest join search_places p on p.organisation_id = $1 and p.place = newest.place
         order by p.place desc",
    )
    .bind(organisation)
    .bind(asked.tsquery())
    .bind(span.first)
    .bind(span.end)
    .bind(bound)
    .bind(i64::from(most))
    .fetch_all(tx.connection())
    .await?;
    let is_more = rows.first().map_or(Ok(0), |row| row.try_get::<i64, _>("found"))? >= bound;
    Ok((rows.iter().map(found).collect::<Result<_>>()?, is_more))
}

/// The newest place of all; None when nothing can be found.
pub(super) async fn last(tx: &mut Tx) -> Result<Option<i64>> {
    let organisation = tx.organisation().0.clone();
    let row = query("select max(place) from search_places where organisation_id = $1")
        .bind(organisation)
        .fetch_one(tx.connection())
        .await?;
    Ok(row.try_get(0)?)
}

fn found(row: &AnyRow) -> Result<Found> {
    Ok(Found { place: row.try_get("place")?, letter: LetterId::stored(row.try_get("letter_id")?) })
}
