//! `pishkhan text`: what staff say often, ready to use.

use pishkhan_office::ids::TextId;
use pishkhan_office::texts;

use super::{begin, table};
use crate::cli::TextCommand;
use crate::failure::Failure;
use crate::settings::Settings;

pub async fn run(settings: &Settings, command: TextCommand) -> Result<String, Failure> {
    match command {
        TextCommand::Add { of, kind, title, text } => {
            let (mut tx, _) = begin(settings, &of.organisation).await?;
            let text = texts::add(&mut tx, kind, &title, &text).await?;
            tx.commit().await?;
            Ok(format!("Added the text {}: {}\n", text.title, text.id))
        }
        TextCommand::Archive { of, id } => {
            let (mut tx, _) = begin(settings, &of.organisation).await?;
            let is_archived = match TextId::parse(&id) {
                Some(text) => texts::archive(&mut tx, &text).await?,
                None => false,
            };
            if !is_archived {
                return Err(Failure::Input(format!("there is no text {id}; see pishkhan text list")));
            }
            tx.commit().await?;
            Ok(format!("Archived the text {id}.\n"))
        }
        TextCommand::List { of } => {
            let (mut tx, _) = begin(settings, &of.organisation).await?;
            let rows = texts::list(&mut tx).await?;
            let rows = rows.into_iter().map(|it| {
                let first = it.body.lines().next().unwrap_or_default().to_owned();
                [it.id.to_string(), it.kind.as_str().to_owned(), it.title, first]
            });
            Ok(table(["id", "kind", "title", "first line"], rows))
        }
    }
}
