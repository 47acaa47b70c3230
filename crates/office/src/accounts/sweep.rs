//! Sweeping out what is over, once an hour.

use pishkhan_store::{Result, Tx};

use super::devices;
use super::limits::DAY;
use super::rows::sweeping;
use super::sign_in;

/// Deletes counters, sign-ins, codes for addresses, challenges, invitations, sessions and known devices that can't matter any more.
///
/// It sweeps the transaction's organisation; what is counted over all together is swept in a transaction of the house's.
pub async fn sweep(tx: &mut Tx) -> Result<()> {
    let now = tx.now();
    // No window is longer than a day.
    sweeping::delete_hits(tx, now.minus(2 * DAY)).await?;
    sweeping::delete_sign_ins(tx, now.minus(sign_in::GRACE)).await?;
    sweeping::delete_email_codes(tx, now.minus(sign_in::GRACE)).await?;
    sweeping::delete_spent_challenges(tx, now).await?;
    sweeping::delete_second_factors(tx, now).await?;
    sweeping::delete_invitations(tx, now).await?;
    sweeping::delete_sessions(tx, now).await?;
    sweeping::delete_known_devices(tx, now.minus(devices::KNOWN_FOR)).await
}
