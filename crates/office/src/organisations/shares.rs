//! What an organisation may send in a day: a ministry more than a village.

use pishkhan_store::{Result, Tx};

use super::rows;
use crate::rules::Limits;

/// What an organisation may send in a day; 0: any number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shares {
    /// Messages other than codes.
    pub messages: u32,
    /// Codes.
    pub codes: u32,
}

/// The shares of this transaction's organisation: its own, or else everybody's.
pub async fn shares(tx: &mut Tx, limits: &Limits) -> Result<Shares> {
    let (messages, codes) = rows::own_shares(tx).await?;
    Ok(Shares {
        messages: messages.unwrap_or(limits.messages_per_organisation_per_day),
        codes: codes.unwrap_or(limits.sends_per_organisation_per_day),
    })
}
