//! What time has come for: letters whose window is over, and those that wait for whoever's turn it is.

use pishkhan_store::{Moment, Result, Row, Tx, query};
use sqlx::any::AnyRow;

use crate::ids::{StaffId, UnitId};
use crate::letters::letter::{Classification, Letter};
use crate::letters::rows;

/// Answered letters whose sender can't object any more.
pub(in crate::letters) async fn to_close(tx: &mut Tx, most: u32) -> Result<Vec<Letter>> {
    let (organisation, now) = (tx.organisation().0.clone(), tx.now().0);
    query(
        "select * from letters where organisation_id = $1 and state = 'answered' and objection_until_at <= $2
         order by objection_until_at, id limit $3",
    )
    .bind(organisation)
    .bind(now)
    .bind(i64::from(most))
    .fetch_all(tx.connection())
    .await?
    .iter()
    .map(rows::letter)
    .collect()
}

/// Objections that nobody can decide where they lie, although somebody above their unit signs who may see them. Who was invited anew is there
/// still.
pub(in crate::letters) async fn to_raise(tx: &mut Tx, most: u32) -> Result<Vec<Letter>> {
    let organisation = tx.organisation().0.clone();
    query(
        "select l.* from letters l
         where l.organisation_id = $1 and l.state = 'objected'
           and not exists (select 1 from posts p join staff s on s.organisation_id = p.organisation_id and s.id = p.staff_id
                           where p.organisation_id = l.organisation_id and p.unit_id = l.raised_to_unit_id
                             and p.role = 'signer' and p.ended_at is null and s.disabled_at is null
                             and s.clearance >= l.classification)
           and exists (with recursive levels (unit_id) as (
                           select u.parent_id from units u where u.organisation_id = l.organisation_id
                             and u.id = coalesce(nullif(l.holder_unit_id, ''), l.unit_id)
                           union
                           select u.parent_id from levels join units u
                             on u.organisation_id = l.organisation_id and u.id = levels.unit_id)
                       select 1 from levels
                       join posts p on p.organisation_id = l.organisation_id and p.unit_id = levels.unit_id
                       join staff s on s.organisation_id = p.organisation_id and s.id = p.staff_id
                       where p.role = 'signer' and p.ended_at is null and s.disabled_at is null
                         and s.password_hash is not null and s.clearance >= l.classification)
         order by l.objection_due_at, l.id limit $2",
    )
    .bind(organisation)
    .bind(i64::from(most))
    .fetch_all(tx.connection())
    .await?
    .iter()
    .map(rows::letter)
    .collect()
}

/// The reviewer with the fewest letters under review, if they have less than `most`; of several, the one who was given a letter
/// the longest ago. Who was invited and never came is not there.
pub(in crate::letters) async fn freest_reviewer(tx: &mut Tx, most: u32) -> Result<Option<StaffId>> {
    let organisation = tx.organisation().0.clone();
    let row = query(
        "select s.id,
                (select count(*) from letters l where l.organisation_id = s.organisation_id and l.state = 'submitted'
                   and l.reviewer_id = s.id) as load,
                (select coalesce(max(l.submitted_at), 0) from letters l where l.organisation_id = s.organisation_id
                   and l.state = 'submitted' and l.reviewer_id = s.id) as latest
         from staff s
         where s.organisation_id = $1 and s.disabled_at is null and s.password_hash is not null
           and exists (select 1 from posts p where p.organisation_id = s.organisation_id and p.staff_id = s.id
                         and p.ended_at is null and p.role = 'reviewer')
         order by load, latest, s.id limit 1",
    )
    .bind(organisation)
    .fetch_optional(tx.connection())
    .await?;
    free(row.as_ref(), most)
}

/// New letters of the unit up to that classification, registered until then, that nobody has in hand: what is due first on top.
pub(in crate::letters) async fn to_share(
    tx: &mut Tx,
    unit: &UnitId,
    level: Classification,
    until: Moment,
    most: u32,
) -> Result<Vec<Letter>> {
    let organisation = tx.organisation().0.clone();
    query(
        "select * from letters where organisation_id = $1 and state = 'registered' and holder_unit_id = $2
           and registered_at <= $3 and classification <= $5
         order by answer_due_at, submitted_at, id limit $4",
    )
    .bind(organisation)
    .bind(unit.as_str())
    .bind(until.0)
    .bind(i64::from(most))
    .bind(level.level())
    .fetch_all(tx.connection())
    .await?
    .iter()
    .map(rows::letter)
    .collect()
}

/// The officer of the unit with the fewest of its letters in hand, if they have less than `most` and may see such a letter; of several,
/// the one into whose hand one came the longest ago. Who was invited and never came is not there.
pub(in crate::letters) async fn freest_officer(
    tx: &mut Tx,
    unit: &UnitId,
    most: u32,
    classification: Classification,
) -> Result<Option<StaffId>> {
    let organisation = tx.organisation().0.clone();
    let row = query(
        "select s.id,
                (select count(*) from letters l where l.organisation_id = s.organisation_id and l.officer_id = s.id
                   and l.holder_unit_id = $2 and l.state in ('in_progress', 'awaiting_sender', 'answer_review')) as load,
                (select coalesce(max(l.taken_at), 0) from letters l where l.organisation_id = s.organisation_id
                   and l.officer_id = s.id and l.holder_unit_id = $2
                   and l.state in ('in_progress', 'awaiting_sender', 'answer_review')) as latest
         from staff s
         where s.organisation_id = $1 and s.disabled_at is null and s.password_hash is not null and s.clearance >= $3
           and exists (select 1 from posts p where p.organisation_id = s.organisation_id and p.staff_id = s.id
                         and p.unit_id = $2 and p.ended_at is null and p.role = 'officer')
         order by load, latest, s.id limit 1",
    )
    .bind(organisation)
    .bind(unit.as_str())
    .bind(classification.level())
    .fetch_optional(tx.connection())
    .await?;
    free(row.as_ref(), most)
}

/// How many letters of the unit each of those has in hand who have any.
pub async fn loads(tx: &mut Tx, unit: &UnitId) -> Result<Vec<(StaffId, u64)>> {
    let organisation = tx.organisation().0.clone();
    let rows = query(
        "select officer_id, count(*) as load from letters
         where organisation_id = $1 and holder_unit_id = $2 and state in ('in_progress', 'awaiting_sender', 'answer_review')
           and officer_id is not null
         group by officer_id",
    )
    .bind(organisation)
    .bind(unit.as_str())
    .fetch_all(tx.connection())
    .await?;
    let load = |row: &AnyRow| {
        let load: i64 = row.try_get("load")?;
        Ok((StaffId::stored(row.try_get("officer_id")?), u64::try_from(load).unwrap_or(0)))
    };
    rows.iter().map(load).collect()
}

/// Who is found there, if they have room.
fn free(row: Option<&AnyRow>, most: u32) -> Result<Option<StaffId>> {
    let Some(row) = row else { return Ok(None) };
    let load: i64 = row.try_get("load")?;
    let id: String = row.try_get("id")?;
    Ok((load < i64::from(most)).then(|| StaffId::stored(&id)))
}
