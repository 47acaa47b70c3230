//! The SQL of registers, counters and the indicator book.

use pishkhan_store::{Moment, Result, Row, StoreError, Tx, query};
use sqlx::any::AnyRow;

use super::{Direction, Entry, Outgoing, Register, Template};
use crate::ids::{LetterId, RegisterId, StaffId};

/// That register of the organisation.
pub async fn find(tx: &mut Tx, id: &RegisterId) -> Result<Option<Register>> {
    let organisation = tx.organisation().0.clone();
    query("select * from registers where organisation_id = $1 and id = $2")
        .bind(organisation)
        .bind(id.as_str())
        .fetch_optional(tx.connection())
        .await?
        .map(|row| register(&row))
        .transpose()
}

/// The register in which this letter was entered when it came in.
pub async fn register_of(tx: &mut Tx, letter: &LetterId) -> Result<Option<Register>> {
    let organisation = tx.organisation().0.clone();
    query(
        "select r.* from entries e
         join registers r on r.organisation_id = e.organisation_id and r.id = e.register_id
         where e.organisation_id = $1 and e.letter_id = $2 and e.kind = 'incoming' and e.voided_at is null",
    )
    .bind(organisation)
    .bind(letter.as_str())
    .fetch_optional(tx.connection())
    .await?
    .map(|row| register(&row))
    .transpose()
}

/// All registers of the organisation.
pub async fn list(tx: &mut Tx) -> Result<Vec<Register>> {
    let organisation = tx.organisation().0.clone();
    query("select * from registers where organisation_id = $1 order by name, id")
        .bind(organisation)
        .fetch_all(tx.connection())
        .await?
        .iter()
        .map(register)
        .collect()
}

/// The last number taken in that year; 0 when there is none.
pub async fn last_number(tx: &mut Tx, register: &RegisterId, year: i64) -> Result<i64> {
    let organisation = tx.organisation().0.clone();
    let row = query("select last_number from counters where organisation_id = $1 and register_id = $2 and year = $3")
        .bind(organisation)
        .bind(register.as_str())
        .bind(year)
        .fetch_optional(tx.connection())
        .await?;
    Ok(row.map(|row| row.try_get(0)).transpose()?.unwrap_or(0))
}

/// All numbers of that year, in order; for checking that none is missing.
pub async fn numbers_of(tx: &mut Tx, register: &RegisterId, year: i64) -> Result<Vec<i64>> {
    let organisation = tx.organisation().0.clone();
    let rows = query(
        "select number from entries where organisation_id = $1 and register_id = $2 and year = $3 order by number",
    )
    .bind(organisation)
    .bind(register.as_str())
    .bind(year)
    .fetch_all(tx.connection())
    .await?;
    rows.iter().map(|row| Ok(row.try_get(0)?)).collect()
}

/// Counts up and locks the counter until the commit; the moment is never before the last number's. None when that one was taken
/// later than now.
pub(super) async fn count_up(tx: &mut Tx, register: &RegisterId, year: i64) -> Result<Option<(i64, Moment)>> {
    let organisation = tx.organisation().0.clone();
    let now = tx.now().0;
    let row = query(
        "insert into counters (organisation_id, register_id, year, last_number, last_taken_at)
         values ($1, $2, $3, 1, $4)
         on conflict (organisation_id, register_id, year) do update
         set last_number = counters.last_number + 1,
             last_taken_at = case when counters.last_taken_at > excluded.last_taken_at
                                  then counters.last_taken_at else excluded.last_taken_at end
         where counters.last_taken_at <= excluded.last_taken_at + $5
         returning last_number, last_taken_at",
    )
    .bind(organisation)
    .bind(register.as_str())
    .bind(year)
    .bind(now)
    .bind(CONCURRENCY)
    .fetch_optional(tx.connection())
    .await?;
    row.map(|row| Ok((row.try_get(0)?, Moment(row.try_get(1)?)))).transpose()
}

/// Registrations that wait for each other may read the clock in another order than they get their numbers; by so many
/// milliseconds the clock may seem to go back before it is one that was set back.
const CONCURRENCY: i64 = 10_000;

/// Whether the register has already counted in a later year.
pub(super) async fn has_later_year(tx: &mut Tx, register: &RegisterId, year: i64) -> Result<bool> {
    let organisation = tx.organisation().0.clone();
    let row = query("select count(*) from counters where organisation_id = $1 and register_id = $2 and year > $3")
        .bind(organisation)
        .bind(register.as_str())
        .bind(year)
        .fetch_one(tx.connection())
        .await?;
    Ok(row.try_get::<i64, _>(0)? > 0)
}

