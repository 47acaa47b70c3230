//! The unit: its names, its code in letter numbers, its registers and where it stands. Pure.

use pishkhan_persian::Language;

use crate::ids::{RegisterId, UnitId};

#[derive(Clone, Debug)]
pub struct Unit {
    pub id: UnitId,
    pub name: String,
    pub name_english: String,
    /// The short mark that `{unit}` in a register's template stands for, for example «د».
    pub code: String,
    pub register: RegisterId,
    /// The unit above it; None: it stands directly under the organisation.
    pub parent: Option<UnitId>,
    /// Whether its answers need a signer.
    pub needs_signature: bool,
    /// Where its answers get their numbers; None: they have none.
    pub outgoing_register: Option<RegisterId>,
    pub is_archived: bool,
}

impl Unit {
    /// The name in that language.
    pub fn name_in(&self, language: Language) -> &str {
        match language {
            Language::English if !self.name_english.is_empty() => &self.name_english,
            Language::Persian | Language::English => &self.name,
        }
    }
}
