//! Closing: an answered letter is closed when its sender can't object any more.

use pishkhan_store::{Result, StoreError, Tx};

use super::{letter::Letter, lists, rows};
use crate::ledger::{self, Event, Who};
use crate::{referrals, search};

/// Closes the organisation's answered letters whose objection window is over, `most` at once; answers how many.
pub async fn close_due(tx: &mut Tx, most: u32) -> Result<usize> {
    let due = lists::to_close(tx, most).await?;
    let mut closed = 0;
    for letter in due {
        closed += usize::from(close(tx, letter).await?);
    }
    Ok(closed)
}

/// False when somebody did something to the letter meanwhile: it is looked at again in the next round.
async fn close(tx: &mut Tx, letter: Letter) -> Result<bool> {
    let (id, now) = (letter.id.clone(), tx.now());
    let mut letter = letter.closed(now).map_err(|_| StoreError::Unreadable("state"))?;
    if rows::save(tx, &mut letter).await?.is_err() {
        return Ok(false);
    }
    referrals::end_with_letter(tx, &id).await?;
    ledger::record(tx, &id, &Who::Time, &Event::LetterClosed).await?;
    search::index(tx, &id).await?;
    Ok(true)
}
