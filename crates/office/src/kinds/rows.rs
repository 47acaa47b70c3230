//! The SQL of kinds.

use pishkhan_store::{Result, Row, Tx, query};
use sqlx::any::AnyRow;

use super::Kind;
use crate::ids::KindId;

/// The kinds that senders choose from, in the organisation's order.
pub async fn list_open(tx: &mut Tx) -> Result<Vec<Kind>> {
    let organisation = tx.organisation().0.clone();
    query("select * from letter_kinds where organisation_id = $1 and archived_at is null order by position, id")
        .bind(organisation)
        .fetch_all(tx.connection())
        .await?
        .iter()
        .map(kind)
        .collect()
}

/// That kind of the organisation, archived or not.
pub async fn find(tx: &mut Tx, id: &KindId) -> Result<Option<Kind>> {
    let organisation = tx.organisation().0.clone();
    query("select * from letter_kinds where organisation_id = $1 and id = $2")
        .bind(organisation)
        .bind(id.as_str())
        .fetch_optional(tx.connection())
        .await?
        .map(|row| kind(&row))
        .transpose()
}

/// The kind that a letter has, if it has one.
pub async fn chosen(tx: &mut Tx, id: Option<&KindId>) -> Result<Option<Kind>> {
    match id {
        Some(id) => find(tx, id).await,
        None => Ok(None),
    }
}

/// Whether letters of that kind ask for information.
pub async fn asks_information(tx: &mut Tx, id: Option<&KindId>) -> Result<bool> {
    Ok(chosen(tx, id).await?.is_some_and(|kind| kind.asks_information))
}

/// Says whether letters of that kind ask for information. It counts from then on; what was decided stays as it is.
pub async fn mark(tx: &mut Tx, id: &KindId, asks_information: bool) -> Result<()> {
    let organisation = tx.organisation().0.clone();
    query("update letter_kinds set asks_information = $3 where organisation_id = $1 and id = $2")
        .bind(organisation)
        .bind(id.as_str())
        .bind(i64::from(asks_information))
        .execute(tx.connection())
        .await?;
    Ok(())
}

/// Takes a kind out of the list; letters keep it. Returns whether there was one.
pub async fn archive(tx: &mut Tx, id: &KindId) -> Result<bool> {
    let organisation = tx.organisation().0.clone();
    let now = tx.now().0;
    let done = query(
        "update letter_kinds set archived_at = $3 where organisation_id = $1 and id = $2 and archived_at is null",
    )
    .bind(organisation)
    .bind(id.as_str())
    .bind(now)
    .execute(tx.connection())
    .await?;
    Ok(done.rows_affected() == 1)
}

pub(super) async fn insert(tx: &mut Tx, kind: &Kind) -> Result<()> {
    let organisation = tx.organisation().0.clone();
    query(
        "insert into letter_kinds (organisation_id, id, name, name_english, position)
         values ($1, $2, $3, $4,
                 (select coalesce(max(position), 0) + 1 from letter_kinds where organisation_id = $1))",
    )
    .bind(organisation)
    .bind(kind.id.as_str())
    .bind(&kind.name)
    .bind(&kind.name_english)
    .execute(tx.connection())
    .await?;
    Ok(())
}

fn kind(row: &AnyRow) -> Result<Kind> {
    Ok(Kind {
        id: KindId::stored(row.try_get("id")?),
        name: row.try_get("name")?,
        name_english: row.try_get("name_english")?,
        asks_information: row.try_get::<i64, _>("asks_information")? != 0,
        is_archived: row.try_get::<Option<i64>, _>("archived_at")?.is_some(),
    })
}
