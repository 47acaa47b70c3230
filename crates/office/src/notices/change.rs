//! Changing a notice: an administrator says whether a kind of message is sent, and in which words.

use pishkhan_courier::gateways::Kind;
use pishkhan_persian::Language;
use pishkhan_store::{StoreError, Tx};

use super::wording::{WordingFault, checked};
use super::{can_be_off, rows};
use crate::actor::Administrator;

/// What is said of a kind of message, as it was typed.
#[derive(Clone, Debug, Default)]
pub struct Change {
    pub is_off: bool,
    pub persian: String,
    pub english: String,
}

#[derive(Debug, thiserror::Error)]
pub enum ChangeError {
    #[error("senders are promised this message")]
    Promised,
    #[error("a wording must be mended")]
    Wordings(Vec<(Language, WordingFault)>),
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl Change {
    /// What was typed in that language.
    pub fn typed(&self, language: Language) -> &str {
        match language {
            Language::Persian => &self.persian,
            Language::English => &self.english,
        }
    }

    /// All that must be mended before it can be kept.
    pub fn faults(&self, kind: &Kind) -> Vec<(Language, WordingFault)> {
        let of = |language| {
            let faults = checked(kind, self.typed(language)).err().unwrap_or_default();
            faults.into_iter().map(move |fault| (language, fault))
        };
        of(Language::Persian).chain(of(Language::English)).collect()
    }
}

/// Keeps what an administrator says of a kind of message; who says it later is right.
pub async fn change(
    tx: &mut Tx,
    administrator: &Administrator,
    kind: &Kind,
    change: &Change,
) -> Result<(), ChangeError> {
    if change.is_off && !can_be_off(kind) {
        return Err(ChangeError::Promised);
    }
    match (checked(kind, &change.persian), checked(kind, &change.english)) {
        (Ok(persian), Ok(english)) => {
            let kept = Change { is_off: change.is_off, persian, english };
            Ok(rows::keep(tx, &administrator.id, kind.name, &kept).await?)
        }
        _ => Err(ChangeError::Wordings(change.faults(kind))),
    }
}
