//! Letting go what was begun and not filed.

use pishkhan_store::Tx;

use super::{Filing, rows};
use crate::accounts::sign_in;
use crate::actor::Reviewer;
use crate::ids::LetterId;
use crate::letters::{self, DiscardError};
use crate::senders;

/// Discards what this clerk has begun, with the account that was made for it.
pub async fn discard(tx: &mut Tx, clerk: &Reviewer, id: &LetterId) -> Result<(), DiscardError> {
    let filing = rows::find(tx, &clerk.id, id).await?.ok_or(DiscardError::NoDraft)?;
    let_go(tx, &filing).await
}

/// The same, whoever began it.
pub(super) async fn let_go(tx: &mut Tx, filing: &Filing) -> Result<(), DiscardError> {
    let id = &filing.letter.id;
    let sender = senders::find(tx, &filing.letter.sender).await?.ok_or(DiscardError::NoDraft)?;
    letters::discard(tx, &sender, id).await?;
    sign_in::forget_filing_code(tx, id).await?;
    rows::delete(tx, id).await?;
    senders::remove_without_mobile(tx, &sender.id).await?;
    Ok(())
}
