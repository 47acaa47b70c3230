//! Adding and changing registers.

use pishkhan_persian::text::stored_line;
use pishkhan_store::{StoreError, Tx};

use super::template::PRINTED_SIGNS;
use super::{Direction, Register, Template, TemplateError, rows};
use crate::ids::RegisterId;

/// What is said of a register.
#[derive(Clone, Debug)]
pub struct RegisterParticulars {
    pub name: String,
    pub template: String,
    pub prefix: String,
    pub direction: Direction,
}

#[derive(Debug, thiserror::Error)]
pub enum RegisterError {
    #[error("the name is empty or longer than 80 characters")]
    BadName,
    #[error("the prefix is at most 15 letters, digits, hyphens and dots")]
    BadPrefix,
    #[error(transparent)]
    BadTemplate(#[from] TemplateError),
    #[error(
        "a number could be {0} characters long, with a unit's code of 8 and 6 digits, and messages take 25; \
         shorten the prefix or the template"
    )]
    TooLong(usize),
    #[error("there is no such register")]
    Unknown,
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Adds a register; its numbers begin with 1.
pub async fn add(tx: &mut Tx, particulars: &RegisterParticulars) -> Result<Register, RegisterError> {
    let register = short(checked(RegisterId::random(), particulars)?)?;
    rows::insert(tx, &register).await?;
    Ok(register)
}

/// Changes how coming numbers are printed; those already given stay as they are, and counting goes on.
pub async fn change(
    tx: &mut Tx,
    id: &RegisterId,
    particulars: &RegisterParticulars,
) -> Result<Register, RegisterError> {
    let before = rows::find(tx, id).await?.ok_or(RegisterError::Unknown)?;
    let register = checked(id.clone(), particulars)?;
    let prints_as_before = register.template == before.template && register.prefix == before.prefix;
    let register = if prints_as_before { register } else { short(register)? };
    rows::update(tx, &register).await?;
    Ok(register)
}

fn checked(id: RegisterId, particulars: &RegisterParticulars) -> Result<Register, RegisterError> {
    let name = stored_line(&particulars.name);
    if name.is_empty() || name.chars().count() > 80 {
        return Err(RegisterError::BadName);
    }
    let prefix = stored_line(&particulars.prefix);
    if prefix.chars().count() > 15 || !prefix.chars().all(|c| c.is_alphanumeric() || c == '-' || c == '.') {
        return Err(RegisterError::BadPrefix);
    }
    let template = Template::parse(&particulars.template)?;
    Ok(Register { id, name, template, prefix, direction: particulars.direction })
}

/// The register, if messages have room for its longest number. One of old that prints longer goes on.
fn short(register: Register) -> Result<Register, RegisterError> {
    let longest = register.template.longest(&register.prefix);
    if longest > PRINTED_SIGNS { Err(RegisterError::TooLong(longest)) } else { Ok(register) }
}
