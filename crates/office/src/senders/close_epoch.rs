//! Closing an epoch: an administrator has heard that a number is somebody else's now, and doesn't wait until it was idle for long.

use pishkhan_persian::Mobile;
use pishkhan_store::{StoreError, Tx};

use super::{rows, sleep};
use crate::actor::Administrator;
use crate::ledger::Who;
use crate::letters::{SaidError, said};

#[derive(Debug, thiserror::Error)]
pub enum CloseEpochError {
    /// Nobody can sign in by this number.
    #[error("no account of this number")]
    NoAccount,
    /// What is wrong with the reason.
    #[error(transparent)]
    Said(#[from] SaidError),
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Puts the account of this number to sleep at once. Whoever signs in by it next begins with an empty one.
pub async fn close_epoch(
    tx: &mut Tx,
    administrator: &Administrator,
    mobile: &Mobile,
    reason: &str,
) -> Result<(), CloseEpochError> {
    let reason = said(reason)?;
    let holder = rows::find_awake(tx, mobile).await?.ok_or(CloseEpochError::NoAccount)?;
    sleep::fall_asleep(tx, &holder.id, &Who::Staff(administrator.id.clone()), &reason).await?;
    Ok(())
}
