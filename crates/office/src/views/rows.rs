//! The SQL of kept views.

use pishkhan_store::{Result, Row, Tx, query};

use super::SavedView;
use crate::actor::Staff;
use crate::ids::ViewId;

/// The person's own views, in the order in which they were kept.
pub async fn list(tx: &mut Tx, staff: &Staff) -> Result<Vec<SavedView>> {
    let organisation = tx.organisation().0.clone();
    query("select id, name, query from saved_views where organisation_id = $1 and staff_id = $2 order by position, id")
        .bind(organisation)
        .bind(staff.id.as_str())
        .fetch_all(tx.connection())
        .await?
        .iter()
        .map(|row| {
            let id = ViewId::stored(row.try_get("id")?);
            Ok(SavedView { id, name: row.try_get("name")?, query: row.try_get("query")? })
        })
        .collect()
}

pub(super) async fn insert(tx: &mut Tx, staff: &Staff, id: &ViewId, name: &str, asked: &str) -> Result<()> {
    let organisation = tx.organisation().0.clone();
    query(
        "insert into saved_views (organisation_id, id, staff_id, name, query, position)
         values ($1, $2, $3, $4, $5, (select coalesce(max(position), 0) + 1 from saved_views
                                      where organisation_id = $1 and staff_id = $3))",
    )
    .bind(organisation)
    .bind(id.as_str())
    .bind(staff.id.as_str())
    .bind(name)
    .bind(asked)
    .execute(tx.connection())
    .await?;
    Ok(())
}

pub(super) async fn update(tx: &mut Tx, staff: &Staff, id: &ViewId, asked: &str) -> Result<()> {
    let organisation = tx.organisation().0.clone();
    query("update saved_views set query = $4 where organisation_id = $1 and id = $2 and staff_id = $3")
        .bind(organisation)
        .bind(id.as_str())
        .bind(staff.id.as_str())
        .bind(asked)
        .execute(tx.connection())
        .await?;
    Ok(())
}

pub(super) async fn delete(tx: &mut Tx, staff: &Staff, id: &ViewId) -> Result<()> {
    let organisation = tx.organisation().0.clone();
    query("delete from saved_views where organisation_id = $1 and id = $2 and staff_id = $3")
        .bind(organisation)
        .bind(id.as_str())
        .bind(staff.id.as_str())
        .execute(tx.connection())
        .await?;
    Ok(())
}
