//! Filing: what was written down becomes a letter of the person who came, with a receipt at once.

use pishkhan_persian::{Language, Mobile};
use pishkhan_store::{Moment, StoreError, Tx};

use super::rows;
use crate::actor::Reviewer;
use crate::ids::LetterId;
use crate::ledger::{self, Event, Who};
use crate::letters::{self, Gap, Letter, Stale, SubmitError, Version};
use crate::rules::Rules;
use crate::senders;

#[derive(Debug, thiserror::Error)]
pub enum FileError {
    /// It is not this clerk's, or was filed or discarded.
    #[error("there is no such filing")]
    NoFiling,
    /// The person has a mobile, and has not confirmed by it; or nobody has said whether they have one.
    #[error("nobody confirmed it")]
    Unconfirmed,
    /// A colleague filed what goes on from the same letter, and was first: this is what they filed.
    #[error("somebody wrote the letter before it again already")]
    Followed(LetterId),
    #[error("the letter lacks something")]
    Incomplete(Vec<Gap>),
    #[error(transparent)]
    Stale(#[from] Stale),
    #[error("too many letters of this person today")]
    TooMany { until: Moment },
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Files what this clerk has written, in version `seen`. `proved` is the number whose code was right: the letter comes into the
/// account of that number, which is made if there is none. Without a mobile it stays in an account of its own.
pub async fn file(
    tx: &mut Tx,
    rules: &Rules,
    clerk: &Reviewer,
    id: &LetterId,
    seen: Version,
    proved: Option<&Mobile>,
) -> Result<Letter, FileError> {
    let filing = rows::find(tx, &clerk.id, id).await?.ok_or(FileError::NoFiling)?;
    filing.letter.is_version(seen)?;
    if !filing.assent.is_given(proved) {
        return Err(FileError::Unconfirmed);
    }
    if let Some(before) = &filing.letter.follows {
        let after = letters::followers_for_desk(tx, clerk, before).await?.into_iter().next();
        if let Some(after) = after {
            return Err(FileError::Followed(after.id));
        }
    }
    let temporary = filing.letter.sender.clone();
    let sender = match proved {
        Some(mobile) => senders::find_or_make(tx, rules, mobile, Language::Persian).await?,
        None => senders::find(tx, &temporary).await?.ok_or(FileError::NoFiling)?,
    };
    rows::give(tx, id, &sender.id, &clerk.id).await?;
    rows::delete(tx, id).await?;
    if proved.is_some() {
        senders::remove_without_mobile(tx, &temporary).await?;
        let content = &filing.letter.content;
        if sender.name.is_empty() && content.representative.is_none() {
            senders::rename(tx, &sender.id, &content.sender_name, content.sender_kind).await?;
        }
    }
    let who = Who::Staff(clerk.id.clone());
    let letter = letters::submit_as(tx, rules, &sender, &who, id, seen).await?;
    let event = Event::LetterFiledForSender { confirmed: proved.is_some() };
    ledger::record_beside(tx, id, &who, &event).await?;
    Ok(letter)
}

impl From<SubmitError> for FileError {
    fn from(error: SubmitError) -> FileError {
        match error {
            SubmitError::NoDraft => FileError::NoFiling,
            SubmitError::Incomplete(gaps) => FileError::Incomplete(gaps),
            SubmitError::Stale(stale) => FileError::Stale(stale),
            SubmitError::TooMany { until } => FileError::TooMany { until },
            SubmitError::Store(error) => FileError::Store(error),
        }
    }
}
