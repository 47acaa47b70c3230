//! The SQL of challenges that were solved.

use pishkhan_store::{Moment, Result, Tx, query};

/// Whether this challenge is spent now, by us: the second one is told no.
pub(in crate::accounts) async fn spend(tx: &mut Tx, id: &str, expires_at: Moment) -> Result<bool> {
    let done = query(
        "insert into spent_challenges (organisation_id, id, expires_at) values ($1, $2, $3)
         on conflict (organisation_id, id) do nothing",
    )
    .bind(tx.organisation().as_str())
    .bind(id)
    .bind(expires_at.0)
    .execute(tx.connection())
    .await?;
    Ok(done.rows_affected() == 1)
}
