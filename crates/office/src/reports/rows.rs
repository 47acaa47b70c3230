//! The SQL of figures: what is to be counted, what was counted, and the sums.

use pishkhan_store::{Moment, Result, Row, StoreError, Tx, query};
use sqlx::any::AnyRow;

use super::columns::{acting_unit, outcome, reason};
use super::facts::{Cell, Facts};
use super::{Figures, Open, Outcome, Period};
use crate::ids::{LetterId, UnitId};
use crate::letters::{Classification, due, owed};

pub(super) mod messages;

/// A letter that has changed, with what was counted of it before.
pub(super) struct Changed {
    pub id: LetterId,
    pub at: i64,
    pub facts: Facts,
    pub counted: Option<Facts>,
}

impl Changed {
    /// Whether its figures are not what they were.
    pub fn is_news(&self) -> bool {
        self.counted.as_ref() != Some(&self.facts)
    }
}

/// Until which change the letters are counted.
pub(super) async fn counted_until(tx: &mut Tx) -> Result<Option<Moment>> {
    let organisation = tx.organisation().0.clone();
    let row = query("select changed_at from counted_until where organisation_id = $1")
        .bind(organisation)
        .fetch_optional(tx.connection())
        .await?;
    row.map(|row| Ok(Moment(row.try_get(0)?))).transpose()
}

/// Notes how far the letters are counted. Of two who count, the second waits here for the first.
pub(super) async fn note_counted_until(tx: &mut Tx, at: i64) -> Result<()> {
    let organisation = tx.organisation().0.clone();
    query(
        "insert into counted_until (organisation_id, changed_at) values ($1, $2)
         on conflict (organisation_id) do update
         set changed_at = case when counted_until.changed_at > excluded.changed_at
                               then counted_until.changed_at else excluded.changed_at end",
    )
    .bind(organisation)
    .bind(at)
    .execute(tx.connection())
    .await?;
    Ok(())
}

/// The submitted letters that changed after this place, in the order in which they did.
pub(super) async fn changed(tx: &mut Tx, after: (i64, &str), limit: u32) -> Result<Vec<Changed>> {
    let organisation = tx.organisation().0.clone();
    query(concat!(
        "select l.id, l.changed_at, l.classification, l.unit_id, l.state, l.submitted_at, l.registered_at, l.rejected_at, l.answered_at,
                l.answer_due_at, l.rated_at, l.rating, c.facts, case when ",
        owed!(),
        " then ",
        due!(),
        " end as due_at, ",
        acting_unit!(),
        " as acting_unit_id, ",
        outcome!(),
        " as outcome, case when l.rejected_at is null then null else ",
        reason!(),
        " end as reason
         from letters l
         left join counted_letters c on c.organisation_id = l.organisation_id and c.letter_id = l.id
         where l.organisation_id = $1 and (l.changed_at, l.id) > ($2, $3) and l.submitted_at is not null
         order by l.changed_at, l.id limit $4",
    ))
    .bind(organisation)
    .bind(after.0)
    .bind(after.1.to_owned())
    .bind(i64::from(limit))
    .fetch_all(tx.connection())
    .await?
    .iter()
    .map(changed_letter)
    .collect()
}

fn changed_letter(row: &AnyRow) -> Result<Changed> {
    let counted: Option<String> = row.try_get("facts")?;
    let counted = counted.map(|text| serde_json::from_str(&text).map_err(|_| StoreError::Unreadable("facts")));
    let outcome: String = row.try_get("outcome")?;
    Ok(Changed {
        id: LetterId::stored(row.try_get("id")?),
        at: row.try_get("changed_at")?,
        facts: Facts {
            classification: row.try_get("classification")?,
            unit: row.try_get("unit_id")?,
            acting: row.try_get("acting_unit_id")?,
            outcome: Outcome::parse(&outcome).ok_or(StoreError::Unreadable("outcome"))?,
            state: row.try_get("state")?,
            arrived_at: row.try_get("submitted_at")?,
            due_at: row.try_get("due_at")?,
            registered_at: row.try_get("registered_at")?,
            rejected_at: row.try_get("rejected_at")?,
            reason: row.try_get("reason")?,
            answered_at: row.try_get("answered_at")?,
            answer_due_at: row.try_get("answer_due_at")?,
            rated_at: row.try_get("rated_at")?,
            rating: row.try_get("rating")?,
        },
        counted: counted.transpose()?,
    })
}

/// Keeps what was counted of a letter.
pub(super) async fn note_counted(tx: &mut Tx, letter: &LetterId, facts: &Facts) -> Result<()> {
    let organisation = tx.organisation().0.clone();
    let facts = serde_json::to_string(facts).map_err(|_| StoreError::Unreadable("facts"))?;
    query(
        "insert into counted_letters (organisation_id, letter_id, facts) values ($1, $2, $3)
         on conflict (organisation_id, letter_id) do update set facts = excluded.facts",
    )
    .bind(organisation)
    .bind(letter.as_str())
    .bind(facts)
    .execute(tx.connection())
    .await?;
    Ok(())
}

/// What is kept in a cell.
pub(super) async fn kept_figures(tx: &mut Tx, cell: &Cell) -> Result<Figures> {
    let organisation = tx.organisation().0.clone();
    let row = query(
        "select unit_id, period, counts from figures
         where organisation_id = $1 and unit_id = $2 and period = $3 and classification = $4",
    )
    .bind(organisation)
    .bind(cell.unit.clone())
    .bind(cell.period.0)
    .bind(cell.classification)
    .fetch_optional(tx.connection())
    .await?;
    row.map_or_else(|| Ok(Figures::default()), |row| Ok(figures_in(&row)?.2))
}

