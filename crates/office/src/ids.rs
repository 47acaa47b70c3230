//! Identifiers: each kind of record has a type of its own, so that a unit's id can't be passed for a letter's.

use std::fmt;
use std::marker::PhantomData;

use data_encoding::BASE32_NOPAD;

/// The id of a `T`: 128 random bits as 26 lower-case letters and digits. Not a right: every finder asks who is asking.
pub struct Id<T> {
    text: String,
    of: PhantomData<fn() -> T>,
}

pub type LetterId = Id<crate::letters::Letter>;
pub type FileId = Id<crate::files::File>;
pub type UploadId = Id<crate::uploads::Upload>;
pub type PieceId = Id<crate::uploads::Piece>;
pub type MessageId = Id<crate::messages::Message>;
pub type NoteId = Id<crate::notes::Note>;
pub type ReferralId = Id<crate::referrals::Referral>;
pub type UnitId = Id<crate::units::Unit>;
pub type RegisterId = Id<crate::registry::Register>;
pub type KindId = Id<crate::kinds::Kind>;
pub type TextId = Id<crate::texts::ReadyText>;
pub type ItemId = Id<crate::completion::MissingItem>;
pub type PaperId = Id<crate::papers::Paper>;
pub type ReasonId = Id<crate::reasons::Reason>;
pub type ViewId = Id<crate::views::SavedView>;
pub type SenderId = Id<crate::senders::Sender>;
pub type StaffId = Id<crate::actor::Staff>;
pub type AnswerId = Id<crate::answers::Issued>;
pub type PostId = Id<crate::actor::Post>;

impl<T> Id<T> {
    /// A new id from the system's generator.
    pub fn random() -> Id<T> {
        Id { text: BASE32_NOPAD.encode(&random_bytes::<16>()).to_ascii_lowercase(), of: PhantomData }
    }

    /// The id that somebody sent us, if it has the form of one.
    pub fn parse(text: &str) -> Option<Id<T>> {
        let is_id = text.len() == 26 && text.bytes().all(|b| b.is_ascii_lowercase() || (b'2'..=b'7').contains(&b));
        is_id.then(|| Id::stored(text))
    }

    /// An id as a row holds it.
    pub fn stored(text: &str) -> Id<T> {
        Id { text: text.to_owned(), of: PhantomData }
    }

    pub fn as_str(&self) -> &str {
        &self.text
    }
}

/// Bytes from the system's generator.
pub(crate) fn random_bytes<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).expect("the system's generator works on every supported platform");
    bytes
}

// By hand, since a derive would ask the same of `T`.
impl<T> Clone for Id<T> {
    fn clone(&self) -> Self {
        Id::stored(&self.text)
    }
}

impl<T> PartialEq for Id<T> {
    fn eq(&self, other: &Self) -> bool {
        self.text == other.text
    }
}

impl<T> Eq for Id<T> {}

impl<T> fmt::Debug for Id<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl<T> fmt::Display for Id<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}
