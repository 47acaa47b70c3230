//! Ending a representation before its paper expires, as when a power of attorney is revoked.

use pishkhan_courier::outbox;
use pishkhan_store::{Moment, Tx};

use super::letter::{Letter, Version};
use super::renew_representation::{RepresentationError, find_represented};
use super::rows;
use crate::actor::Reviewer;
use crate::ids::LetterId;
use crate::ledger::{self, Event, Who};
use crate::search;

/// From this moment on, whoever acted for the sender sees the letter no more, and no message about it reaches them. Ending what has
/// ended does nothing.
pub async fn end_representation(
    tx: &mut Tx,
    reviewer: &Reviewer,
    id: &LetterId,
    seen: Version,
) -> Result<Letter, RepresentationError> {
    let (mut letter, mut representative) = find_represented(tx, reviewer, id, seen).await?;
    let now = tx.now();
    if representative.has_ended(now) {
        return Ok(letter);
    }
    representative.ends_at = Some(Moment(now.0 - 1));
    letter.content.representative = Some(representative);
    letter.changed_at = now;
    rows::save(tx, &mut letter).await??;
    outbox::withdraw(tx, id.as_str(), "the representation by its recipient was ended").await?;
    ledger::record(tx, id, &Who::Staff(reviewer.id.clone()), &Event::RepresentationEnded).await?;
    search::index(tx, id).await?;
    Ok(letter)
}
