//! `pishkhan reason`: the list from which reviewers choose when they reject.

use pishkhan_office::ids::ReasonId;
use pishkhan_office::reasons;

use super::{begin, table};
use crate::cli::ReasonCommand;
use crate::failure::Failure;
use crate::settings::Settings;

pub async fn run(settings: &Settings, command: ReasonCommand) -> Result<String, Failure> {
    match command {
        ReasonCommand::Add { of, short, short_english, help_text } => {
            let (mut tx, _) = begin(settings, &of.organisation).await?;
            let reason = reasons::add(&mut tx, &short, &short_english, &help_text).await?;
            tx.commit().await?;
            Ok(format!("Added the reason {}: {}\n", reason.short, reason.id))
        }
        ReasonCommand::Archive { of, id } => {
            let (mut tx, _) = begin(settings, &of.organisation).await?;
            let is_archived = match ReasonId::parse(&id) {
                Some(reason) => reasons::archive(&mut tx, &reason).await?,
                None => false,
            };
            if !is_archived {
                return Err(Failure::Input(format!("there is no reason {id}; see pishkhan reason list")));
            }
            tx.commit().await?;
            Ok(format!("Archived the reason {id}.\n"))
        }
        ReasonCommand::List { of } => {
            let (mut tx, _) = begin(settings, &of.organisation).await?;
            let rows = reasons::list_open(&mut tx).await?;
            let rows = rows.into_iter().map(|it| [it.id.to_string(), it.short, it.short_english, it.help]);
            Ok(table(["id", "short", "short in English", "help"], rows))
        }
    }
}
