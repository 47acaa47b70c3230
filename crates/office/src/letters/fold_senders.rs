//! Folding senders' names of letters from before there was a column for it; whoever writes a name since then folds it as they do.

use pishkhan_persian::text::search_key_without_spaces;
use pishkhan_store::{Clock, Db, OrganisationId, Result};

use super::{lists, rows};
use crate::ids::LetterId;

/// So many letters at once on SQLite; acts wait no longer than that.
const STEP: u32 = 100;

/// Folds the names that nobody has folded yet; answers how many. Several nodes may do it at once. A letter stays in its version: nothing
/// of it that people read changes.
pub async fn fold_senders(db: &Db, clock: &Clock, organisation: &OrganisationId) -> Result<u64> {
    let mut folded = 0;
    let mut reached = LetterId::stored("");
    loop {
        let unfolded = lists::unfolded(&mut db.read(organisation, clock.now()).await?, &reached, STEP).await?;
        let Some((last, _)) = unfolded.last() else { return Ok(folded) };
        reached = last.clone();
        let mut tx = db.begin(organisation, clock.now()).await?;
        for (id, name) in &unfolded {
            folded += u64::from(rows::fold_sender(&mut tx, id, &search_key_without_spaces(name)).await?);
            if tx.is_postgres() {
                // Acts go on meanwhile, and one that holds two letters must not wait for us while we wait for it.
                tx.commit().await?;
                tx = db.begin(organisation, clock.now()).await?;
            }
        }
        tx.commit().await?;
    }
}
