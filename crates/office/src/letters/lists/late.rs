//! Late letters of which nobody one level up was told yet.

use pishkhan_store::{Moment, Result, Row, StoreError, Tx, query};

use crate::ids::{LetterId, UnitId};
use crate::letters::letter::{Classification, Version};

/// A letter whose deadline has passed.
pub(in crate::letters) struct Late {
    pub letter: LetterId,
    pub version: Version,
    /// The unit that acts on it, or that it is for.
    pub unit: UnitId,
    pub due: Moment,
    pub classification: Classification,
}

/// Letters whose deadline passed after they were last escalated, if they ever were: the oldest deadline first.
pub(in crate::letters) async fn to_escalate(tx: &mut Tx, most: u32) -> Result<Vec<Late>> {
    let (organisation, now) = (tx.organisation().0.clone(), tx.now().0);
    // Three parts, each along an index of its own.
    let rows = query(
        "select id, version, unit_id, due, classification from (
             select id, version, unit_id, review_due_at as due, classification from letters
             where organisation_id = $1 and state = 'submitted' and review_due_at < $2
               and coalesce(escalated_at, 0) <= review_due_at
             union all
             select id, version, holder_unit_id, answer_due_at, classification from letters
             where organisation_id = $1 and state in ('registered', 'in_progress', 'answer_review') and answer_due_at < $2
               and coalesce(escalated_at, 0) <= answer_due_at
             union all
             select id, version, case when holder_unit_id = '' then unit_id else holder_unit_id end, objection_due_at,
                    classification
             from letters
             where organisation_id = $1 and state = 'objected' and objection_due_at < $2
               and coalesce(escalated_at, 0) <= objection_due_at
         ) as late
         order by due, id limit $3",
    )
    .bind(organisation)
    .bind(now)
    .bind(i64::from(most))
    .fetch_all(tx.connection())
    .await?;
    let late = |row: &sqlx::any::AnyRow| {
        Ok(Late {
            letter: LetterId::stored(row.try_get("id")?),
            version: row.try_get("version")?,
            unit: UnitId::stored(row.try_get("unit_id")?),
            due: Moment(row.try_get("due")?),
            classification: Classification::of_level(row.try_get("classification")?)
                .ok_or(StoreError::Unreadable("classification"))?,
        })
    };
    rows.iter().map(late).collect()
}
