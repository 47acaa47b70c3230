//! The SQL of promises: what reviews took.

use pishkhan_store::{Moment, Result, Row, Tx, query};

use crate::ids::UnitId;

/// When the letter came and was decided that took neither more nor less time than most of those which the unit decided since then; None
/// when they are fewer than `least`.
pub(in crate::deadlines) async fn middle_review(
    tx: &mut Tx,
    unit: &UnitId,
    since: Moment,
    least: i64,
) -> Result<Option<(Moment, Moment)>> {
    let organisation = tx.organisation().0.clone();
    let row = query(
        "select submitted_at, decided_at from (
             select submitted_at, coalesce(registered_at, rejected_at) as decided_at,
                    row_number() over (order by coalesce(registered_at, rejected_at) - submitted_at, id) as place,
                    count(*) over () as letters
             from letters
             where organisation_id = $1 and unit_id = $2 and coalesce(registered_at, rejected_at) >= $3
         ) as reviews
         where place = (letters + 1) / 2 and letters >= $4",
    )
    .bind(organisation)
    .bind(unit.as_str())
    .bind(since.0)
    .bind(least)
    .fetch_optional(tx.connection())
    .await?;
    row.map(|row| Ok((Moment(row.try_get("submitted_at")?), Moment(row.try_get("decided_at")?)))).transpose()
}
