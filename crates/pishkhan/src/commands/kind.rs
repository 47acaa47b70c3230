//! `pishkhan kind`: the kinds of letters from which senders may choose.

use pishkhan_office::Tx;
use pishkhan_office::kinds::{self, Kind};

use super::{begin, table};
use crate::cli::{AskedFor, KindCommand};
use crate::failure::Failure;
use crate::settings::Settings;

pub async fn run(settings: &Settings, command: KindCommand) -> Result<String, Failure> {
    match command {
        KindCommand::Add { of, name, name_english, asks_for } => {
            let (mut tx, _) = begin(settings, &of.organisation).await?;
            let kind = kinds::add(&mut tx, &name, &name_english).await?;
            kinds::mark(&mut tx, &kind.id, asks_for == AskedFor::Information).await?;
            tx.commit().await?;
            Ok(format!("Added the kind {}: {}\n", kind.name, kind.id))
        }
        KindCommand::Change { of, kind, asks_for } => {
            let (mut tx, _) = begin(settings, &of.organisation).await?;
            let kind = find(&mut tx, &kind).await?;
            kinds::mark(&mut tx, &kind.id, asks_for == AskedFor::Information).await?;
            tx.commit().await?;
            Ok(format!("Changed the kind {}.\n", kind.name))
        }
        KindCommand::Archive { of, kind } => {
            let (mut tx, _) = begin(settings, &of.organisation).await?;
            let kind = find(&mut tx, &kind).await?;
            kinds::archive(&mut tx, &kind.id).await?;
            tx.commit().await?;
            Ok(format!("Archived the kind {}.\n", kind.name))
        }
        KindCommand::List { of } => {
            let (mut tx, _) = begin(settings, &of.organisation).await?;
            let rows = kinds::list_open(&mut tx).await?;
            let rows = rows.into_iter().map(|it| {
                let asks_for = if it.asks_information { "information" } else { "other" };
                [it.id.to_string(), it.name, it.name_english, asks_for.to_owned()]
            });
            Ok(table(["id", "name", "name in English", "asks for"], rows))
        }
    }
}

/// The kind of this name or id that is not archived.
pub async fn find(tx: &mut Tx, typed: &str) -> Result<Kind, Failure> {
    let mut kinds = kinds::list_open(tx).await?.into_iter();
    let kind = kinds.find(|it| it.name == typed || it.id.as_str() == typed);
    kind.ok_or_else(|| Failure::Input(format!("there is no kind {typed}; see pishkhan kind list")))
}
