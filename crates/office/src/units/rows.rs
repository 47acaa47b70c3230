//! The SQL of units.

use pishkhan_store::{Result, Row, Tx, query};
use sqlx::any::AnyRow;

use super::Unit;
use crate::ids::{RegisterId, StaffId, UnitId};
use crate::letters::Classification;

/// That unit of the organisation, archived or not.
pub async fn find(tx: &mut Tx, id: &UnitId) -> Result<Option<Unit>> {
    let organisation = tx.organisation().0.clone();
    query("select * from units where organisation_id = $1 and id = $2")
        .bind(organisation)
        .bind(id.as_str())
        .fetch_optional(tx.connection())
        .await?
        .map(|row| unit(&row))
        .transpose()
}

/// The unit of that code that is not archived.
pub async fn find_by_code(tx: &mut Tx, code: &str) -> Result<Option<Unit>> {
    let organisation = tx.organisation().0.clone();
    query("select * from units where organisation_id = $1 and code = $2 and archived_at is null")
        .bind(organisation)
        .bind(code)
        .fetch_optional(tx.connection())
        .await?
        .map(|row| unit(&row))
        .transpose()
}

/// The units that letters can be sent to, in the organisation's order.
pub async fn list_open(tx: &mut Tx) -> Result<Vec<Unit>> {
    let organisation = tx.organisation().0.clone();
    query("select * from units where organisation_id = $1 and archived_at is null order by position, id")
        .bind(organisation)
        .fetch_all(tx.connection())
        .await?
        .iter()
        .map(unit)
        .collect()
}

/// All units, archived ones too.
pub async fn list(tx: &mut Tx) -> Result<Vec<Unit>> {
    let organisation = tx.organisation().0.clone();
    query("select * from units where organisation_id = $1 order by position, id")
        .bind(organisation)
        .fetch_all(tx.connection())
        .await?
        .iter()
        .map(unit)
        .collect()
}

/// The units in which new letters come to officers by turn, each with how many an officer has in hand at most.
pub async fn turns(tx: &mut Tx) -> Result<Vec<(UnitId, u32)>> {
    let organisation = tx.organisation().0.clone();
    let rows = query(
        "select id, turn_load from units
         where organisation_id = $1 and turn_load is not null and archived_at is null order by position, id",
    )
    .bind(organisation)
    .fetch_all(tx.connection())
    .await?;
    let mut turns = Vec::with_capacity(rows.len());
    for row in &rows {
        let load: i64 = row.try_get("turn_load")?;
        turns.push((UnitId::stored(row.try_get("id")?), u32::try_from(load).unwrap_or(u32::MAX)));
    }
    Ok(turns)
}

/// Gives new letters to the unit's officers by turn, so many in hand at most to each, or leaves them to be taken or handed over.
pub async fn set_turns(tx: &mut Tx, unit: &UnitId, load: Option<u32>) -> Result<()> {
    let organisation = tx.organisation().0.clone();
    query("update units set turn_load = $3 where organisation_id = $1 and id = $2")
        .bind(organisation)
        .bind(unit.as_str())
        .bind(load.map(i64::from))
        .execute(tx.connection())
        .await?;
    Ok(())
}

pub(super) async fn insert(tx: &mut Tx, unit: &Unit) -> Result<()> {
    let organisation = tx.organisation().0.clone();
    let now = tx.now().0;
    query(
        "insert into units (organisation_id, id, name, name_english, code, register_id, parent_id, signature_needed_at,
                            outgoing_register_id, position)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9,
                 (select coalesce(max(position), 0) + 1 from units where organisation_id = $1))",
    )
    .bind(organisation)
    .bind(unit.id.as_str())
    .bind(&unit.name)
    .bind(&unit.name_english)
    .bind(&unit.code)
    .bind(unit.register.as_str())
    .bind(unit.parent.as_ref().map_or("", UnitId::as_str))
    .bind(unit.needs_signature.then_some(now))
    .bind(unit.outgoing_register.as_ref().map_or("", RegisterId::as_str))
    .execute(tx.connection())
    .await?;
    Ok(())
}

pub(super) async fn update(tx: &mut Tx, unit: &Unit) -> Result<()> {
    let organisation = tx.organisation().0.clone();
    let now = tx.now().0;
    query(
        "update units set name = $3, name_english = $4, code = $5, register_id = $6, parent_id = $7,
                signature_needed_at = case when $8 is null then null else coalesce(signature_needed_at, $8) end,
                outgoing_register_id = $9
         where organisation_id = $1 and id = $2",
    )
    .bind(organisation)
    .bind(unit.id.as_str())
    .bind(&unit.name)
    .bind(&unit.name_english)
    .bind(&unit.code)
    .bind(unit.register.as_str())
    .bind(unit.parent.as_ref().map_or("", UnitId::as_str))
    .bind(unit.needs_signature.then_some(now))
    .bind(unit.outgoing_register.as_ref().map_or("", RegisterId::as_str))
    .execute(tx.connection())
    .await?;
    Ok(())
}

