//! Warning: whoever is waited for is told twice that the time ends, when two working days of the unit are left and when one is.

use pishkhan_persian::calendar::{in_tehran, start_of_tehran_day};
use pishkhan_store::{Moment, Result, Tx};

use super::{letter::Letter, lists, rows};
use crate::deadlines::{self, Term};
use crate::dispatch;
use crate::ledger::{self, Event, Who};
use crate::rules::Rules;

/// Nobody is woken for a warning: Tehran's hours between which it goes out.
const HOURS: std::ops::Range<u8> = 8..21;

/// Warns the organisation's senders whose time ends soon, `most` at once; answers how many. Nobody is warned on the day on which
/// they were asked.
pub async fn warn_due(tx: &mut Tx, rules: &Rules, most: u32) -> Result<usize> {
    let now = tx.now();
    if !HOURS.contains(&in_tehran(now.0).hour) {
        return Ok(0);
    }
    let today = Moment(start_of_tehran_day(now.0));
    let mut warned = 0;
    for unit in lists::units_that_wait(tx).await? {
        let calendar = deadlines::calendar(tx, Some(&unit), now).await?;
        // The last warning first: of a letter that is due for both, only that one goes out.
        for (warning, days) in [(2, 1), (1, 2)] {
            let until = calendar.due(now, Term::Days(days));
            let left = most.saturating_sub(u32::try_from(warned).unwrap_or(most));
            for letter in lists::to_warn(tx, &unit, warning, until, today, left).await? {
                warned += usize::from(warn(tx, rules, &letter, warning).await?);
            }
        }
    }
    Ok(warned)
}

/// Tells the sender, and notes it as this warning. False when somebody did something to the letter meanwhile.
pub(super) async fn warn(tx: &mut Tx, rules: &Rules, letter: &Letter, warning: i64) -> Result<bool> {
    let Some(until) = letter.state.waits_until() else { return Ok(false) };
    if !rows::note_warning(tx, &letter.id, letter.version, warning).await? {
        return Ok(false);
    }
    // The event is evidence: none says that somebody was warned to whom nothing could be sent.
    if dispatch::sender_warned(tx, rules, letter, until).await? {
        ledger::record(tx, &letter.id, &Who::Time, &Event::SenderWarned { until: until.0 }).await?;
    }
    Ok(true)
}
