//! The SQL of a page: the letters that were found, as far as this person may see them now.

use pishkhan_persian::Mobile;
use pishkhan_store::{Result, Row, Tx, query};
use sqlx::any::AnyRow;

use super::places::Found;
use super::query::Query;
use crate::actor::Staff;
use crate::letters::{self, Letter, sight};
use crate::senders;

/// How many letters a page has, and the statement places for.
pub(super) const PAGE: u32 = 20;

/// Those of at most [`PAGE`] letters that this person may see, in their order, each with its sender's mobile number where that may be
/// what was typed. The index said that they may be seen; here they are read, and `sight!` says it again.
pub(super) async fn seen(
    tx: &mut Tx,
    staff: &Staff,
    found: &[Found],
    typed: &Query,
) -> Result<Vec<(Letter, Option<Mobile>)>> {
    if found.is_empty() {
        return Ok(Vec::new());
    }
    let organisation = tx.organisation().0.clone();
    let mut asked = query(concat!(
        "select l.*, (select s.mobile from senders s
                      where s.organisation_id = $1 and s.id = l.sender_id and $3 = 1) as mobile
         from letters l
         where l.organisation_id = $1
           and l.id in ($4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23)
           and ",
        sight!()
    ))
    .bind(organisation)
    .bind(staff.id.as_str())
    .bind(i64::from(typed.may_be_mobile()));
    for place in 0..PAGE as usize {
        // No letter's id is empty.
        asked = asked.bind(found.get(place).map_or("", |one| one.letter.as_str()));
    }
    let rows = asked.fetch_all(tx.connection()).await?;
    let mut seen = rows.iter().map(with_mobile).collect::<Result<Vec<_>>>()?;
    seen.sort_by_key(|(letter, _)| found.iter().position(|one| one.letter == letter.id));
    Ok(seen)
}

fn with_mobile(row: &AnyRow) -> Result<(Letter, Option<Mobile>)> {
    let mobile = match row.try_get::<Option<String>, _>("mobile")? {
        Some(stored) => senders::mobile_of(&stored)?,
        None => None,
    };
    Ok((letters::of_row(row)?, mobile))
}
