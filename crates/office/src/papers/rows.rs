//! The SQL of required papers.

use pishkhan_store::{Result, Row, Tx, query};
use sqlx::any::AnyRow;

use super::Paper;
use crate::ids::{PaperId, UnitId};

/// The papers that this unit asks for, in its order.
pub async fn list_open(tx: &mut Tx, unit: &UnitId) -> Result<Vec<Paper>> {
    let organisation = tx.organisation().0.clone();
    query(
        "select * from required_papers where organisation_id = $1 and unit_id = $2 and archived_at is null
         order by position, id",
    )
    .bind(organisation)
    .bind(unit.as_str())
    .fetch_all(tx.connection())
    .await?
    .iter()
    .map(paper)
    .collect()
}

/// Takes a paper out of its unit's list; what was asked for stays asked for. Returns whether there was one.
pub async fn archive(tx: &mut Tx, id: &PaperId) -> Result<bool> {
    let organisation = tx.organisation().0.clone();
    let now = tx.now().0;
    let done = query(
        "update required_papers set archived_at = $3 where organisation_id = $1 and id = $2 and archived_at is null",
    )
    .bind(organisation)
    .bind(id.as_str())
    .bind(now)
    .execute(tx.connection())
    .await?;
    Ok(done.rows_affected() == 1)
}

pub(super) async fn insert(tx: &mut Tx, paper: &Paper) -> Result<()> {
    let organisation = tx.organisation().0.clone();
    query(
        "insert into required_papers (organisation_id, id, unit_id, name, name_english, position)
         values ($1, $2, $3, $4, $5,
                 (select coalesce(max(position), 0) + 1 from required_papers where organisation_id = $1 and unit_id = $3))",
    )
    .bind(organisation)
    .bind(paper.id.as_str())
    .bind(paper.unit.as_str())
    .bind(&paper.name)
    .bind(&paper.name_english)
    .execute(tx.connection())
    .await?;
    Ok(())
}

fn paper(row: &AnyRow) -> Result<Paper> {
    Ok(Paper {
        id: PaperId::stored(row.try_get("id")?),
        unit: UnitId::stored(row.try_get("unit_id")?),
        name: row.try_get("name")?,
        name_english: row.try_get("name_english")?,
    })
}
