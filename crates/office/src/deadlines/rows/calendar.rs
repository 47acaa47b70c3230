//! The SQL of weeks and closures. Dates are stored as numbers that people can read: 14050101.

use pishkhan_persian::{JalaliDate, TehranDay};
use pishkhan_store::{Result, Row, StoreError, Tx, query};
use sqlx::any::AnyRow;

use crate::deadlines::calendar::Calendar;
use crate::deadlines::closures::Closure;
use crate::deadlines::week::{Extent, Hours, ValidWeek, Week};
use crate::ids::UnitId;

/// The weeks that were set, a unit's before the organisation's, the last one first.
pub async fn weeks(tx: &mut Tx) -> Result<Vec<ValidWeek>> {
    let organisation = tx.organisation().0.clone();
    query("select * from working_weeks where organisation_id = $1 order by unit_id desc, from_day desc")
        .bind(organisation)
        .fetch_all(tx.connection())
        .await?
        .iter()
        .map(valid_week)
        .collect()
}

/// All closures from one day to another, of the organisation and of its units.
pub async fn closures(tx: &mut Tx, from: JalaliDate, until: JalaliDate) -> Result<Vec<Closure>> {
    let organisation = tx.organisation().0.clone();
    query(
        "select * from closures where organisation_id = $1 and day >= $2 and day <= $3
         order by day, unit_id",
    )
    .bind(organisation)
    .bind(number(from))
    .bind(number(until))
    .fetch_all(tx.connection())
    .await?
    .iter()
    .map(closure)
    .collect()
}

/// How many days of that Jalali year are closed for the whole organisation.
pub async fn count_closures(tx: &mut Tx, year: i32) -> Result<i64> {
    let organisation = tx.organisation().0.clone();
    let row =
        query("select count(*) from closures where organisation_id = $1 and unit_id = '' and day >= $2 and day < $3")
            .bind(organisation)
            .bind(i64::from(year) * 10_000)
            .bind(i64::from(year + 1) * 10_000)
            .fetch_one(tx.connection())
            .await?;
    Ok(row.try_get(0)?)
}

/// The calendar of a unit, or of the organisation as a whole, for the days from `since` on.
pub(in crate::deadlines) async fn load(tx: &mut Tx, unit: Option<&UnitId>, since: TehranDay) -> Result<Calendar> {
    let organisation = tx.organisation().0.clone();
    let weeks = query("select * from working_weeks where organisation_id = $1 and unit_id in ('', $2)")
        .bind(&organisation)
        .bind(unit_text(unit))
        .fetch_all(tx.connection())
        .await?;
    let weeks = weeks.iter().map(valid_week).collect::<Result<_>>()?;
    let closures = query("select * from closures where organisation_id = $1 and unit_id in ('', $2) and day >= $3")
        .bind(organisation)
        .bind(unit_text(unit))
        .bind(number(since.date()))
        .fetch_all(tx.connection())
        .await?;
    let closures = closures.iter().map(closure).collect::<Result<Vec<_>>>()?;
    Ok(Calendar::of(weeks, &closures))
}

pub(in crate::deadlines) async fn insert_week(tx: &mut Tx, valid: &ValidWeek) -> Result<()> {
    let organisation = tx.organisation().0.clone();
    let Hours { opens, closes, half_closes } = valid.week.hours;
    query(
        "insert into working_weeks (organisation_id, unit_id, from_day, until_day, days, opens, closes, half_closes)
         values ($1, $2, $3, $4, $5, $6, $7, $8)",
    )
    .bind(organisation)
    .bind(unit_text(valid.unit.as_ref()))
    .bind(number(valid.from))
    .bind(valid.until.map(number))
    .bind(valid.week.signs())
    .bind(i64::from(opens))
    .bind(i64::from(closes))
    .bind(i64::from(half_closes))
    .execute(tx.connection())
    .await?;
    Ok(())
}

pub(in crate::deadlines) async fn forget_week(tx: &mut Tx, unit: Option<&UnitId>, from: JalaliDate) -> Result<bool> {
    let organisation = tx.organisation().0.clone();
    let done = query("delete from working_weeks where organisation_id = $1 and unit_id = $2 and from_day = $3")
        .bind(organisation)
        .bind(unit_text(unit))
        .bind(number(from))
        .execute(tx.connection())
        .await?;
    Ok(done.rows_affected() == 1)
}

pub(in crate::deadlines) async fn put_closure(tx: &mut Tx, closure: &Closure) -> Result<()> {
    let organisation = tx.organisation().0.clone();
    query(
        "insert into closures (organisation_id, unit_id, day, closed, reason) values ($1, $2, $3, $4, $5)
         on conflict (organisation_id, unit_id, day) do update set closed = excluded.closed, reason = excluded.reason",
    )
    .bind(organisation)
    .bind(unit_text(closure.unit.as_ref()))
    .bind(number(closure.date))
    .bind(if closure.left == Extent::Off { "whole" } else { "half" })
    .bind(&closure.reason)
    .execute(tx.connection())
    .await?;
    Ok(())
}

pub(in crate::deadlines) async fn remove_closures(
    tx: &mut Tx,
    unit: Option<&UnitId>,
    from: JalaliDate,
    until: JalaliDate,
) -> Result<u64> {
    let organisation = tx.organisation().0.clone();
    let done = query("delete from closures where organisation_id = $1 and unit_id = $2 and day >= $3 and day <= $4")
        .bind(organisation)
        .bind(unit_text(unit))
        .bind(number(from))
        .bind(number(until))
        .execute(tx.connection())
        .await?;
    Ok(done.rows_affected())
}

fn unit_text(unit: Option<&UnitId>) -> String {
    unit.map_or(String::new(), ToString::to_string)
}

fn unit_of(row: &AnyRow) -> Result<Option<UnitId>> {
    let text: String = row.try_get("unit_id")?;
    Ok((!text.is_empty()).then(|| UnitId::stored(&text)))
}

fn number(date: JalaliDate) -> i64 {
    i64::from(date.year) * 10_000 + i64::from(date.month) * 100 + i64::from(date.day)
}

fn date(number: i64) -> Result<JalaliDate> {
    let part = |number: i64| u8::try_from(number % 100).unwrap_or_default();
    let year = i32::try_from(number / 10_000).unwrap_or_default();
    JalaliDate::new(year, part(number / 100), part(number)).ok_or(StoreError::Unreadable("date of the calendar"))
}

fn valid_week(row: &AnyRow) -> Result<ValidWeek> {
    let minutes = |column: &str| -> Result<u16> {
        u16::try_from(row.try_get::<i64, _>(column)?).map_err(|_| StoreError::Unreadable("working hours"))
    };
    let days = Week::days_of_signs(row.try_get("days")?).ok_or(StoreError::Unreadable("working week"))?;
    let hours = Hours { opens: minutes("opens")?, closes: minutes("closes")?, half_closes: minutes("half_closes")? };
    Ok(ValidWeek {
        unit: unit_of(row)?,
        from: date(row.try_get("from_day")?)?,
        until: row.try_get::<Option<i64>, _>("until_day")?.map(date).transpose()?,
        week: Week { days, hours },
    })
}

fn closure(row: &AnyRow) -> Result<Closure> {
    let left = match row.try_get("closed")? {
        "whole" => Extent::Off,
        "half" => Extent::Half,
        _ => return Err(StoreError::Unreadable("closure")),
    };
    Ok(Closure { unit: unit_of(row)?, date: date(row.try_get("day")?)?, left, reason: row.try_get("reason")? })
}
