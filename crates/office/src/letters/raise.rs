//! Raising: an objection that lies where nobody can decide it any more, since who signed there left or may not see the letter, goes on to
//! the nearest level above its unit where somebody can.

use pishkhan_store::{Result, StoreError, Tx};

use super::letter::Letter;
use super::{lists, rows};
use crate::ledger::{self, Event, Who};
use crate::{search, units};

/// Raises the organisation's objections that nobody can decide where they lie, `most` at once; answers how many.
pub async fn raise_due(tx: &mut Tx, most: u32) -> Result<usize> {
    let mut raised = 0;
    for letter in lists::to_raise(tx, most).await? {
        raised += usize::from(raise(tx, letter).await?);
    }
    Ok(raised)
}

/// False when whoever could decide it has left since, or somebody did something to the letter: it is looked at again in the next round.
async fn raise(tx: &mut Tx, letter: Letter) -> Result<bool> {
    let unit = letter.acting_unit().cloned().ok_or(StoreError::Unreadable("unit"))?;
    let Some(above) = units::signed_above(tx, &unit, letter.classification).await? else { return Ok(false) };
    let (id, event) = (letter.id.clone(), Event::ObjectionRaised { to_unit: above.as_str().to_owned() });
    let mut letter = Letter { raised_to: Some(above), changed_at: tx.now(), ..letter };
    if rows::save(tx, &mut letter).await?.is_err() {
        return Ok(false);
    }
    ledger::record(tx, &id, &Who::Time, &event).await?;
    search::index(tx, &id).await?;
    Ok(true)
}
