//! Taking a number.

use pishkhan_persian::{TrackingCode, calendar};
use pishkhan_store::{Moment, StoreError, Tx};

use super::{Direction, Entry, Outgoing, Register, rows};
use crate::ids::{LetterId, RegisterId, StaffId, random_bytes};
use crate::units::Unit;

#[derive(Debug, thiserror::Error)]
pub enum TakeError {
    /// The clock stands before the register's last entry: a number now would be back-dated.
    #[error("the server's clock is behind the register's last entry; nothing is registered until it is right")]
    ClockWentBack,
    /// Somebody registered the letter while we waited for the counter.
    #[error("the letter has a number already")]
    HasNumber,
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Takes the next number of the unit's register in this Jalali year, Tehran time, and enters it in the book.
///
/// The counter's row is locked until the commit; a transaction that is undone gives its number back.
pub async fn take_number(tx: &mut Tx, unit: &Unit, letter: &LetterId, by: &StaffId) -> Result<Entry, TakeError> {
    let register = rows::find(tx, &unit.register).await?.ok_or(StoreError::Unreadable("register"))?;
    let Taken { year, number, at, printed } = take(tx, &register, unit).await?;
    let tracking = free_tracking_code(tx).await?;
    let entry = Entry { at, year, number, printed, direction: register.direction, tracking };
    rows::insert_entry(tx, &register.id, &entry, letter, by).await.map_err(|error| match error {
        error if error.is_taken() => TakeError::HasNumber,
        error => TakeError::Store(error),
    })?;
    Ok(entry)
}

/// Takes the next number of the unit's outgoing register for an answer, in the same way; None where the unit has none.
pub async fn take_outgoing(
    tx: &mut Tx,
    unit: &Unit,
    letter: &LetterId,
    by: &StaffId,
) -> Result<Option<Outgoing>, TakeError> {
    let Some(register) = &unit.outgoing_register else { return Ok(None) };
    let register = rows::find(tx, register).await?.ok_or(StoreError::Unreadable("register"))?;
    let Taken { year, number, at, printed } = take(tx, &register, unit).await?;
    let outgoing = Outgoing { at, printed, direction: register.direction };
    rows::insert_outgoing(tx, &register.id, year, number, &outgoing, letter, by).await?;
    Ok(Some(outgoing))
}

/// A number just taken.
struct Taken {
    year: i64,
    number: i64,
    at: Moment,
    printed: String,
}

async fn take(tx: &mut Tx, register: &Register, unit: &Unit) -> Result<Taken, TakeError> {
    let year = i64::from(calendar::jalali_year(tx.now().0));
    let (number, at) = rows::count_up(tx, &register.id, year).await?.ok_or(TakeError::ClockWentBack)?;
    if rows::has_later_year(tx, &register.id, year).await? {
        return Err(TakeError::ClockWentBack);
    }
    let printed = register.template.print(&register.prefix, year, &unit.code, number);
    Ok(Taken { year, number, at, printed })
}

/// The number that a registration now would print; somebody else may be first.
pub async fn preview(tx: &mut Tx, unit: &Unit) -> Result<String, StoreError> {
    Ok(next(tx, &unit.register, unit).await?.0)
}

/// The number that an answer issued now would have, and how it is read; None where the unit has no outgoing register.
pub async fn preview_outgoing(tx: &mut Tx, unit: &Unit) -> Result<Option<(String, Direction)>, StoreError> {
    match &unit.outgoing_register {
        Some(register) => Ok(Some(next(tx, register, unit).await?)),
        None => Ok(None),
    }
}

async fn next(tx: &mut Tx, register: &RegisterId, unit: &Unit) -> Result<(String, Direction), StoreError> {
    let register = rows::find(tx, register).await?.ok_or(StoreError::Unreadable("register"))?;
    let year = i64::from(calendar::jalali_year(tx.now().0));
    let next = rows::last_number(tx, &register.id, year).await? + 1;
    Ok((register.template.print(&register.prefix, year, &unit.code, next), register.direction))
}

/// A tracking code that no letter has. 36 random bits are plenty for one try; the loop is for the day they aren't.
async fn free_tracking_code(tx: &mut Tx) -> Result<TrackingCode, StoreError> {
    loop {
        let code = TrackingCode::from_random(u64::from_le_bytes(random_bytes()));
        if !rows::is_tracking_code_taken(tx, code.as_str()).await? {
            return Ok(code);
        }
    }
}
