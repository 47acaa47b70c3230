//! The SQL of promises: what reviews and answers took.

use pishkhan_store::{Moment, Result, Row, Tx, query};
use sqlx::any::AnyRow;

use crate::ids::UnitId;

/// When the letter came and was first decided that took neither more nor less time than most of those which the unit decided since then,
/// of the latest `most`; None when they are fewer than `least`. What went back to its sender waited for the sender, and isn't counted;
/// of what was decided anew after an objection, the first decision is.
pub(in crate::deadlines) async fn middle_review(
    tx: &mut Tx,
    unit: &UnitId,
    since: Moment,
    most: i64,
    least: i64,
) -> Result<Option<(Moment, Moment)>> {
    let organisation = tx.organisation().0.clone();
    let row = query(
        "select began_at, ended_at from (
             select began_at, ended_at, row_number() over (order by ended_at - began_at, id) as place,
                    count(*) over () as letters
             from (
                 select l.id, l.submitted_at as began_at,
                        coalesce((select max(e.at) from events e where e.organisation_id = l.organisation_id
                                    and e.letter_id = l.id and e.kind in ('letter_registered', 'letter_rejected')
                                    and e.sequence < (select min(o.sequence) from events o
                                                      where o.organisation_id = l.organisation_id and o.letter_id = l.id
                                                        and o.kind = 'letter_objected')),
                                 l.registered_at, l.rejected_at) as ended_at
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
    row.as_ref().map(from_until).transpose()
}

/// The same of answers: when the letter was registered and first answered. What its sender was asked about waited for the sender, and
/// isn't counted.
pub(in crate::deadlines) async fn middle_answer(
    tx: &mut Tx,
    unit: &UnitId,
    since: Moment,
    most: i64,
    least: i64,
) -> Result<Option<(Moment, Moment)>> {
    let organisation = tx.organisation().0.clone();
    let row = query(
        "select began_at, ended_at from (
             select began_at, ended_at, row_number() over (order by ended_at - began_at, id) as place,
                    count(*) over () as letters
             from (
                 select l.id, l.registered_at as began_at,
                        coalesce((select min(a.at) from answers a where a.organisation_id = l.organisation_id
                                    and a.letter_id = l.id), l.answered_at) as ended_at
                 from letters l
                 where l.organisation_id = $1 and l.holder_unit_id = $2 and l.answered_at >= $3
                   and not exists (select 1 from messages m where m.organisation_id = l.organisation_id
                                     and m.letter_id = l.id and m.kind = 'question')
                 order by l.answered_at desc limit $4
             ) as lately
         ) as answers
         where place = (letters + 1) / 2 and letters >= $5",
    )
    .bind(organisation)
    .bind(unit.as_str())
    .bind(since.0)
    .bind(most)
    .bind(least)
    .fetch_optional(tx.connection())
    .await?;
    row.as_ref().map(from_until).transpose()
}

fn from_until(row: &AnyRow) -> Result<(Moment, Moment)> {
    Ok((Moment(row.try_get("began_at")?), Moment(row.try_get("ended_at")?)))
}
