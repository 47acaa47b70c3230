//! `pishkhan unit`: the units to which letters are written.

use pishkhan_office::Tx;
use pishkhan_office::ids::{RegisterId, UnitId};
use pishkhan_office::registry;
use pishkhan_office::units::{self, Unit, UnitParticulars};

use super::{begin, register, table};
use crate::cli::{Signature, UnitCommand};
use crate::failure::Failure;
use crate::settings::Settings;

pub async fn run(settings: &Settings, command: UnitCommand) -> Result<String, Failure> {
    match command {
        UnitCommand::Add { of, code, name, text } => {
            let (mut tx, _) = begin(settings, &of.organisation).await?;
            let register = match text.register {
                Some(typed) => register::find(&mut tx, &typed).await?.id,
                None => only_register(&mut tx).await?,
            };
            let particulars = UnitParticulars {
                name,
                name_english: text.name_english.unwrap_or_default(),
                code,
                register,
                parent: parent(&mut tx, text.parent.as_deref(), None).await?,
                needs_signature: text.signature == Some(Signature::Needed),
                outgoing_register: outgoing(&mut tx, text.outgoing_register.as_deref(), None).await?,
            };
            let unit = units::add(&mut tx, &particulars).await?;
            tx.commit().await?;
            Ok(format!("Added the unit {} ({}).\n", unit.name, unit.code))
        }
        UnitCommand::Change { of, unit, code, name, work_by_turn, text } => {
            let (mut tx, _) = begin(settings, &of.organisation).await?;
            let before = find(&mut tx, &unit).await?;
            let particulars = UnitParticulars {
                name: name.unwrap_or(before.name),
                name_english: text.name_english.unwrap_or(before.name_english),
                code: code.unwrap_or(before.code),
                register: match text.register {
                    Some(typed) => register::find(&mut tx, &typed).await?.id,
                    None => before.register,
                },
                parent: parent(&mut tx, text.parent.as_deref(), before.parent).await?,
                needs_signature: text.signature.map_or(before.needs_signature, |it| it == Signature::Needed),
                outgoing_register: outgoing(&mut tx, text.outgoing_register.as_deref(), before.outgoing_register)
                    .await?,
            };
            let unit = units::change(&mut tx, &before.id, &particulars).await?;
            if let Some(most) = work_by_turn {
                units::set_turns(&mut tx, &unit.id, (most > 0).then_some(most)).await?;
            }
            tx.commit().await?;
            Ok(format!("Changed the unit {} ({}).\n", unit.name, unit.code))
        }
        UnitCommand::Archive { of, unit } => {
            let (mut tx, _) = begin(settings, &of.organisation).await?;
            let unit = find(&mut tx, &unit).await?;
            units::archive(&mut tx, &unit.id).await?;
            tx.commit().await?;
            Ok(format!("Archived the unit {} ({}).\n", unit.name, unit.code))
        }
        UnitCommand::List { of } => list(settings, &of.organisation).await,
    }
}

/// The unit of this code that is not archived.
pub async fn find(tx: &mut Tx, code: &str) -> Result<Unit, Failure> {
    let unit = units::find_by_code(tx, code).await?;
    unit.ok_or_else(|| Failure::Input(format!("there is no unit with the code {code}; see pishkhan unit list")))
}

async fn only_register(tx: &mut Tx) -> Result<RegisterId, Failure> {
    let mut registers = registry::list(tx).await?.into_iter();
    match (registers.next(), registers.next()) {
        (Some(register), None) => Ok(register.id),
        (None, _) => Err(Failure::Input("there is no register yet; see pishkhan register add".into())),
        (Some(_), Some(_)) => Err(Failure::Input("there are several registers; choose one by --register".into())),
    }
}

async fn list(settings: &Settings, organisation: &str) -> Result<String, Failure> {
    let (mut tx, _) = begin(settings, organisation).await?;
    let registers = registry::list(&mut tx).await?;
    let register_of = |id: Option<&RegisterId>| {
        registers.iter().find(|register| Some(&register.id) == id).map_or("none".to_owned(), |it| it.name.clone())
    };
    let turns = units::turns(&mut tx).await?;
    let units = units::list(&mut tx).await?;
    let code_of = |id: Option<&UnitId>| {
        units.iter().find(|unit| Some(&unit.id) == id).map_or("none".to_owned(), |it| it.code.clone())
    };
    let rows = units.iter().map(|unit| {
        let state = if unit.is_archived { "archived" } else { "open" }.to_owned();
        let signature = if unit.needs_signature { "needed" } else { "none" }.to_owned();
        let (register, outgoing) = (register_of(Some(&unit.register)), register_of(unit.outgoing_register.as_ref()));
        let (code, name, english) = (unit.code.clone(), unit.name.clone(), unit.name_english.clone());
        let turn = turns.iter().find(|(id, _)| *id == unit.id);
        let turn = turn.map_or("none".to_owned(), |(_, most)| most.to_string());
        [code, name, english, register, outgoing, code_of(unit.parent.as_ref()), signature, state, turn]
    });
    let header = [
        "code",
        "name",
        "name in English",
        "register",
        "register of answers",
        "above",
        "signature",
        "state",
        "letters by turn",
    ];
    Ok(table(header, rows))
}

/// The register of answers that was asked for; what it was when nothing was said.
async fn outgoing(tx: &mut Tx, typed: Option<&str>, before: Option<RegisterId>) -> Result<Option<RegisterId>, Failure> {
    match typed {
        None => Ok(before),
        Some("none") => Ok(None),
        Some(typed) => Ok(Some(register::find(tx, typed).await?.id)),
    }
}

/// The unit above that was asked for; what it was when nothing was said.
async fn parent(tx: &mut Tx, typed: Option<&str>, before: Option<UnitId>) -> Result<Option<UnitId>, Failure> {
    match typed {
        None => Ok(before),
        Some("none") => Ok(None),
        Some(code) => Ok(Some(find(tx, code).await?.id)),
    }
}
