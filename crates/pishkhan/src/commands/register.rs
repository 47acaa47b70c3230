//! `pishkhan register`: the registers from which letter numbers are taken.

use pishkhan_office::Tx;
use pishkhan_office::persian::calendar;
use pishkhan_office::registry::{self, Direction, Register, RegisterParticulars};

use super::{begin, table};
use crate::cli::RegisterCommand;
use crate::failure::Failure;
use crate::settings::Settings;

pub async fn run(settings: &Settings, command: RegisterCommand) -> Result<String, Failure> {
    match command {
        RegisterCommand::Add { of, name, template, text } => {
            let (mut tx, _) = begin(settings, &of.organisation).await?;
            let particulars = RegisterParticulars {
                name,
                template,
                prefix: text.prefix.unwrap_or_default(),
                direction: text.direction.unwrap_or(Direction::RightToLeft),
            };
            if find(&mut tx, &particulars.name).await.is_ok() {
                return Err(Failure::Input(format!("there is a register {} already", particulars.name)));
            }
            let register = registry::add(&mut tx, &particulars).await?;
            tx.commit().await?;
            Ok(format!("Added the register {}: {}\n", register.name, register.id))
        }
        RegisterCommand::Change { of, register, name, template, text } => {
            let (mut tx, _) = begin(settings, &of.organisation).await?;
            let before = find(&mut tx, &register).await?;
            let particulars = RegisterParticulars {
                name: name.unwrap_or(before.name),
                template: template.unwrap_or_else(|| before.template.to_string()),
                prefix: text.prefix.unwrap_or(before.prefix),
                direction: text.direction.unwrap_or(before.direction),
            };
            let register = registry::change(&mut tx, &before.id, &particulars).await?;
            tx.commit().await?;
            Ok(format!("Changed the register {}.\n", register.name))
        }
        RegisterCommand::List { of } => list(settings, &of.organisation).await,
    }
}

/// The register of this name or id.
pub async fn find(tx: &mut Tx, typed: &str) -> Result<Register, Failure> {
    let registers = registry::list(tx).await?;
    let mut found = registers.into_iter().filter(|it| it.name == typed || it.id.as_str() == typed);
    match (found.next(), found.next()) {
        (Some(register), None) => Ok(register),
        (None, _) => Err(Failure::Input(format!("there is no register {typed}; see pishkhan register list"))),
        (Some(_), Some(_)) => Err(Failure::Input(format!("there are several registers {typed}; name it by its id"))),
    }
}

async fn list(settings: &Settings, organisation: &str) -> Result<String, Failure> {
    let (mut tx, _) = begin(settings, organisation).await?;
    let year = i64::from(calendar::jalali_year(tx.now().0));
    let mut rows = Vec::new();
    for it in registry::list(&mut tx).await? {
        let last = registry::last_number(&mut tx, &it.id, year).await?;
        let direction = it.direction.as_str().to_owned();
        rows.push([it.id.to_string(), it.name, it.template.to_string(), it.prefix, direction, last.to_string()]);
    }
    Ok(table(["id", "name", "template", "prefix", "direction", "last number this year"], rows))
}
