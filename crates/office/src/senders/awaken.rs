//! Awakening at the counter: a reviewer has seen who the sender is, and the number that the sender has now was proved by a code.

use pishkhan_persian::Mobile;
use pishkhan_store::{StoreError, Tx};

use super::{Sender, find_or_make, rows, sleep};
use crate::actor::Reviewer;
use crate::ids::LetterId;
use crate::ledger::Who;
use crate::letters;
use crate::rules::Rules;

#[derive(Debug, thiserror::Error)]
pub enum AwakenError {
    /// This reviewer sees no such letter, or its sender doesn't sleep (any more).
    #[error("no such letter on this desk")]
    NotAsleep,
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Gives everything of the sender of this letter to the account of the number that was proved, which may be another than before.
pub async fn awaken(
    tx: &mut Tx,
    rules: &Rules,
    clerk: &Reviewer,
    id: &LetterId,
    proved: &Mobile,
) -> Result<Sender, AwakenError> {
    let letter = letters::find_for_desk(tx, clerk, id).await?.ok_or(AwakenError::NotAsleep)?;
    let asleep = rows::find(tx, &letter.sender).await?.filter(|sender| sender.asleep.is_some());
    let asleep = asleep.ok_or(AwakenError::NotAsleep)?;
    let awake = find_or_make(tx, rules, proved, asleep.language).await?;
    if !sleep::wake_into(tx, &asleep, &awake, &Who::Staff(clerk.id.clone())).await? {
        return Err(AwakenError::NotAsleep);
    }
    Ok(awake)
}