pub(super) async fn insert_entry(
    tx: &mut Tx,
    register: &RegisterId,
    entry: &Entry,
    letter: &LetterId,
    by: &StaffId,
) -> Result<()> {
    let organisation = tx.organisation().0.clone();
    query(
        "insert into entries
             (organisation_id, register_id, year, number, printed, letter_id, registered_at, registered_by)
         values ($1, $2, $3, $4, $5, $6, $7, $8)",
    )
    .bind(organisation)
    .bind(register.as_str())
    .bind(entry.year)
    .bind(entry.number)
    .bind(&entry.printed)
    .bind(letter.as_str())
    .bind(entry.at.0)
    .bind(by.as_str())
    .execute(tx.connection())
    .await?;
    Ok(())
}

/// Crosses out the letter's incoming entry that holds; false when it has none.
pub(super) async fn void_entry(tx: &mut Tx, letter: &LetterId, by: &StaffId, reason: &str) -> Result<bool> {
    let organisation = tx.organisation().0.clone();
    let now = tx.now().0;
    let voided = query(
        "update entries set voided_at = $3, voided_by = $4, void_reason = $5
         where organisation_id = $1 and letter_id = $2 and kind = 'incoming' and voided_at is null",
    )
    .bind(organisation)
    .bind(letter.as_str())
    .bind(now)
    .bind(by.as_str())
    .bind(reason)
    .execute(tx.connection())
    .await?;
    Ok(voided.rows_affected() == 1)
}

/// Crosses out the outgoing entry of a letter's answer that was entered under this number at that moment; false when there is none.
pub(super) async fn void_outgoing(
    tx: &mut Tx,
    letter: &LetterId,
    by: &StaffId,
    printed: &str,
    at: Moment,
    reason: &str,
) -> Result<bool> {
    let (organisation, now) = (tx.organisation().0.clone(), tx.now().0);
    let voided = query(
        "update entries set voided_at = $5, voided_by = $6, void_reason = $7
         where organisation_id = $1 and letter_id = $2 and kind = 'outgoing' and printed = $3 and registered_at = $4
           and voided_at is null",
    )
    .bind(organisation)
    .bind(letter.as_str())
    .bind(printed)
    .bind(at.0)
    .bind(now)
    .bind(by.as_str())
    .bind(reason)
    .execute(tx.connection())
    .await?;
    Ok(voided.rows_affected() == 1)
}

/// Enters an answer's number.
pub(super) async fn insert_outgoing(
    tx: &mut Tx,
    register: &RegisterId,
    year: i64,
    number: i64,
    outgoing: &Outgoing,
    letter: &LetterId,
    by: &StaffId,
) -> Result<()> {
    let organisation = tx.organisation().0.clone();
    query(
        "insert into entries
             (organisation_id, register_id, year, number, printed, letter_id, registered_at, registered_by, kind)
         values ($1, $2, $3, $4, $5, $6, $7, $8, 'outgoing')",
    )
    .bind(organisation)
    .bind(register.as_str())
    .bind(year)
    .bind(number)
    .bind(&outgoing.printed)
    .bind(letter.as_str())
    .bind(outgoing.at.0)
    .bind(by.as_str())
    .execute(tx.connection())
    .await?;
    Ok(())
}

pub(super) async fn is_tracking_code_taken(tx: &mut Tx, code: &str) -> Result<bool> {
    let organisation = tx.organisation().0.clone();
    let row = query("select count(*) from letters where organisation_id = $1 and tracking_code = $2")
        .bind(organisation)
        .bind(code)
        .fetch_one(tx.connection())
        .await?;
    Ok(row.try_get::<i64, _>(0)? > 0)
}

pub(super) async fn insert(tx: &mut Tx, register: &Register) -> Result<()> {
    let organisation = tx.organisation().0.clone();
    query(
        "insert into registers (organisation_id, id, name, template, prefix, direction)
         values ($1, $2, $3, $4, $5, $6)",
    )
    .bind(organisation)
    .bind(register.id.as_str())
    .bind(&register.name)
    .bind(register.template.as_str())
    .bind(&register.prefix)
    .bind(register.direction.as_str())
    .execute(tx.connection())
    .await?;
    Ok(())
}

pub(super) async fn update(tx: &mut Tx, register: &Register) -> Result<()> {
    let organisation = tx.organisation().0.clone();
    query(
        "update registers set name = $3, template = $4, prefix = $5, direction = $6
         where organisation_id = $1 and id = $2",
    )
    .bind(organisation)
    .bind(register.id.as_str())
    .bind(&register.name)
    .bind(register.template.as_str())
    .bind(&register.prefix)
    .bind(register.direction.as_str())
    .execute(tx.connection())
    .await?;
    Ok(())
}

fn register(row: &AnyRow) -> Result<Register> {
    let template: String = row.try_get("template")?;
    let direction: String = row.try_get("direction")?;
    Ok(Register {
        id: RegisterId::stored(row.try_get("id")?),
        name: row.try_get("name")?,
        template: Template::parse(&template).map_err(|_| StoreError::Unreadable("template"))?,
        prefix: row.try_get("prefix")?,
        direction: Direction::parse(&direction).ok_or(StoreError::Unreadable("direction"))?,
    })
}
