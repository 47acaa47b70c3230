//! `pishkhan paper`: what a unit asks for with a letter.

use pishkhan_office::ids::PaperId;
use pishkhan_office::{papers, units};

use super::{begin, table, unit};
use crate::cli::PaperCommand;
use crate::failure::Failure;
use crate::settings::Settings;

pub async fn run(settings: &Settings, command: PaperCommand) -> Result<String, Failure> {
    match command {
        PaperCommand::Add { of, unit, name, name_english } => {
            let (mut tx, _) = begin(settings, &of.organisation).await?;
            let unit = unit::find(&mut tx, &unit).await?;
            let paper = papers::add(&mut tx, &unit.id, &name, &name_english).await?;
            tx.commit().await?;
            Ok(format!("Added the paper {}: {}\n", paper.name, paper.id))
        }
        PaperCommand::Archive { of, id } => {
            let (mut tx, _) = begin(settings, &of.organisation).await?;
            let is_archived = match PaperId::parse(&id) {
                Some(paper) => papers::archive(&mut tx, &paper).await?,
                None => false,
            };
            if !is_archived {
                return Err(Failure::Input(format!("there is no paper {id}; see pishkhan paper list")));
            }
            tx.commit().await?;
            Ok(format!("Archived the paper {id}.\n"))
        }
        PaperCommand::List { of } => {
            let (mut tx, _) = begin(settings, &of.organisation).await?;
            let mut rows = Vec::new();
            for unit in units::list_open(&mut tx).await? {
                let papers = papers::list_open(&mut tx, &unit.id).await?.into_iter();
                rows.extend(papers.map(|it| [it.id.to_string(), unit.code.clone(), it.name, it.name_english]));
            }
            Ok(table(["id", "unit", "name", "name in English"], rows))
        }
    }
}
