//! Letters that wait for their senders: whom to warn, and what lapses.

use pishkhan_store::{Moment, Result, Row, Tx, query};

use crate::ids::UnitId;
use crate::letters::letter::Letter;
use crate::letters::rows;

/// The units whose letters wait for their senders.
pub(in crate::letters) async fn units_that_wait(tx: &mut Tx) -> Result<Vec<UnitId>> {
    let (organisation, now) = (tx.organisation().0.clone(), tx.now().0);
    query(
        "select distinct case when holder_unit_id = '' then unit_id else holder_unit_id end as acting_unit_id from letters
         where organisation_id = $1 and state in ('returned', 'awaiting_sender') and wait_until_at > $2",
    )
    .bind(organisation)
    .bind(now)
    .fetch_all(tx.connection())
    .await?
    .iter()
    .map(|row| Ok(UnitId::stored(row.try_get("acting_unit_id")?)))
    .collect()
}

/// Letters of a unit that wait until this moment at most, of which fewer warnings went out, and whose senders were not asked since `today`.
pub(in crate::letters) async fn to_warn(
    tx: &mut Tx,
    unit: &UnitId,
    warning: i64,
    until: Moment,
    today: Moment,
    most: u32,
) -> Result<Vec<Letter>> {
    let (organisation, now) = (tx.organisation().0.clone(), tx.now().0);
    query(
        "select * from letters
         where organisation_id = $1 and state in ('returned', 'awaiting_sender') and wait_until_at > $2
           and wait_until_at <= $3 and warnings < $4
           and case when state = 'returned' then returned_at else asked_at end < $5
           and case when holder_unit_id = '' then unit_id else holder_unit_id end = $7
         order by wait_until_at, id limit $6",
    )
    .bind(organisation)
    .bind(now)
    .bind(until.0)
    .bind(warning)
    .bind(today.0)
    .bind(i64::from(most))
    .bind(unit.as_str())
    .fetch_all(tx.connection())
    .await?
    .iter()
    .map(rows::letter)
    .collect()
}

/// Letters whose time is over, each with how many warnings there were.
pub(in crate::letters) async fn to_lapse(tx: &mut Tx, most: u32) -> Result<Vec<(Letter, i64)>> {
    let (organisation, now) = (tx.organisation().0.clone(), tx.now().0);
    query(
        "select * from letters
         where organisation_id = $1 and state in ('returned', 'awaiting_sender') and wait_until_at <= $2
         order by wait_until_at, id limit $3",
    )
    .bind(organisation)
    .bind(now)
    .bind(i64::from(most))
    .fetch_all(tx.connection())
    .await?
    .iter()
    .map(|row| Ok((rows::letter(row)?, row.try_get("warnings")?)))
    .collect()
}
