//! Closing an epoch: an administrator has heard that a number is somebody else's now, and doesn't wait until it was idle for long.

use pishkhan_persian::Mobile;
use pishkhan_store::{StoreError, Tx};

use super::{rows, sleep};
use crate::actor::Administrator;
use crate::ledger::Who;
use crate::letters::{SaidError, said};

#[derive(Debug, thiserror::Error)]
pub enum CloseEpochError {
    /// Nobody can sign in by this number, and nothing of it sleeps that isn't closed.
    #[error("no account of this number")]
    NoAccount,
    /// What is wrong with the reason.
    #[error(transparent)]
    Said(#[from] SaidError),
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Puts the account of this number to sleep at once. Whoever signs in by it next begins with an empty one. What fell asleep before, since nobody
/// was here, is closed with it: whoever has the number now may have read of that, too.
pub async fn close_epoch(
    tx: &mut Tx,
    administrator: &Administrator,
    mobile: &Mobile,
    reason: &str,
) -> Result<(), CloseEpochError> {
    let reason = said(reason)?;
    let who = Who::Staff(administrator.id.clone());
    let holder = rows::find_awake(tx, mobile).await?;
    if let Some(holder) = &holder {
        sleep::fall_asleep(tx, &holder.id, &who, &reason).await?;
    }
    // Also what fell asleep by itself between our two statements.
    let had_slept = sleep::close_asleep(tx, mobile, &who, &reason).await?;
    if holder.is_some() || had_slept { Ok(()) } else { Err(CloseEpochError::NoAccount) }
}
