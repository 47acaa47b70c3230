//! The SQL of a page: the letters that were found, as far as this person may see them now.

use pishkhan_persian::Mobile;
use pishkhan_store::{Result, Row, Tx, query};
use sqlx::any::AnyRow;

use super::places::Found;
use super::query::Query;
use super::said::Said;
use crate::actor::Staff;
use crate::letters::{self, Letter, sight};
use crate::senders;

/// How many letters a page has, and the statement places for.
pub(super) const PAGE: u32 = 20;

/// A letter of the page.
pub(super) struct Seen {
    pub letter: Letter,
    /// Its sender's number, where that may be what was typed.
    pub mobile: Option<Mobile>,
    /// A number that it had, and that is crossed out in the book.
    pub voided: Option<String>,
    /// What was said about it, where words were asked for.
    pub said: Vec<Said>,
}

/// Those of at most [`PAGE`] letters that this person may see, in their order. The index said that they may be seen; here they are read, and `sight!` says it again.
pub(super) async fn seen(tx: &mut Tx, staff: &Staff, found: &[Found], typed: &Query) -> Result<Vec<Seen>> {
    if found.is_empty() {
        return Ok(Vec::new());
    }
    let organisation = tx.organisation().0.clone();
    let mut asked = query(concat!(
        "select l.*, (select s.mobile from senders s
                      where s.organisation_id = $1 and s.id = l.sender_id and $3 = 1) as mobile,
                (select max(e.printed) from entries e
                      where e.organisation_id = $1 and e.letter_id = l.id and e.voided_at is not null) as voided
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
    let mut seen = rows.iter().map(read).collect::<Result<Vec<_>>>()?;
    seen.sort_by_key(|seen| found.iter().position(|one| one.letter == seen.letter.id));
    Ok(seen)
}

fn read(row: &AnyRow) -> Result<Seen> {
    let mobile = match row.try_get::<Option<String>, _>("mobile")? {
        Some(stored) => senders::mobile_of(&stored)?,
        None => None,
    };
    Ok(Seen { letter: letters::of_row(row)?, mobile, voided: row.try_get("voided")?, said: Vec::new() })
}
