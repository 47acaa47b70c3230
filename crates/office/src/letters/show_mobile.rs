//! Showing a sender's whole mobile number: a sensitive read, which is recorded.

use pishkhan_persian::Mobile;
use pishkhan_store::{StoreError, Tx};

use super::rows;
use crate::actor::Staff;
use crate::ids::LetterId;
use crate::ledger::{self, Event, Who};
use crate::senders;

/// The number of the sender of a letter that this person may see; None when there is no such letter for them, or its sender has
/// none.
pub async fn show_mobile(tx: &mut Tx, staff: &Staff, id: &LetterId) -> Result<Option<Mobile>, StoreError> {
    let Some(letter) = rows::find_for_desk(tx, staff, id).await? else { return Ok(None) };
    let sender = senders::find(tx, &letter.sender).await?.ok_or(StoreError::Unreadable("sender"))?;
    let Some(mobile) = sender.mobile else { return Ok(None) };
    ledger::record_beside(tx, id, &Who::Staff(staff.id.clone()), &Event::MobileShown).await?;
    Ok(Some(mobile))
}
