//! What time has come for: letters whose window or waiting is over.

use pishkhan_store::{Result, Tx, query};

use crate::letters::letter::Letter;
use crate::letters::rows;

/// Answered letters whose sender can't object any more.
pub(in crate::letters) async fn to_close(tx: &mut Tx, most: u32) -> Result<Vec<Letter>> {
    let (organisation, now) = (tx.organisation().0.clone(), tx.now().0);
    query(
        "select * from letters where organisation_id = $1 and state = 'answered' and objection_until_at <= $2
         order by objection_until_at, id limit $3",
    )
    .bind(organisation)
    .bind(now)
    .bind(i64::from(most))
    .fetch_all(tx.connection())
    .await?
    .iter()
    .map(rows::letter)
    .collect()
}