pub(super) async fn archive(tx: &mut Tx, id: &UnitId) -> Result<()> {
    let organisation = tx.organisation().0.clone();
    let now = tx.now().0;
    query("update units set archived_at = $3 where organisation_id = $1 and id = $2 and archived_at is null")
        .bind(organisation)
        .bind(id.as_str())
        .bind(now)
        .execute(tx.connection())
        .await?;
    Ok(())
}

pub(super) async fn count_open_letters(tx: &mut Tx, id: &UnitId) -> Result<i64> {
    let organisation = tx.organisation().0.clone();
    let row = query(
        "select count(*) from letters
         where organisation_id = $1 and $2 in (unit_id, holder_unit_id)
           and state in ('submitted', 'returned', 'registered', 'in_progress', 'awaiting_sender', 'answer_review', 'objected')",
    )
    .bind(organisation)
    .bind(id.as_str())
    .fetch_one(tx.connection())
    .await?;
    Ok(row.try_get(0)?)
}

/// Whether somebody besides this person signs for the unit and may see such a letter.
pub(crate) async fn has_another_signer(
    tx: &mut Tx,
    unit: &UnitId,
    staff: &StaffId,
    classification: Classification,
) -> Result<bool> {
    let organisation = tx.organisation().0.clone();
    let row = query(
        "select s.id from posts p join staff s on s.organisation_id = p.organisation_id and s.id = p.staff_id
         where p.organisation_id = $1 and p.unit_id = $2 and p.role = 'signer' and p.ended_at is null
           and s.id <> $3 and s.clearance >= $4 and s.disabled_at is null and s.password_hash is not null limit 1",
    )
    .bind(organisation)
    .bind(unit.as_str())
    .bind(staff.as_str())
    .bind(classification.level())
    .fetch_optional(tx.connection())
    .await?;
    Ok(row.is_some())
}

/// Whether somebody is there who signs for the unit and may see such a letter, be it after they have accepted an invitation.
pub(crate) async fn is_signed(tx: &mut Tx, unit: &UnitId, classification: Classification) -> Result<bool> {
    let organisation = tx.organisation().0.clone();
    let row = query(
        "select s.id from posts p join staff s on s.organisation_id = p.organisation_id and s.id = p.staff_id
         where p.organisation_id = $1 and p.unit_id = $2 and p.role = 'signer' and p.ended_at is null
           and s.clearance >= $3 and s.disabled_at is null limit 1",
    )
    .bind(organisation)
    .bind(unit.as_str())
    .bind(classification.level())
    .fetch_optional(tx.connection())
    .await?;
    Ok(row.is_some())
}

/// Whether somebody signs for the unit, or for the organisation as a whole, and may see such a letter.
pub(super) async fn has_signer(tx: &mut Tx, unit: Option<&UnitId>, classification: Classification) -> Result<bool> {
    let organisation = tx.organisation().0.clone();
    let row = query(
        "select s.id from posts p join staff s on s.organisation_id = p.organisation_id and s.id = p.staff_id
         where p.organisation_id = $1 and p.unit_id = $2 and p.role = 'signer' and p.ended_at is null
           and s.clearance >= $3 and s.disabled_at is null and s.password_hash is not null limit 1",
    )
    .bind(organisation)
    .bind(unit.map_or("", UnitId::as_str))
    .bind(classification.level())
    .fetch_optional(tx.connection())
    .await?;
    Ok(row.is_some())
}

pub(crate) fn unit(row: &AnyRow) -> Result<Unit> {
    let parent: String = row.try_get("parent_id")?;
    let outgoing: String = row.try_get("outgoing_register_id")?;
    Ok(Unit {
        id: UnitId::stored(row.try_get("id")?),
        name: row.try_get("name")?,
        name_english: row.try_get("name_english")?,
        code: row.try_get("code")?,
        register: RegisterId::stored(row.try_get("register_id")?),
        parent: (!parent.is_empty()).then(|| UnitId::stored(&parent)),
        needs_signature: row.try_get::<Option<i64>, _>("signature_needed_at")?.is_some(),
        outgoing_register: (!outgoing.is_empty()).then(|| RegisterId::stored(&outgoing)),
        is_archived: row.try_get::<Option<i64>, _>("archived_at")?.is_some(),
    })
}
