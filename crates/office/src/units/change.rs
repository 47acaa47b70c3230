//! Adding, changing and archiving units.

use pishkhan_persian::text::stored_line;
use pishkhan_store::{StoreError, Tx};

use super::{Unit, rows};
use crate::ids::{RegisterId, UnitId};
use crate::letters::{Above, Classification};
use crate::registry::{self, UNIT_SIGNS, is_sign_of_numbers};

/// What is said of a unit.
#[derive(Clone, Debug)]
pub struct UnitParticulars {
    pub name: String,
    pub name_english: String,
    pub code: String,
    pub register: RegisterId,
    pub parent: Option<UnitId>,
    pub needs_signature: bool,
    pub outgoing_register: Option<RegisterId>,
}

#[derive(Debug, thiserror::Error)]
pub enum UnitError {
    #[error("the name is empty or longer than 80 characters")]
    BadName,
    #[error("the code is 1 to 8 letters, digits, hyphens, dots and slashes")]
    BadCode,
    #[error("a unit with that code exists already")]
    CodeTaken,
    #[error("there is no such register")]
    NoRegister,
    #[error("there is no such unit")]
    Unknown,
    #[error("there is no such unit above it, or it would stand above itself")]
    BadParent,
    #[error("the unit has {0} open letters; they must be decided or redirected first")]
    HasOpenLetters(i64),
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Adds a unit at the end of the list that senders choose from.
pub async fn add(tx: &mut Tx, particulars: &UnitParticulars) -> Result<Unit, UnitError> {
    let unit = checked(tx, UnitId::random(), None, particulars).await?;
    if rows::find_by_code(tx, &unit.code).await?.is_some() {
        return Err(UnitError::CodeTaken);
    }
    rows::insert(tx, &unit).await?;
    Ok(unit)
}

/// Changes a unit; numbers already given stay as they were printed.
pub async fn change(tx: &mut Tx, id: &UnitId, particulars: &UnitParticulars) -> Result<Unit, UnitError> {
    let before = rows::find(tx, id).await?.ok_or(UnitError::Unknown)?;
    let mut unit = checked(tx, id.clone(), Some(&before.code), particulars).await?;
    unit.is_archived = before.is_archived;
    if rows::find_by_code(tx, &unit.code).await?.is_some_and(|other| other.id != unit.id) {
        return Err(UnitError::CodeTaken);
    }
    rows::update(tx, &unit).await?;
    Ok(unit)
}

/// Takes a unit out of the list; it must have no open letter, since nobody would work on it.
pub async fn archive(tx: &mut Tx, id: &UnitId) -> Result<(), UnitError> {
    rows::find(tx, id).await?.ok_or(UnitError::Unknown)?;
    match rows::count_open_letters(tx, id).await? {
        0 => Ok(rows::archive(tx, id).await?),
        open => Err(UnitError::HasOpenLetters(open)),
    }
}

async fn checked(
    tx: &mut Tx,
    id: UnitId,
    code_before: Option<&str>,
    particulars: &UnitParticulars,
) -> Result<Unit, UnitError> {
    let name = stored_line(&particulars.name);
    let name_english = stored_line(&particulars.name_english);
    if name.is_empty() || name.chars().count() > 80 || name_english.chars().count() > 80 {
        return Err(UnitError::BadName);
    }
    let code = stored_line(&particulars.code);
    let is_good = !code.is_empty() && code.chars().count() <= UNIT_SIGNS && code.chars().all(is_sign_of_numbers);
    // One of old with other signs stays as long as nobody changes it.
    if !is_good && code_before != Some(code.as_str()) {
        return Err(UnitError::BadCode);
    }
    let register = registry::find(tx, &particulars.register).await?.ok_or(UnitError::NoRegister)?;
    if let Some(outgoing) = &particulars.outgoing_register {
        registry::find(tx, outgoing).await?.ok_or(UnitError::NoRegister)?;
    }
    if let Some(parent) = &particulars.parent {
        is_free_of(tx, parent, &id).await?;
    }
    Ok(Unit {
        id,
        name,
        name_english,
        code,
        register: register.id,
        parent: particulars.parent.clone(),
        needs_signature: particulars.needs_signature,
        outgoing_register: particulars.outgoing_register.clone(),
        is_archived: false,
    })
}

/// Refuses a parent that doesn't exist, or that stands below the unit itself.
async fn is_free_of(tx: &mut Tx, parent: &UnitId, unit: &UnitId) -> Result<(), UnitError> {
    let mut above = Some(parent.clone());
    while let Some(id) = above {
        if id == *unit {
            return Err(UnitError::BadParent);
        }
        above = rows::find(tx, &id).await?.ok_or(UnitError::BadParent)?.parent;
    }
    Ok(())
}

/// The nearest level above that unit where somebody signs who may see letters of this classification; where nobody may, one level
/// above, since it must be said of somebody.
pub async fn above(tx: &mut Tx, unit: &UnitId, classification: Classification) -> Result<Above, StoreError> {
    if let Some(above) = signed_above(tx, unit, classification).await? {
        return Ok(above);
    }
    let parent = rows::find(tx, unit).await?.and_then(|unit| unit.parent);
    Ok(parent.map_or(Above::Organisation, Above::Unit))
}

/// The nearest level above that unit where somebody signs who may see letters of this classification; None where nobody may.
pub(crate) async fn signed_above(
    tx: &mut Tx,
    unit: &UnitId,
    classification: Classification,
) -> Result<Option<Above>, StoreError> {
    let mut next = rows::find(tx, unit).await?.and_then(|unit| unit.parent);
    while let Some(id) = next {
        if rows::has_signer(tx, Some(&id), classification).await? {
            return Ok(Some(Above::Unit(id)));
        }
        next = rows::find(tx, &id).await?.and_then(|unit| unit.parent);
    }
    Ok(rows::has_signer(tx, None, classification).await?.then_some(Above::Organisation))
}
