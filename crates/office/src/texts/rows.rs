//! The SQL of ready texts.

use pishkhan_store::{Result, Row, StoreError, Tx, query};
use sqlx::any::AnyRow;

use super::{ReadyText, TextKind};
use crate::ids::TextId;

/// The texts of a kind that staff choose from, in the organisation's order.
pub async fn list_open(tx: &mut Tx, kind: TextKind) -> Result<Vec<ReadyText>> {
    let organisation = tx.organisation().0.clone();
    query("select * from texts where organisation_id = $1 and kind = $2 and archived_at is null order by position, id")
        .bind(organisation)
        .bind(kind.as_str())
        .fetch_all(tx.connection())
        .await?
        .iter()
        .map(text)
        .collect()
}

/// The texts of all kinds that staff choose from, kind by kind.
pub async fn list(tx: &mut Tx) -> Result<Vec<ReadyText>> {
    let organisation = tx.organisation().0.clone();
    query("select * from texts where organisation_id = $1 and archived_at is null order by kind, position, id")
        .bind(organisation)
        .fetch_all(tx.connection())
        .await?
        .iter()
        .map(text)
        .collect()
}

/// Takes a text out of its list. Returns whether there was one.
pub async fn archive(tx: &mut Tx, id: &TextId) -> Result<bool> {
    let organisation = tx.organisation().0.clone();
    let now = tx.now().0;
    let done =
        query("update texts set archived_at = $3 where organisation_id = $1 and id = $2 and archived_at is null")
            .bind(organisation)
            .bind(id.as_str())
            .bind(now)
            .execute(tx.connection())
            .await?;
    Ok(done.rows_affected() == 1)
}

pub(super) async fn insert(tx: &mut Tx, text: &ReadyText) -> Result<()> {
    let organisation = tx.organisation().0.clone();
    query(
        "insert into texts (organisation_id, id, kind, title, body, position)
         values ($1, $2, $3, $4, $5,
                 (select coalesce(max(position), 0) + 1 from texts where organisation_id = $1 and kind = $3))",
    )
    .bind(organisation)
    .bind(text.id.as_str())
    .bind(text.kind.as_str())
    .bind(&text.title)
    .bind(&text.body)
    .execute(tx.connection())
    .await?;
    Ok(())
}

fn text(row: &AnyRow) -> Result<ReadyText> {
    Ok(ReadyText {
        id: TextId::stored(row.try_get("id")?),
        kind: TextKind::parse(row.try_get("kind")?).ok_or(StoreError::Unreadable("kind of text"))?,
        title: row.try_get("title")?,
        body: row.try_get("body")?,
    })
}
