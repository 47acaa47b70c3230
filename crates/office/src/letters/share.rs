//! Sharing out: in a unit that works by turn, new letters come into the hands of its officers, so many at most to each. What is over stands
//! with the unit until somebody has room.

use pishkhan_store::{Result, StoreError, Tx};

use super::letter::{Classification, Letter};
use super::{lists, rows};
use crate::accounts::staff;
use crate::ids::{StaffId, UnitId};
use crate::ledger::{self, Event, Who};
use crate::rules::Rules;
use crate::{search, units};

/// Gives the new letters of the organisation's units to those whose turn it is, `most` at once in each unit; answers how many.
pub async fn share_due(tx: &mut Tx, rules: &Rules, most: u32) -> Result<usize> {
    // As long as a registration can be taken back, the letter comes into nobody's hand.
    let before = tx.now().minus(rules.letters.undo);
    let mut shared = 0;
    for (unit, load) in units::turns(tx).await? {
        // Letters for which nobody who is cleared has room are not read: they must not stand before those for which somebody has.
        let Some(level) = highest_with_room(tx, &unit, load).await? else { continue };
        for letter in lists::to_share(tx, &unit, level, before, most).await? {
            match lists::freest_officer(tx, &unit, load, letter.classification).await? {
                Some(officer) => shared += usize::from(give(tx, &unit, letter, officer).await?),
                None if letter.classification == Classification::Normal => break,
                // Those who are cleared for it have no room left; of the others somebody may.
                None => {}
            }
        }
    }
    Ok(shared)
}

/// The highest classification for whose letters an officer of the unit has room; whoever is cleared for it is so for those below.
async fn highest_with_room(tx: &mut Tx, unit: &UnitId, load: u32) -> Result<Option<Classification>> {
    for level in Classification::ALL.into_iter().rev() {
        if lists::freest_officer(tx, unit, load, level).await?.is_some() {
            return Ok(Some(level));
        }
    }
    Ok(None)
}

/// False when somebody did something to the letter meanwhile, or the officer works there no more: it is looked at again in the next round.
async fn give(tx: &mut Tx, unit: &UnitId, letter: Letter, officer: StaffId) -> Result<bool> {
    if !staff::holds_officer(tx, &officer, unit, letter.classification).await? {
        return Ok(false);
    }
    let (id, now) = (letter.id.clone(), tx.now());
    let event =
        Event::LetterHandedOver { from_staff: String::new(), to_staff: officer.to_string(), word: String::new() };
    let mut letter = letter.handed_over(Some(officer), now).map_err(|_| StoreError::Unreadable("state"))?;
    if rows::save(tx, &mut letter).await?.is_err() {
        return Ok(false);
    }
    ledger::record(tx, &id, &Who::Time, &event).await?;
    search::index(tx, &id).await?;
    Ok(true)
}
