//! The table of routes, and what the outbox knows of each of them.

use pishkhan_store::{Moment, OrganisationId, Result, Row, StoreError, Tx, query};
use sqlx::any::AnyRow;

use super::health::Why;
use super::{Condition, Route, RouteDefinition, RouteId};
use crate::MessageId;
use crate::gateways::{Credit, Key};

mod demotion;
mod kinds;
pub(crate) use demotion::{demote, note_failure, note_silence, note_success, note_unanswered};
pub use kinds::KindBack;
pub(crate) use kinds::{put_kind_back, take_kind_back};

fn route(row: &AnyRow) -> Result<Route> {
    let definition: String = row.try_get("definition")?;
    let credit: String = row.try_get("credit")?;
    let moment = |column: &str| -> Result<Option<Moment>> { Ok(row.try_get::<Option<i64>, _>(column)?.map(Moment)) };
    let why: String = row.try_get("demoted_for")?;
    let unfit: String = row.try_get("unfit")?;
    Ok(Route {
        organisation: OrganisationId(row.try_get("organisation_id")?),
        id: RouteId(row.try_get("id")?),
        secret: Key::new(row.try_get::<String, _>("secret")?),
        position: row.try_get("position")?,
        definition: serde_json::from_str(&definition).map_err(|_| StoreError::Unreadable("route"))?,
        changed_at: Moment(row.try_get("changed_at")?),
        failures: row.try_get("failures")?,
        demotions: row.try_get("demotions")?,
        demoted: moment("demoted_until")?.zip(Why::parse(&why)),
        unanswered_at: moment("unanswered_at")?,
        silent_since: moment("silent_since")?,
        kinds_back: Vec::new(),
        credit: serde_json::from_str(&credit).ok().zip(moment("credit_at")?),
        condition: Condition {
            closed_for: row.try_get("closed_for")?,
            unfit: serde_json::from_str(&unfit).unwrap_or_default(),
        },
    })
}

/// The routes that this program can read. One that a newer program wrote must not stop all others.
async fn readable(tx: &mut Tx, rows: &[AnyRow]) -> Result<Vec<Route>> {
    let read = |row: &AnyRow| {
        route(row).inspect_err(|error| tracing::error!(%error, "a route can't be read, and is passed over")).ok()
    };
    let mut routes: Vec<Route> = rows.iter().filter_map(read).collect();
    kinds::add(tx, &mut routes).await?;
    Ok(routes)
}

async fn whole(tx: &mut Tx, row: Option<&AnyRow>) -> Result<Option<Route>> {
    let mut found: Vec<Route> = row.map(route).transpose()?.into_iter().collect();
    kinds::add(tx, &mut found).await?;
    Ok(found.pop())
}

/// The routes of this transaction's organisation, in their order.
pub async fn list(tx: &mut Tx) -> Result<Vec<Route>> {
    let organisation = tx.organisation().0.clone();
    let rows = query("select * from routes where organisation_id = $1 order by position, id")
        .bind(organisation)
        .fetch_all(tx.connection())
        .await?;
    readable(tx, &rows).await
}

/// The routes that this transaction's organisation may use, its own first.
pub async fn usable(tx: &mut Tx) -> Result<Vec<Route>> {
    let organisation = tx.organisation().0.clone();
    let rows = query(
        "select * from routes where organisation_id in ($1, '')
         order by case when organisation_id = '' then 1 else 0 end, position, id",
    )
    .bind(organisation)
    .fetch_all(tx.connection())
    .await?;
    readable(tx, &rows).await
}

/// Those of them that can be opened, without the templates that are left out: what they say they carry they carry.
pub async fn carrying(tx: &mut Tx) -> Result<Vec<Route>> {
    let usable = usable(tx).await?.into_iter();
    Ok(usable.filter(|route| !route.is_closed()).map(Route::as_it_carries).collect())
}

/// The routes of all organisations, each one's in their order.
pub async fn everyones(tx: &mut Tx) -> Result<Vec<Route>> {
    let rows = query("select * from routes order by organisation_id, position, id").fetch_all(tx.connection()).await?;
    readable(tx, &rows).await
}

/// A route of this transaction's organisation, or of the house.
pub async fn find(tx: &mut Tx, id: &RouteId) -> Result<Option<Route>> {
    let organisation = tx.organisation().0.clone();
    let row = query("select * from routes where organisation_id in ($1, '') and id = $2")
        .bind(organisation)
        .bind(id.0.clone())
        .fetch_optional(tx.connection())
        .await?;
    whole(tx, row.as_ref()).await
}

/// A route of any organisation, for its gateway's calls.
pub async fn anyones(tx: &mut Tx, id: &RouteId) -> Result<Option<Route>> {
    let row = query("select * from routes where id = $1 and organisation_id >= ''")
        .bind(id.0.clone())
        .fetch_optional(tx.connection())
        .await?;
    whole(tx, row.as_ref()).await
}

