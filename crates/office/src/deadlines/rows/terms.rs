//! The SQL of terms. An empty unit or kind stands for all.

use pishkhan_store::{Result, Row, StoreError, Tx, query};
use sqlx::any::AnyRow;

use crate::deadlines::term::{SetTerm, Step, Term};
use crate::ids::{Id, KindId, UnitId};

/// All terms that the organisation has set, the general ones first.
pub async fn list(tx: &mut Tx) -> Result<Vec<SetTerm>> {
    let organisation = tx.organisation().0.clone();
    query("select * from terms where organisation_id = $1 order by kind_id, unit_id, step")
        .bind(organisation)
        .fetch_all(tx.connection())
        .await?
        .iter()
        .map(set_term)
        .collect()
}

/// The term of unit and kind, else of the kind, else of the unit, else of the organisation.
pub(in crate::deadlines) async fn most_specific(
    tx: &mut Tx,
    unit: &UnitId,
    kind: Option<&KindId>,
    step: Step,
) -> Result<Option<SetTerm>> {
    let organisation = tx.organisation().0.clone();
    query(
        "select * from terms
         where organisation_id = $1 and step = $2 and unit_id in ('', $3) and kind_id in ('', $4)
         order by kind_id desc, unit_id desc limit 1",
    )
    .bind(organisation)
    .bind(step.as_str())
    .bind(unit.as_str())
    .bind(text(kind))
    .fetch_optional(tx.connection())
    .await?
    .map(|row| set_term(&row))
    .transpose()
}

pub(in crate::deadlines) async fn put(tx: &mut Tx, set: &SetTerm) -> Result<()> {
    let organisation = tx.organisation().0.clone();
    let (amount, measure) = set.term.stored();
    query(
        "insert into terms (organisation_id, unit_id, kind_id, step, amount, measure, basis)
         values ($1, $2, $3, $4, $5, $6, $7)
         on conflict (organisation_id, unit_id, kind_id, step)
         do update set amount = excluded.amount, measure = excluded.measure, basis = excluded.basis",
    )
    .bind(organisation)
    .bind(text(set.unit.as_ref()))
    .bind(text(set.kind.as_ref()))
    .bind(set.step.as_str())
    .bind(amount)
    .bind(measure)
    .bind(&set.basis)
    .execute(tx.connection())
    .await?;
    Ok(())
}

pub(in crate::deadlines) async fn remove(
    tx: &mut Tx,
    unit: Option<&UnitId>,
    kind: Option<&KindId>,
    step: Step,
) -> Result<bool> {
    let organisation = tx.organisation().0.clone();
    let done = query("delete from terms where organisation_id = $1 and unit_id = $2 and kind_id = $3 and step = $4")
        .bind(organisation)
        .bind(text(unit))
        .bind(text(kind))
        .bind(step.as_str())
        .execute(tx.connection())
        .await?;
    Ok(done.rows_affected() == 1)
}

fn text<T>(id: Option<&Id<T>>) -> String {
    id.map_or(String::new(), ToString::to_string)
}

fn set_term(row: &AnyRow) -> Result<SetTerm> {
    let unreadable = || StoreError::Unreadable("term");
    let (unit, kind): (String, String) = (row.try_get("unit_id")?, row.try_get("kind_id")?);
    Ok(SetTerm {
        unit: (!unit.is_empty()).then(|| UnitId::stored(&unit)),
        kind: (!kind.is_empty()).then(|| KindId::stored(&kind)),
        step: Step::parse(row.try_get("step")?).ok_or_else(unreadable)?,
        term: Term::of_stored(row.try_get("amount")?, row.try_get("measure")?).ok_or_else(unreadable)?,
        basis: row.try_get("basis")?,
    })
}
