//! When a route stands back, and what is noted of how it does.

use pishkhan_store::{Result, Row, Tx, query};

use crate::routes::{Route, RouteId, Why, pause};

/// Counts a failure and answers how many there were one after the other.
pub(crate) async fn note_failure(tx: &mut Tx, id: &RouteId) -> Result<i64> {
    let organisation = tx.organisation().0.clone();
    let row =
        query("update routes set failures = failures + 1 where organisation_id = $1 and id = $2 returning failures")
            .bind(organisation)
            .bind(id.0.clone())
            .fetch_optional(tx.connection())
            .await?;
    row.map_or(Ok(0), |row| Ok(row.try_get(0)?))
}

/// A message was taken: the route is well, unless it is what it took that comes late or not at all. One that refused what it was given is so once
/// its pause is over; what it refused before then is still not held against it.
pub(crate) async fn note_success(tx: &mut Tx, id: &RouteId) -> Result<()> {
    let (organisation, now) = (tx.organisation().0.clone(), tx.now().0);
    query(
        "update routes set failures = 0,
                           demotions = case when demoted_for in ('slow', 'losing', 'undelivered') then demotions else 0 end,
                           demoted_until = case when demoted_for = 'failing' then null else demoted_until end
         where organisation_id = $1 and id = $2
           and (demoted_until is null or demoted_until <= $3 or demoted_for = 'failing')",
    )
    .bind(organisation)
    .bind(id.0.clone())
    .bind(now)
    .execute(tx.connection())
    .await?;
    Ok(())
}

/// Lets a route stand back, longer each time, unless it already does; with None it is well again. Answers whether it changed.
pub(crate) async fn demote(tx: &mut Tx, route: &Route, why: Option<Why>) -> Result<bool> {
    let (organisation, now) = (tx.organisation().0.clone(), tx.now());
    let (demotions, until) = match why {
        Some(_) => (route.demotions + 1, Some(now.plus(pause(route.demotions)).0)),
        None => (0, None),
    };
    let demoted = query(
        "update routes set demotions = $1, demoted_until = $2, demoted_for = $3
         where organisation_id = $4 and id = $5 and demotions = $6 and (demoted_until is null or demoted_until <= $7)",
    )
    .bind(demotions)
    .bind(until)
    .bind(why.map_or("", Why::as_str))
    .bind(organisation)
    .bind(route.id.0.clone())
    .bind(route.demotions)
    .bind(now.0)
    .execute(tx.connection())
    .await?;
    Ok(demoted.rows_affected() > 0)
}

/// Keeps that its gateway leaves questions unanswered at this moment.
pub(crate) async fn note_unanswered(tx: &mut Tx, id: &RouteId) -> Result<()> {
    let (organisation, now) = (tx.organisation().0.clone(), tx.now().0);
    query("update routes set unanswered_at = $1 where organisation_id = $2 and id = $3")
        .bind(now)
        .bind(organisation)
        .bind(id.0.clone())
        .execute(tx.connection())
        .await?;
    Ok(())
}

/// Keeps since when no receipts come of what it takes, or that they come again.
pub(crate) async fn note_silence(tx: &mut Tx, id: &RouteId, is_silent: bool) -> Result<()> {
    let (organisation, now) = (tx.organisation().0.clone(), tx.now().0);
    query("update routes set silent_since = $1 where organisation_id = $2 and id = $3")
        .bind(is_silent.then_some(now))
        .bind(organisation)
        .bind(id.0.clone())
        .execute(tx.connection())
        .await?;
    Ok(())
}
