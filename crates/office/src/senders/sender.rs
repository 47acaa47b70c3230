//! The sender, as everybody else sees one.

use pishkhan_persian::{Language, Mobile};

use crate::ids::SenderId;

/// Who proved a mobile number to an organisation, or came to its counter without one.
#[derive(Clone, Debug)]
pub struct Sender {
    pub id: SenderId,
    /// None: they came to the counter without one, and nobody can sign in as them.
    pub mobile: Option<Mobile>,
    /// Empty until the first letter.
    pub name: String,
    pub kind: SenderKind,
    pub language: Language,
}

impl Sender {
    /// The number as people read it; nothing when there is none.
    pub fn grouped_mobile(&self) -> String {
        self.mobile.as_ref().map(Mobile::grouped).unwrap_or_default()
    }
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
