//! The required paper, and adding one to a unit's list.

use pishkhan_persian::Language;
use pishkhan_persian::text::stored_line;
use pishkhan_store::{StoreError, Tx};

use super::rows;
use crate::ids::{PaperId, UnitId};

#[derive(Clone, Debug)]
pub struct Paper {
    pub id: PaperId,
    pub unit: UnitId,
    /// As the sender reads it.
    pub name: String,
    pub name_english: String,
}

impl Paper {
    /// The name in that language.
    pub fn name_in(&self, language: Language) -> &str {
        match language {
            Language::English if !self.name_english.is_empty() => &self.name_english,
            Language::Persian | Language::English => &self.name,
        }
    }
}

#[derive(Debug, thiserror::Error)]
pub enum PaperError {
    #[error("the name is 1 to 80 characters")]
    BadName,
    #[error("the unit asks for a paper of that name already")]
    Taken,
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Adds a paper at the end of the unit's list.
pub async fn add(tx: &mut Tx, unit: &UnitId, name: &str, name_english: &str) -> Result<Paper, PaperError> {
    let paper = Paper {
        id: PaperId::random(),
        unit: unit.clone(),
        name: stored_line(name),
        name_english: stored_line(name_english),
    };
    let is_short = |text: &str| text.chars().count() <= 80;
    if paper.name.is_empty() || !is_short(&paper.name) || !is_short(&paper.name_english) {
        return Err(PaperError::BadName);
    }
    if rows::list_open(tx, unit).await?.iter().any(|other| other.name == paper.name) {
        return Err(PaperError::Taken);
    }
    rows::insert(tx, &paper).await?;
    Ok(paper)
}
