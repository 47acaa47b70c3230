//! Escalating: a letter that is overdue is shown to the signer one level up, once for each deadline that passes and each unit that has it
//! late, and its sender is told, once for each breach, that there is a certificate. When nobody is left there who may see it, it goes on to
//! where somebody is: the round sees so itself, whoever left, and be it while an earlier round was at work.

use std::time::Duration;

use pishkhan_courier::outbox;
use pishkhan_store::{Moment, Result, StoreError, Tx};

use super::breach::{Breach, breaches};
use super::letter::Letter;
use super::{lists, rows};
use crate::dispatch::OVERDUE;
use crate::ledger::{self, Event, Happening, Who};
use crate::rules::Rules;
use crate::{dispatch, search, units};

/// What passed longer ago is told to no sender: nobody who puts up a newer version, or a server that stood still, sends old news to all.
const NEWS: Duration = Duration::from_hours(72);

/// Escalates the organisation's overdue letters that nobody above knows of, yet or any more, `most` at once; answers how many.
pub async fn escalate_due(tx: &mut Tx, rules: &Rules, most: u32) -> Result<usize> {
    let mut escalated = 0;
    for letter in lists::to_escalate(tx, most).await? {
        let unit = letter.acting_unit().cloned().ok_or(StoreError::Unreadable("unit"))?;
        let due = letter.state.due().ok_or(StoreError::Unreadable("deadline"))?;
        let above = units::above(tx, &unit, letter.classification).await?;
        // False when somebody did something to the letter meanwhile: it is looked at again in the next round.
        if rows::escalate(tx, &letter, &above).await? {
            let before = ledger::of_letter(tx, &letter.id).await?;
            let event = Event::LetterEscalated { to_unit: above.as_str().to_owned(), due: due.0 };
            // The next unit that has it may stand below the same signer, to whom that is nothing new.
            if last_escalation(&before) != Some(&event) {
                ledger::record(tx, &letter.id, &Who::Time, &event).await?;
            }
            if is_news(&letter, &before, due, tx.now()) {
                dispatch::letter_overdue(tx, rules, &letter).await?;
            }
            search::index(tx, &letter.id).await?;
            escalated += 1;
        }
    }
    Ok(escalated)
}

/// A decision was taken back, with which the sender's message that the letter is late was withdrawn before it left: it is posted again.
pub(super) async fn tell_again(tx: &mut Tx, rules: &Rules, letter: &Letter) -> Result<()> {
    let now = tx.now();
    let is_late = letter.state.due().is_some_and(|due| due < now && now.since(due) <= NEWS);
    if letter.escalation.is_none() || !is_late {
        return Ok(());
    }
    let happenings = ledger::of_letter(tx, &letter.id).await?;
    let breaches = breaches(letter, &happenings, now);
    let Some(breach) = breaches.iter().find(|breach| breach.is_owed) else { return Ok(()) };
    if was_told(breach, &happenings) && !outbox::has_left(tx, letter.id.as_str(), OVERDUE, breach.due).await? {
        dispatch::letter_overdue(tx, rules, letter).await?;
    }
    Ok(())
}

fn last_escalation(before: &[Happening]) -> Option<&Event> {
    before.iter().map(|it| &it.event).rfind(|event| matches!(event, Event::LetterEscalated { .. }))
}

/// Whether what passed at `due` is a breach of which the sender was not told yet. A deadline that goes on after a pause passes anew, and is
/// escalated anew; the breach is the same.
fn is_news(letter: &Letter, before: &[Happening], due: Moment, now: Moment) -> bool {
    let breaches = breaches(letter, before, now);
    let Some(breach) = breaches.iter().find(|breach| breach.is_owed) else { return false };
    !was_told(breach, before) && now.since(due) <= NEWS
}

fn was_told(breach: &Breach, before: &[Happening]) -> bool {
    before.iter().any(|it| it.at > breach.due && matches!(it.event, Event::LetterEscalated { .. }))
}
