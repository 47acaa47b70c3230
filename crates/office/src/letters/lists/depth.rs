//! How deep a page of a sieve goes. What is over grows without end, and a sieve that lets hardly anything through would go through all
//! of it for one page.

use pishkhan_store::{Result, Row, Tx, query};
use sqlx::any::AnyRow;

use super::sieve::Sieve;
use super::spot::Spot;
use super::views::Tray;

/// How many letters of what is over a sieve goes through for one page of it.
pub const MOST_SIEVED: u32 = 10_000;

/// The spot of the last letter that is gone through for a page which begins there; None: there are no more, or no bound is needed.
pub(super) async fn below(
    tx: &mut Tx,
    tray: Tray,
    sieve: &Sieve,
    after: Option<&Spot>,
    most: u32,
) -> Result<Option<Spot>> {
    if tray != Tray::Done || sieve.is_open() {
        return Ok(None);
    }
    let organisation = tx.organisation().0.clone();
    let row = query(
        "select id, -changed_at as stands_at from letters
         where organisation_id = $1 and state not in ('submitted', 'draft') and -changed_at >= $2
         order by -changed_at, id limit 1 offset $3",
    )
    .bind(organisation)
    .bind(after.map_or(i64::MIN, |spot| spot.at))
    .bind(i64::from(most))
    .fetch_optional(tx.connection())
    .await?;
    // Whatever stands at the same moment was gone through, too.
    row.map(|row| spot(&row, i64::MAX)).transpose()
}

/// The spot up to which is looked for what stands before this one; None: from there on there are no more, or no bound is needed.
pub(super) async fn above(tx: &mut Tx, tray: Tray, sieve: &Sieve, to: &Spot, most: u32) -> Result<Option<Spot>> {
    if tray != Tray::Done || sieve.is_open() {
        return Ok(None);
    }
    let organisation = tx.organisation().0.clone();
    let row = query(
        "select id, -changed_at as stands_at from letters
         where organisation_id = $1 and state not in ('submitted', 'draft') and -changed_at <= $2
         order by -changed_at desc, id desc limit 1 offset $3",
    )
    .bind(organisation)
    .bind(to.at)
    .bind(i64::from(most))
    .fetch_optional(tx.connection())
    .await?;
    row.map(|row| spot(&row, i64::MIN)).transpose()
}

fn spot(row: &AnyRow, arrived: i64) -> Result<Spot> {
    Ok(Spot { at: row.try_get("stands_at")?, arrived, id: row.try_get("id")? })
}
