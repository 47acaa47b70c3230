//! The SQL of catching up: how far the letters of an organisation have been brought under today's rules.

use pishkhan_store::{Result, Row, Tx, query};

use super::tokens::EDITION;
use crate::ids::LetterId;

/// The letter that was looked at last; None when all are done.
pub(super) async fn reached(tx: &mut Tx) -> Result<Option<String>> {
    let organisation = tx.organisation().0.clone();
    let row = query("select edition, reached, finished_at from search_editions where organisation_id = $1")
        .bind(organisation)
        .fetch_optional(tx.connection())
        .await?;
    let Some(row) = row else { return Ok(Some(String::new())) };
    if row.try_get::<i64, _>("edition")? != EDITION {
        return Ok(Some(String::new()));
    }
    let finished: Option<i64> = row.try_get("finished_at")?;
    Ok(if finished.is_some() { None } else { Some(row.try_get("reached")?) })
}

/// The next letters that are not in the index by today's rules.
pub(super) async fn letters_after(tx: &mut Tx, reached: &str, most: u32) -> Result<Vec<LetterId>> {
    let organisation = tx.organisation().0.clone();
    query(
        "select l.id from letters l
         where l.organisation_id = $1 and l.id > $2 and l.submitted_at is not null
           and not exists (select 1 from search_places p where p.organisation_id = $1 and p.letter_id = l.id
                             and p.edition = $3)
         order by l.id limit $4",
    )
    .bind(organisation)
    .bind(reached)
    .bind(EDITION)
    .bind(i64::from(most))
    .fetch_all(tx.connection())
    .await?
    .iter()
    .map(|row| Ok(LetterId::stored(row.try_get(0)?)))
    .collect()
}

pub(super) async fn note(tx: &mut Tx, reached: &str, is_finished: bool) -> Result<()> {
    let (organisation, now) = (tx.organisation().0.clone(), tx.now());
    query(
        "insert into search_editions (organisation_id, edition, reached, finished_at) values ($1, $2, $3, $4)
         on conflict (organisation_id) do update set edition = $2, reached = $3, finished_at = $4",
    )
    .bind(organisation)
    .bind(EDITION)
    .bind(reached)
    .bind(is_finished.then_some(now.0))
    .execute(tx.connection())
    .await?;
    Ok(())
}
