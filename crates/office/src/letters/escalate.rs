//! Escalating: a letter that is overdue is shown to the signer one level up, once for each deadline that passes.

use pishkhan_store::{Result, Tx};

use super::{lists, rows};
use crate::ledger::{self, Event, Who};
use crate::{search, units};

/// Escalates the organisation's overdue letters that nobody above knows of yet, `most` at once; answers how many.
pub async fn escalate_due(tx: &mut Tx, most: u32) -> Result<usize> {
    let mut escalated = 0;
    for late in lists::to_escalate(tx, most).await? {
        let above = units::above(tx, &late.unit, late.classification).await?;
        // False when somebody did something to the letter meanwhile: it is looked at again in the next round.
        if rows::escalate(tx, &late.letter, late.version, &above).await? {
            let event = Event::LetterEscalated { to_unit: above.as_str().to_owned(), due: late.due.0 };
            ledger::record(tx, &late.letter, &Who::Time, &event).await?;
            search::index(tx, &late.letter).await?;
            escalated += 1;
        }
    }
    Ok(escalated)
}
