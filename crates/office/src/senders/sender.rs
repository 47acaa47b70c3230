//! The sender, as everybody else sees one.

use pishkhan_persian::{Language, Mobile};
use pishkhan_store::Moment;

use super::EmailAddress;
use crate::ids::SenderId;

/// Who proved a mobile number to an organisation, or came to its counter without one.
#[derive(Clone, Debug)]
pub struct Sender {
    pub id: SenderId,
    /// None: they came to the counter without one, or their account sleeps; nobody can sign in as them, and no message goes out.
    pub mobile: Option<Mobile>,
    /// The account sleeps: its number may be somebody else's by now.
    pub asleep: Option<Asleep>,
    /// Empty until the first letter.
    pub name: String,
    pub kind: SenderKind,
    pub language: Language,
    /// The address that they have proved, to which messages go, too; none while the account sleeps.
    pub email: Option<EmailAddress>,
}

impl Sender {
    /// The number as people read it; nothing when there is none.
    pub fn grouped_mobile(&self) -> String {
        self.mobile.as_ref().map(Mobile::grouped).unwrap_or_default()
    }

    /// The number by which the house knows them, even if it may be another's by now.
    pub fn known_mobile(&self) -> Option<&Mobile> {
        self.mobile.as_ref().or(self.asleep.as_ref().map(|asleep| &asleep.mobile))
    }
}

/// Since when an account sleeps, and whose number it was.
#[derive(Clone, Debug)]
pub struct Asleep {
    pub mobile: Mobile,
    pub since: Moment,
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
