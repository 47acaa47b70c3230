//! The sender, as everybody else sees one.

use pishkhan_persian::{Language, Mobile};

use crate::ids::SenderId;

/// Who proved a mobile number to an organisation.
#[derive(Clone, Debug)]
pub struct Sender {
    pub id: SenderId,
    pub mobile: Mobile,
    /// Empty until the first letter.
    pub name: String,
    pub kind: SenderKind,
    pub language: Language,
}

/// In whose name a sender writes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum SenderKind {
    #[default]
    Person,
    Company,
}

impl SenderKind {
    pub const ALL: [SenderKind; 2] = [SenderKind::Person, SenderKind::Company];

    /// The word in tables and forms.
    pub fn as_str(self) -> &'static str {
        match self {
            SenderKind::Person => "person",
            SenderKind::Company => "company",
        }
    }

    pub fn parse(text: &str) -> Option<SenderKind> {
        SenderKind::ALL.into_iter().find(|kind| kind.as_str() == text)
    }
}