/// Adds a route at the end of the organisation's.
pub async fn add(tx: &mut Tx, definition: &RouteDefinition) -> Result<RouteId> {
    let (organisation, now) = (tx.organisation().0.clone(), tx.now().0);
    let id = RouteId(MessageId::random().0);
    query(
        "insert into routes (organisation_id, id, secret, position, definition, changed_at, failures, demotions,
                             demoted_for, credit)
         select $1, $2, $3, coalesce(max(position), 0) + 1, $4, $5, 0, 0, '', '' from routes where organisation_id = $1",
    )
    .bind(organisation)
    .bind(id.0.clone())
    .bind(MessageId::random().0)
    .bind(written(definition))
    .bind(now)
    .execute(tx.connection())
    .await?;
    Ok(id)
}

/// Says something else of a route, which is then tried as if it were new. Answers whether there is one.
pub async fn change(tx: &mut Tx, id: &RouteId, definition: &RouteDefinition) -> Result<bool> {
    let (organisation, now) = (tx.organisation().0.clone(), tx.now().0);
    let changed = query(
        "update routes set definition = $1, changed_at = $2, failures = 0, demotions = 0, demoted_until = null,
                           demoted_for = '', unanswered_at = null, silent_since = null, credit = '', credit_at = null,
                           closed_for = '', unfit = ''
         where organisation_id = $3 and id = $4",
    )
    .bind(written(definition))
    .bind(now)
    .bind(organisation)
    .bind(id.0.clone())
    .execute(tx.connection())
    .await?;
    kinds::forget(tx, id).await?;
    Ok(changed.rows_affected() > 0)
}

fn written(definition: &RouteDefinition) -> String {
    serde_json::to_string(definition).expect("settings are texts and numbers")
}

/// Moves a route to a place among the organisation's, from 1.
pub async fn move_to(tx: &mut Tx, id: &RouteId, position: usize) -> Result<()> {
    let organisation = tx.organisation().0.clone();
    let mut order: Vec<RouteId> = list(tx).await?.into_iter().map(|route| route.id).collect();
    order.retain(|other| other != id);
    order.insert(position.saturating_sub(1).min(order.len()), id.clone());
    for (place, id) in (1_i64..).zip(order) {
        query("update routes set position = $1 where organisation_id = $2 and id = $3")
            .bind(place)
            .bind(organisation.clone())
            .bind(id.0)
            .execute(tx.connection())
            .await?;
    }
    Ok(())
}

/// Puts another secret into the address that a route's gateway calls.
pub(crate) async fn set_secret(tx: &mut Tx, id: &RouteId, secret: &Key) -> Result<()> {
    let organisation = tx.organisation().0.clone();
    query("update routes set secret = $1 where organisation_id = $2 and id = $3")
        .bind(secret.reveal().to_owned())
        .bind(organisation)
        .bind(id.0.clone())
        .execute(tx.connection())
        .await?;
    Ok(())
}

/// Removes a route. What it carried keeps its fate. Answers whether there was one.
pub async fn remove(tx: &mut Tx, id: &RouteId) -> Result<bool> {
    let organisation = tx.organisation().0.clone();
    kinds::forget(tx, id).await?;
    query("delete from early_receipts where organisation_id = $1 and route_id = $2")
        .bind(organisation.clone())
        .bind(id.0.clone())
        .execute(tx.connection())
        .await?;
    let removed = query("delete from routes where organisation_id = $1 and id = $2")
        .bind(organisation)
        .bind(id.0.clone())
        .execute(tx.connection())
        .await?;
    Ok(removed.rows_affected() > 0)
}

/// Keeps what was found when it was opened, unless it was changed meanwhile.
pub(crate) async fn keep_condition(tx: &mut Tx, route: &Route) -> Result<()> {
    let organisation = tx.organisation().0.clone();
    let Condition { closed_for, unfit } = &route.condition;
    let written = || serde_json::to_string(unfit).expect("names and reasons can be written");
    query("update routes set closed_for = $1, unfit = $2 where organisation_id = $3 and id = $4 and changed_at = $5")
        .bind(closed_for.clone())
        .bind(if unfit.is_empty() { String::new() } else { written() })
        .bind(organisation)
        .bind(route.id.0.clone())
        .bind(route.changed_at.0)
        .execute(tx.connection())
        .await?;
    Ok(())
}

/// Keeps what the account holds.
pub(crate) async fn keep_credit(tx: &mut Tx, id: &RouteId, credit: &Credit) -> Result<()> {
    let (organisation, now) = (tx.organisation().0.clone(), tx.now().0);
    query("update routes set credit = $1, credit_at = $2 where organisation_id = $3 and id = $4")
        .bind(serde_json::to_string(credit).expect("a number and a word can be written"))
        .bind(now)
        .bind(organisation)
        .bind(id.0.clone())
        .execute(tx.connection())
        .await?;
    Ok(())
}
