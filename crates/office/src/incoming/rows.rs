//! The SQL of texts that came in. It is told whose route one came by, since the house has routes, too.

use pishkhan_courier::routes::Route;
use pishkhan_persian::{Mobile, TrackingCode};
use pishkhan_store::{Moment, OrganisationId, Result, Row, Tx, query};
use sqlx::any::AnyRow;

/// Notes a text under its mark, and holds the mark until the commit; false when it was noted before, and not before `since`.
pub(super) async fn note(tx: &mut Tx, route: &Route, mark: &str, since: Moment) -> Result<bool> {
    let noted = query(
        "insert into incoming_texts (organisation_id, route_id, mark, at, outcome) values ($1, $2, $3, $4, '')
         on conflict (organisation_id, route_id, mark) do update set at = $4 where incoming_texts.at < $5
         returning mark",
    )
    .bind(route.organisation.as_str())
    .bind(route.id.0.as_str())
    .bind(mark)
    .bind(tx.now().0)
    .bind(since.0)
    .fetch_optional(tx.connection())
    .await?;
    Ok(noted.is_some())
}

/// Keeps a text's seal for good; false when it was kept before.
pub(super) async fn keep(tx: &mut Tx, route: &Route, seal: &str) -> Result<bool> {
    let kept = query(
        "insert into heard_texts (organisation_id, seal) values ($1, $2)
         on conflict (organisation_id, seal) do nothing",
    )
    .bind(route.organisation.as_str())
    .bind(seal)
    .execute(tx.connection())
    .await?;
    Ok(kept.rows_affected() > 0)
}

/// Notes what came of it.
pub(super) async fn note_outcome(tx: &mut Tx, route: &Route, mark: &str, outcome: &'static str) -> Result<()> {
    query("update incoming_texts set outcome = $4 where organisation_id = $1 and route_id = $2 and mark = $3")
        .bind(route.organisation.as_str())
        .bind(route.id.0.as_str())
        .bind(mark)
        .bind(outcome)
        .execute(tx.connection())
        .await?;
    Ok(())
}

/// Forgets what the transaction's organisation noted before a moment.
pub(super) async fn forget(tx: &mut Tx, before: Moment) -> Result<()> {
    query("delete from incoming_texts where organisation_id = $1 and at < $2")
        .bind(tx.organisation().as_str())
        .bind(before.0)
        .execute(tx.connection())
        .await?;
    Ok(())
}

/// The organisation that has a letter of this code; None also when two have, which chance hardly does.
pub(super) async fn owner_of_code(tx: &mut Tx, code: &TrackingCode) -> Result<Option<OrganisationId>> {
    let rows = query(
        "select o.organisation_id from organisations o
         join letters l on l.organisation_id = o.organisation_id and l.tracking_code = $1
         order by o.organisation_id limit 2",
    )
    .bind(code.as_str())
    .fetch_all(tx.connection())
    .await?;
    only(&rows)
}

/// The organisation at which this number has an account; None also when it has several.
pub(super) async fn owner_of_number(tx: &mut Tx, mobile: &Mobile) -> Result<Option<OrganisationId>> {
    let rows = query(
        "select o.organisation_id from organisations o
         join senders s on s.organisation_id = o.organisation_id and s.mobile = $1 and s.asleep_at is null
         order by o.organisation_id limit 2",
    )
    .bind(mobile.as_str())
    .fetch_all(tx.connection())
    .await?;
    only(&rows)
}

fn only(rows: &[AnyRow]) -> Result<Option<OrganisationId>> {
    match rows {
        [one] => Ok(Some(OrganisationId(one.try_get(0)?))),
        _ => Ok(None),
    }
}
