//! One thing that is missing. Pure.

use pishkhan_store::Moment;

use crate::ids::ItemId;

#[derive(Clone, Debug)]
pub struct MissingItem {
    pub id: ItemId,
    /// As the sender reads it.
    pub text: String,
    /// When the letter was returned for it.
    pub asked_at: Moment,
    /// Since when it is done, by files or by a word.
    pub done_at: Option<Moment>,
    /// The sender's word; may be empty.
    pub reply: String,
}
