//! The reason, and adding one to the list.

use pishkhan_persian::Language;
use pishkhan_persian::text::stored_line;
use pishkhan_store::{StoreError, Tx};

use super::rows;
use crate::ids::ReasonId;

#[derive(Clone, Debug)]
pub struct Reason {
    pub id: ReasonId,
    /// At most 40 characters, so that the SMS stays one part.
    pub short: String,
    pub short_english: String,
    /// What the sender can do about it, shown with the rejection; may be empty.
    pub help: String,
}

impl Reason {
    /// The short text in that language.
    pub fn short_in(&self, language: Language) -> &str {
        match language {
            Language::English if !self.short_english.is_empty() => &self.short_english,
            Language::Persian | Language::English => &self.short,
        }
    }
}

#[derive(Debug, thiserror::Error)]
pub enum ReasonError {
    #[error("the short text is 1 to 40 characters")]
    BadShort,
    #[error("the help text is longer than 500 characters")]
    LongHelp,
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Adds a reason at the end of the list.
pub async fn add(tx: &mut Tx, short: &str, short_english: &str, help: &str) -> Result<Reason, ReasonError> {
    let reason = Reason {
        id: ReasonId::random(),
        short: stored_line(short),
        short_english: stored_line(short_english),
        help: stored_line(help),
    };
    let is_short = |text: &str| text.chars().count() <= 40;
    if reason.short.is_empty() || !is_short(&reason.short) || !is_short(&reason.short_english) {
        return Err(ReasonError::BadShort);
    }
    if reason.help.chars().count() > 500 {
        return Err(ReasonError::LongHelp);
    }
    rows::insert(tx, &reason).await?;
    Ok(reason)
}
