//! Notices: which kinds of messages an organisation sends, and in which words of its own.

mod change;
mod notice;
mod rows;
mod sample;
mod wording;

pub use change::{Change, ChangeError, change};
pub use notice::{Always, Notice, always, can_be_off, is_chosen, kind, kinds};
pub use rows::find;
pub use sample::sample;
pub(crate) use sample::sample_of;
pub use wording::{WORDING_CHARACTERS, WordingFault, checked, most_parts, worded};

use pishkhan_store::{Result, Tx};

/// Every kind of which the organisation has a say, with what it says of it.
pub async fn list(tx: &mut Tx) -> Result<Vec<Notice>> {
    let told = rows::list(tx).await?;
    let of_kind = |name: &str| told.iter().find(|notice| notice.kind.name == name).cloned();
    Ok(kinds().map(|kind| of_kind(kind.name).unwrap_or_else(|| Notice::untouched(kind))).collect())
}
