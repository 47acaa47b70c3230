//! Lapsing: a letter whose sender did not complete it, or did not reply, ends when its time is over. Nobody's letter lapses unwarned:
//! whoever was not warned, since the server stood still or the time was short, is warned now and has one more working day; so is whoever's
//! warning has still to leave, since no gateway took it.

use pishkhan_store::{Result, StoreError, Tx};

use super::letter::Letter;
use super::states::{Question, Return, State};
use super::warn::warn;
use super::{lists, rows};
use crate::deadlines::{self, Term};
use crate::ledger::{self, Event, Who};
use crate::rules::Rules;
use crate::{dispatch, referrals, search};

/// The warning after which none is due.
const LAST: i64 = 2;

/// Lets the organisation's letters lapse whose time is over, `most` at once; answers how many.
pub async fn lapse_due(tx: &mut Tx, rules: &Rules, most: u32) -> Result<usize> {
    let mut lapsed = 0;
    for (letter, warnings) in lists::to_lapse(tx, most).await? {
        if warnings == 0 || dispatch::warning_waits(tx, &letter).await? {
            prolong(tx, rules, letter, warnings).await?;
        } else {
            lapsed += usize::from(lapse(tx, rules, letter).await?);
        }
    }
    Ok(lapsed)
}

/// False when somebody did something to the letter meanwhile: it is looked at again in the next round.
async fn lapse(tx: &mut Tx, rules: &Rules, letter: Letter) -> Result<bool> {
    let (id, now) = (letter.id.clone(), tx.now());
    let mut letter = letter.lapsed(now).map_err(|_| StoreError::Unreadable("state"))?;
    if rows::save(tx, &mut letter).await?.is_err() {
        return Ok(false);
    }
    referrals::end_with_letter(tx, &id).await?;
    dispatch::no_longer_warned(tx, &letter).await?;
    ledger::record(tx, &id, &Who::Time, &Event::LetterLapsed).await?;
    dispatch::letter_lapsed(tx, rules, &letter).await?;
    search::index(tx, &id).await?;
    Ok(true)
}

/// One more working day, and a warning that says so, which is the last one unless it, too, has to wait.
async fn prolong(tx: &mut Tx, rules: &Rules, letter: Letter, warnings: i64) -> Result<()> {
    let now = tx.now();
    let unit = letter.acting_unit().cloned().ok_or(StoreError::Unreadable("unit"))?;
    let until = deadlines::calendar(tx, Some(&unit), now).await?.due(now, Term::Days(1));
    let state = match letter.state.clone() {
        State::Returned(submission, returned) => State::Returned(submission, Return { until, ..returned }),
        State::AwaitingSender(submission, registration, work, question) => {
            State::AwaitingSender(submission, registration, work, Question { until, ..question })
        }
        _ => return Err(StoreError::Unreadable("state")),
    };
    let mut letter = letter.moved_to(state, now);
    if rows::save(tx, &mut letter).await?.is_ok() {
        dispatch::no_longer_warned(tx, &letter).await?;
        warn(tx, rules, &letter, LAST.max(warnings + 1)).await?;
        search::index(tx, &letter.id).await?;
    }
    Ok(())
}
