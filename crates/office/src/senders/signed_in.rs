//! When somebody last signed in to an account, and with what: its owner sees it, and knows whether it was they.

use pishkhan_store::{Moment, Result, Tx};

use super::rows;
use crate::ids::SenderId;

/// A sign-in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignedIn {
    pub at: Moment,
    /// As the browser called itself.
    pub device: String,
}

/// Notes that somebody signs in to the account. Answers whether anybody did before.
pub(crate) async fn note_signed_in(tx: &mut Tx, id: &SenderId, device: &str) -> Result<bool> {
    rows::note_signed_in(tx, id, device).await
}

/// The last sign-in to the account that was not the one of that moment.
pub async fn last_sign_in(tx: &mut Tx, id: &SenderId, but: Moment) -> Result<Option<SignedIn>> {
    let (last, before) = rows::find_signed_in(tx, id).await?;
    Ok(last.filter(|last| last.at != but).or(before))
}
