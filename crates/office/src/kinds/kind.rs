//! The kind, and adding one to the list.

use pishkhan_persian::Language;
use pishkhan_persian::text::stored_line;
use pishkhan_store::{StoreError, Tx};

use super::rows;
use crate::ids::KindId;

#[derive(Clone, Debug)]
pub struct Kind {
    pub id: KindId,
    pub name: String,
    pub name_english: String,
    /// It asks for information, which the law gives everybody a right to: who refuses it says by which legal ground.
    pub asks_information: bool,
    pub is_archived: bool,
}

impl Kind {
    /// The name in that language.
    pub fn name_in(&self, language: Language) -> &str {
        match language {
            Language::English if !self.name_english.is_empty() => &self.name_english,
            Language::Persian | Language::English => &self.name,
        }
    }
}

#[derive(Debug, thiserror::Error)]
pub enum KindError {
    #[error("the name is 1 to 40 characters")]
    BadName,
    #[error("there is a kind of that name already")]
    Taken,
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Adds a kind at the end of the list.
pub async fn add(tx: &mut Tx, name: &str, name_english: &str) -> Result<Kind, KindError> {
    let kind = Kind {
        id: KindId::random(),
        name: stored_line(name),
        name_english: stored_line(name_english),
        asks_information: false,
        is_archived: false,
    };
    let is_short = |text: &str| text.chars().count() <= 40;
    if kind.name.is_empty() || !is_short(&kind.name) || !is_short(&kind.name_english) {
        return Err(KindError::BadName);
    }
    if rows::list_open(tx).await?.iter().any(|other| other.name == kind.name) {
        return Err(KindError::Taken);
    }
    rows::insert(tx, &kind).await?;
    Ok(kind)
}
