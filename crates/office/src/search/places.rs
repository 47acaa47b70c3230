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

/// The place of the letter that is so many down the list of those with these tokens, from the newest on; None when there are not so many.
pub(super) async fn nth(tx: &mut Tx, asked: &Expression, span: Span, nth: u32) -> Result<Option<i64>> {
    if tx.is_postgres() {
        let found = ladder::newest(tx, asked, span, nth).await?;
        return Ok((nth as usize).checked_sub(1).and_then(|at| found.get(at)).map(|found| found.place));
    }
    // All organisations' letters lie in the list, and are walked over.
    let row = query(
        "select -t.rowid from search_tokens t
         where search_tokens match $1 and t.rowid > -$3 and t.rowid <= -$2 order by t.rowid limit 1 offset $4",
    )
    .bind(asked.fts5())
    .bind(span.first)
    .bind(span.end)
    .bind(i64::from(nth) - 1)
    .fetch_optional(tx.connection())
    .await?;
    Ok(row.map(|row| row.try_get(0)).transpose()?)
}

const ENDS: &str = "select (select min(place) from search_places where organisation_id = $1) as oldest,
                           (select max(place) from search_places where organisation_id = $1) as newest";

/// The oldest place of all, and the newest; None when nothing can be found.
pub(super) async fn ends(tx: &mut Tx) -> Result<Option<(i64, i64)>> {
    let organisation = tx.organisation().0.clone();
    let row = query(ENDS).bind(organisation).fetch_one(tx.connection()).await?;
    Ok(row.try_get::<Option<i64>, _>("oldest")?.zip(row.try_get::<Option<i64>, _>("newest")?))
}

fn found(row: &AnyRow) -> Result<Found> {
    Ok(Found { place: row.try_get("place")?, letter: LetterId::stored(row.try_get("letter_id")?) })
}

#[cfg(test)]
mod tests {
    use pishkhan_store::{Db, Moment, OrganisationId, Place};
    use sqlx::AssertSqlSafe;

    use super::*;

    #[tokio::test]
    async fn nobody_goes_through_an_archive_to_find_its_ends() {
        let folder = std::env::temp_dir().join(format!("pishkhan-ends-{}", LetterId::random()));
        let db = Db::open(&Place::Folder(folder.clone())).await.expect("the database opens");
        let mut tx = db.begin(&OrganisationId::house(), Moment(0)).await.expect("begun");
        let plan = query(AssertSqlSafe(format!("explain query plan {ENDS}"))).fetch_all(tx.connection()).await;
        let plan: Vec<String> = plan.expect("the plan is told").iter().map(|row| row.get(3)).collect();
        drop(tx);
        db.close().await;
        std::fs::remove_dir_all(folder).expect("the folder goes");
        let by_place = plan.iter().filter(|step| step.contains("search_places_of_organisation (organisation_id=?)"));
        assert_eq!(by_place.count(), 2, "{plan:?}");
    }
}
