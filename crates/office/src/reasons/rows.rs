//! The SQL of reasons.

use pishkhan_store::{Result, Row, Tx, query};
use sqlx::any::AnyRow;

use super::Reason;
use crate::ids::ReasonId;

/// The reasons that reviewers choose from, in the organisation's order.
pub async fn list_open(tx: &mut Tx) -> Result<Vec<Reason>> {
    let organisation = tx.organisation().0.clone();
    query("select * from reasons where organisation_id = $1 and archived_at is null order by position, id")
        .bind(organisation)
        .fetch_all(tx.connection())
        .await?
        .iter()
        .map(reason)
        .collect()
}

/// All reasons there ever were, for what was rejected for one.
pub async fn list(tx: &mut Tx) -> Result<Vec<Reason>> {
    let organisation = tx.organisation().0.clone();
    query("select * from reasons where organisation_id = $1 order by position, id")
        .bind(organisation)
        .fetch_all(tx.connection())
        .await?
        .iter()
        .map(reason)
        .collect()
}

/// That reason, if it can still be chosen.
pub async fn find(tx: &mut Tx, id: &ReasonId) -> Result<Option<Reason>> {
    let organisation = tx.organisation().0.clone();
    query("select * from reasons where organisation_id = $1 and id = $2 and archived_at is null")
        .bind(organisation)
        .bind(id.as_str())
        .fetch_optional(tx.connection())
        .await?
        .map(|row| reason(&row))
        .transpose()
}

/// Takes a reason out of the list; letters keep the text they were rejected with. Returns whether there was one.
pub async fn archive(tx: &mut Tx, id: &ReasonId) -> Result<bool> {
    let organisation = tx.organisation().0.clone();
    let now = tx.now().0;
    let done =
        query("update reasons set archived_at = $3 where organisation_id = $1 and id = $2 and archived_at is null")
            .bind(organisation)
            .bind(id.as_str())
            .bind(now)
            .execute(tx.connection())
            .await?;
    Ok(done.rows_affected() == 1)
}

pub(super) async fn insert(tx: &mut Tx, reason: &Reason) -> Result<()> {
    let organisation = tx.organisation().0.clone();
    query(
        "insert into reasons (organisation_id, id, short, short_english, help, position)
         values ($1, $2, $3, $4, $5,
                 (select coalesce(max(position), 0) + 1 from reasons where organisation_id = $1))",
    )
    .bind(organisation)
    .bind(reason.id.as_str())
    .bind(&reason.short)
    .bind(&reason.short_english)
    .bind(&reason.help)
    .execute(tx.connection())
    .await?;
    Ok(())
}

fn reason(row: &AnyRow) -> Result<Reason> {
    Ok(Reason {
        id: ReasonId::stored(row.try_get("id")?),
        short: row.try_get("short")?,
        short_english: row.try_get("short_english")?,
        help: row.try_get("help")?,
    })
}