/// The figures of a unit ('' for all together) from one period to another, oldest first, of what somebody with this clearance may see:
/// as many for a period as it has classifications.
pub(super) async fn figures(
    tx: &mut Tx,
    clearance: Classification,
    unit: &str,
    from: Period,
    to: Period,
) -> Result<Vec<(Period, Figures)>> {
    let organisation = tx.organisation().0.clone();
    query(
        "select unit_id, period, counts from figures
         where organisation_id = $1 and unit_id = $2 and period >= $3 and period <= $4 and classification <= $5
         order by period, classification",
    )
    .bind(organisation)
    .bind(unit.to_owned())
    .bind(from.0)
    .bind(to.0)
    .bind(clearance.level())
    .fetch_all(tx.connection())
    .await?
    .iter()
    .map(|row| figures_in(row).map(|(_, period, figures)| (period, figures)))
    .collect()
}

/// The figures of each unit from one period to another in which ratings were given; most have none, and are not read.
pub(super) async fn rated_figures(
    tx: &mut Tx,
    clearance: Classification,
    from: Period,
    to: Period,
) -> Result<Vec<(UnitId, Period, Figures)>> {
    let organisation = tx.organisation().0.clone();
    query(
        "select unit_id, period, counts from figures
         where organisation_id = $1 and unit_id <> '' and period >= $2 and period <= $3 and counts like '%\"ratings\"%'
           and classification <= $4
         order by unit_id, period, classification",
    )
    .bind(organisation)
    .bind(from.0)
    .bind(to.0)
    .bind(clearance.level())
    .fetch_all(tx.connection())
    .await?
    .iter()
    .map(|row| figures_in(row).map(|(unit, period, figures)| (UnitId::stored(&unit), period, figures)))
    .collect()
}

/// What is open now in each unit, by classification.
pub(super) async fn open_figures(tx: &mut Tx, clearance: Classification) -> Result<Vec<(UnitId, Figures)>> {
    let organisation = tx.organisation().0.clone();
    // From the units on: the figures of ten years of days would be looked through for those of now.
    query(
        "select unit_id, period, counts from figures
         where organisation_id = $1 and period = 0 and classification <= $2
           and unit_id in (select u.id from units u where u.organisation_id = $1)",
    )
    .bind(organisation)
    .bind(clearance.level())
    .fetch_all(tx.connection())
    .await?
    .iter()
    .map(|row| figures_in(row).map(|(unit, _, figures)| (UnitId::stored(&unit), figures)))
    .collect()
}

fn figures_in(row: &AnyRow) -> Result<(String, Period, Figures)> {
    let counts: String = row.try_get("counts")?;
    let figures = serde_json::from_str(&counts).map_err(|_| StoreError::Unreadable("figures"))?;
    Ok((row.try_get("unit_id")?, Period(row.try_get("period")?), figures))
}

/// Keeps the figures of a cell.
pub(super) async fn keep_figures(tx: &mut Tx, cell: &Cell, figures: &Figures) -> Result<()> {
    let organisation = tx.organisation().0.clone();
    let counts = serde_json::to_string(figures).map_err(|_| StoreError::Unreadable("figures"))?;
    query(
        "insert into figures (organisation_id, unit_id, period, classification, counts) values ($1, $2, $3, $4, $5)
         on conflict (organisation_id, unit_id, period, classification) do update set counts = excluded.counts",
    )
    .bind(organisation)
    .bind(cell.unit.clone())
    .bind(cell.period.0)
    .bind(cell.classification)
    .bind(counts)
    .execute(tx.connection())
    .await?;
    Ok(())
}

/// Whether anything was ever counted.
pub(super) async fn has_figures(tx: &mut Tx) -> Result<bool> {
    let organisation = tx.organisation().0.clone();
    let row = query("select period from figures where organisation_id = $1 limit 1")
        .bind(organisation)
        .fetch_optional(tx.connection())
        .await?;
    Ok(row.is_some())
}

/// The letters of which the house owed a step between these moments, for each unit and step.
pub(super) async fn due_between(
    tx: &mut Tx,
    clearance: Classification,
    from: Moment,
    until: Moment,
) -> Result<Vec<(UnitId, Open, i64)>> {
    let organisation = tx.organisation().0.clone();
    let rows = query(concat!(
        "select d.acting_unit_id, d.state, count(*) from (select l.state, ",
        acting_unit!(),
        " as acting_unit_id from letters l where l.organisation_id = $1 and ",
        owed!(),
        " and ",
        due!(),
        " >= $2 and ",
        due!(),
        " < $3 and l.classification <= $4) d group by d.acting_unit_id, d.state",
    ))
    .bind(organisation)
    .bind(from.0)
    .bind(until.0)
    .bind(clearance.level())
    .fetch_all(tx.connection())
    .await?;
    let mut found = Vec::with_capacity(rows.len());
    for row in rows {
        let open = Open::of(row.try_get("state")?).ok_or(StoreError::Unreadable("state"))?;
        found.push((UnitId::stored(row.try_get("acting_unit_id")?), open, row.try_get(2)?));
    }
    Ok(found)
}

/// A change of a submitted letter that came before that moment and after what is counted.
pub(super) async fn oldest_uncounted(tx: &mut Tx, before: Moment) -> Result<Option<Moment>> {
    let organisation = tx.organisation().0.clone();
    let row = query(
        "select l.changed_at from letters l
         where l.organisation_id = $1 and l.changed_at < $2 and l.submitted_at is not null
           and l.changed_at > coalesce((select u.changed_at from counted_until u where u.organisation_id = $1), 0)
         order by l.changed_at limit 1",
    )
    .bind(organisation)
    .bind(before.0)
    .fetch_optional(tx.connection())
    .await?;
    row.map(|row| Ok(Moment(row.try_get(0)?))).transpose()
}
