//! The mark of somebody at a letter: set, taken away, and read by the others.

use std::time::Duration;

use pishkhan_store::{Moment, StoreError, Tx};

use super::rows;
use crate::actor::Staff;
use crate::ids::LetterId;
use crate::{letters, news};

/// How long a letter stays marked that somebody opened.
pub const LASTS: Duration = Duration::from_mins(5);

/// Somebody who has a letter open.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Looker {
    pub name: String,
    /// Until when their mark lasts.
    pub until: Moment,
}

/// Marks the letter as open before this person, from now on; nothing when they don't see it. Opening it once more moves the
/// mark on.
pub async fn open(tx: &mut Tx, staff: &Staff, letter: &LetterId) -> Result<(), StoreError> {
    if letters::find_for_desk(tx, staff, letter).await?.is_none() {
        return Ok(());
    }
    rows::sweep(tx, tx.now().minus(LASTS)).await?;
    rows::put(tx, staff, letter).await?;
    tx.ring(news::PRESENCE);
    Ok(())
}

/// Takes away the mark that was set when this person's page was made; one that another tab has set since then stays.
/// False when they don't see the letter.
pub async fn leave(tx: &mut Tx, staff: &Staff, letter: &LetterId, opened: Moment) -> Result<bool, StoreError> {
    if letters::find_for_desk(tx, staff, letter).await?.is_none() {
        return Ok(false);
    }
    if rows::remove(tx, staff, letter, opened).await? {
        tx.ring(news::PRESENCE);
    }
    Ok(true)
}

/// When this person opened the letter, if that was less than a minute ago: nobody writes the same again.
pub async fn opened_at(tx: &mut Tx, staff: &Staff, letter: &LetterId) -> Result<Option<Moment>, StoreError> {
    rows::own(tx, staff, letter, tx.now().minus(Duration::from_mins(1))).await
}

/// Who else has the letter open, who came first on top. None when this person doesn't see the letter (any more).
pub async fn lookers(tx: &mut Tx, staff: &Staff, letter: &LetterId) -> Result<Vec<Looker>, StoreError> {
    if letters::find_for_desk(tx, staff, letter).await?.is_none() {
        return Ok(Vec::new());
    }
    rows::others(tx, staff, letter, tx.now().minus(LASTS)).await
}
