//! Letters whose sender's name nobody has folded yet, since they are from before there was a column for it.

use pishkhan_store::{Result, Row, Tx, query};

use crate::ids::LetterId;

/// An index has these letters alone, so that it costs nothing to see that there are none.
pub(super) const UNFOLDED: &str = "select id, sender_name from letters
     where organisation_id = $1 and sender_folded is null and id > $2 order by id limit $3";

/// The letters after that one, each with its sender's name.
pub(in crate::letters) async fn unfolded(tx: &mut Tx, after: &LetterId, most: u32) -> Result<Vec<(LetterId, String)>> {
    let organisation = tx.organisation().0.clone();
    query(UNFOLDED)
        .bind(organisation)
        .bind(after.as_str())
        .bind(i64::from(most))
        .fetch_all(tx.connection())
        .await?
        .iter()
        .map(|row| Ok((LetterId::stored(row.try_get(0)?), row.try_get(1)?)))
        .collect()
}
