//! The SQL of promises: what reviews took.

use pishkhan_store::{Moment, Result, Row, Tx, query};

use crate::ids::UnitId;

/// When the letter came and was decided that took neither more nor less time than most of those which the unit decided since then, of
/// the latest `most`; None when they are fewer than `least`. What went back to its sender waited for the sender, and isn't counted.
pub(in crate::deadlines) async fn middle_review(
    tx: &mut Tx,
    unit: &UnitId,
    since: Moment,
    most: i64,
    least: i64,
) -> Result<Option<(Moment, Moment)>> {
    let organisation = tx.organisation().0.clone();
    let row = query(
        "select submitted_at, decided_at from (
             select submitted_at, decided_at, row_number() over (order by decided_at - submitted_at, id) as place,
                    count(*) over () as letters
             from (
                 select l.id, l.submitted_at, coalesce(l.registered_at, l.rejected_at) as decided_at
                 from letters l
                 where l.organisation_id = $1 and l.unit_id = $2 and coalesce(l.registered_at, l.rejected_at) >= $3
                   and not exists (select 1 from events e where e.organisation_id = l.organisation_id
                                     and e.letter_id = l.id and e.kind = 'letter_returned')
                 order by coalesce(l.registered_at, l.rejected_at) desc limit $4
             ) as lately
         ) as reviews
         where place = (letters + 1) / 2 and letters >= $5",
    )
    .bind(organisation)
    .bind(unit.as_str())
    .bind(since.0)
    .bind(most)
    .bind(least)
    .fetch_optional(tx.connection())
    .await?;
    row.map(|row| Ok((Moment(row.try_get("submitted_at")?), Moment(row.try_get("decided_at")?)))).transpose()
}
