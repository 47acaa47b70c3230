//! The ready text, and adding one to the list of its kind.

use pishkhan_persian::text::{stored_line, stored_text};
use pishkhan_store::{StoreError, Tx};

use super::rows;
use crate::ids::TextId;

#[derive(Clone, Debug)]
pub struct ReadyText {
    pub id: TextId,
    pub kind: TextKind,
    /// By which staff know it.
    pub title: String,
    /// What is put into the field.
    pub body: String,
}

/// For which field a text is ready.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TextKind {
    Answer,
    Return,
    Question,
    Interim,
    Referral,
    Note,
}

impl TextKind {
    pub const ALL: [TextKind; 6] =
        [TextKind::Answer, TextKind::Return, TextKind::Question, TextKind::Interim, TextKind::Referral, TextKind::Note];

    /// The word in tables and on the command line.
    pub fn as_str(self) -> &'static str {
        match self {
            TextKind::Answer => "answer",
            TextKind::Return => "return",
            TextKind::Question => "question",
            TextKind::Interim => "interim",
            TextKind::Referral => "referral",
            TextKind::Note => "note",
        }
    }

    pub fn parse(text: &str) -> Option<TextKind> {
        TextKind::ALL.into_iter().find(|kind| kind.as_str() == text)
    }
}

#[derive(Debug, thiserror::Error)]
pub enum TextError {
    #[error("the title is 1 to 60 characters")]
    BadTitle,
    #[error("the text is 1 to 5,000 characters")]
    BadBody,
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Adds a text at the end of the list of its kind.
pub async fn add(tx: &mut Tx, kind: TextKind, title: &str, body: &str) -> Result<ReadyText, TextError> {
    let text = ReadyText { id: TextId::random(), kind, title: stored_line(title), body: stored_text(body) };
    if !(1..=60).contains(&text.title.chars().count()) {
        return Err(TextError::BadTitle);
    }
    if !(1..=5_000).contains(&text.body.chars().count()) {
        return Err(TextError::BadBody);
    }
    rows::insert(tx, &text).await?;
    Ok(text)
}
