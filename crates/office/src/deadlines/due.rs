//! When a step is due: its term, counted in its unit's calendar. The calendar is read anew each time, two small statements, so that
//! nothing can be stale.

use pishkhan_persian::TehranDay;
use pishkhan_store::{Moment, Result, Tx};

use super::calendar::Calendar;
use super::rows;
use super::term::{Deadline, Step, Term};
use crate::ids::{KindId, UnitId};
use crate::rules::Rules;

/// Until when this step of a letter is due that begins at `from`.
pub async fn due(
    tx: &mut Tx,
    rules: &Rules,
    unit: &UnitId,
    kind: Option<&KindId>,
    step: Step,
    from: Moment,
) -> Result<Moment> {
    Ok(set(tx, rules, unit, kind, step, from).await?.moment())
}

/// The same with its term, for the event that tells of it.
pub async fn set(
    tx: &mut Tx,
    rules: &Rules,
    unit: &UnitId,
    kind: Option<&KindId>,
    step: Step,
    from: Moment,
) -> Result<Deadline> {
    let (term, basis) = term(tx, rules, unit, kind, step).await?;
    let due = if term.is_none() { from } else { calendar(tx, Some(unit), from).await?.due(from, term) };
    Ok(Deadline { due: due.0, term, basis })
}

/// A deadline of the unit that was paused at `paused_at`, now that time goes on: as much is left as was left, and what was overdue
/// is overdue by as much.
pub async fn resumed(tx: &mut Tx, unit: &UnitId, due: Moment, paused_at: Moment, now: Moment) -> Result<Moment> {
    Ok(calendar(tx, Some(unit), paused_at).await?.resumed(due, paused_at, now))
}

/// What is due before this moment is nearly due: less than one working day of the organisation is left for it.
pub async fn near(tx: &mut Tx, now: Moment) -> Result<Moment> {
    Ok(calendar(tx, None, now).await?.near(now))
}

/// The term of a step, and the law or rule that it comes from, as senders read it. The most specific counts: that of unit and kind,
/// then of the kind, since a law binds every unit, then of the unit, then the organisation's, then the operator's.
pub async fn term(
    tx: &mut Tx,
    rules: &Rules,
    unit: &UnitId,
    kind: Option<&KindId>,
    step: Step,
) -> Result<(Term, String)> {
    let set = rows::terms::most_specific(tx, unit, kind, step).await?;
    Ok(set.map_or_else(|| (step.usual(rules), String::new()), |it| (it.term, it.basis)))
}

/// The calendar of a unit, or of the organisation as a whole, as it is known today for the days since a moment.
pub async fn calendar(tx: &mut Tx, unit: Option<&UnitId>, since: Moment) -> Result<Calendar> {
    rows::calendar::load(tx, unit, TehranDay::of(since.0)).await
}
