//! Kinds of messages for which a route stands back by itself: its gateway doesn't take the template that it has for them, and goes on with all
//! others.

use pishkhan_persian::Language;
use pishkhan_store::{Moment, Result, Row, Tx, query};

use crate::routes::{Route, RouteId, pause};

/// A kind of message for which a route stands, or stood, back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KindBack {
    /// Its name.
    pub kind: String,
    /// In which language; a template may be for one of them only.
    pub language: Language,
    /// How often one after the other.
    pub demotions: i64,
    /// Until when.
    pub until: Moment,
}

/// Adds to routes the kinds for which they stand back; there are few of them anywhere.
pub(super) async fn add(tx: &mut Tx, routes: &mut [Route]) -> Result<()> {
    let rows = query(
        "select route_id, kind, language, demotions, demoted_until from kinds_back where organisation_id >= ''
         order by route_id, kind, language desc",
    )
    .fetch_all(tx.connection())
    .await?;
    for row in rows {
        let whose: String = row.try_get(0)?;
        let Some(route) = routes.iter_mut().find(|route| route.id.0 == whose) else { continue };
        route.kinds_back.push(KindBack {
            kind: row.try_get(1)?,
            language: Language::parse(&row.try_get::<String, _>(2)?).unwrap_or_default(),
            demotions: row.try_get(3)?,
            until: Moment(row.try_get(4)?),
        });
    }
    Ok(())
}

/// Lets a route stand back for a kind of message, longer each time, unless it already does. Answers whether it changed.
pub(crate) async fn put_kind_back(tx: &mut Tx, route: &Route, kind: &str, language: Language) -> Result<bool> {
    let (organisation, now) = (tx.organisation().0.clone(), tx.now());
    let before = route.kind_back(kind, language).map_or(0, |back| back.demotions);
    let put = query(
        "insert into kinds_back (organisation_id, route_id, kind, language, demotions, demoted_until)
         values ($1, $2, $3, $4, $5, $6)
         on conflict (organisation_id, route_id, kind, language) do update
         set demotions = excluded.demotions, demoted_until = excluded.demoted_until
         where kinds_back.demoted_until <= $7",
    )
    .bind(organisation)
    .bind(route.id.0.clone())
    .bind(kind.to_owned())
    .bind(language.code())
    .bind(before + 1)
    .bind(now.plus(pause(before)).0)
    .bind(now.0)
    .execute(tx.connection())
    .await?;
    Ok(put.rows_affected() > 0)
}

/// A message of that kind was taken: the route carries it as all others.
pub(crate) async fn take_kind_back(tx: &mut Tx, id: &RouteId, kind: &str, language: Language) -> Result<()> {
    let organisation = tx.organisation().0.clone();
    query("delete from kinds_back where organisation_id = $1 and route_id = $2 and kind = $3 and language = $4")
        .bind(organisation)
        .bind(id.0.clone())
        .bind(kind.to_owned())
        .bind(language.code())
        .execute(tx.connection())
        .await?;
    Ok(())
}

/// Forgets what is known of a route's kinds; it was changed, or is gone.
pub(super) async fn forget(tx: &mut Tx, id: &RouteId) -> Result<()> {
    let organisation = tx.organisation().0.clone();
    query("delete from kinds_back where organisation_id = $1 and route_id = $2")
        .bind(organisation)
        .bind(id.0.clone())
        .execute(tx.connection())
        .await?;
    Ok(())
}
