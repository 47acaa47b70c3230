//! The upload. Pure.

use pishkhan_store::Moment;

use super::Metadata;
use crate::ids::{FileId, LetterId, UploadId};

/// A file on its way.
#[derive(Clone, Debug)]
pub struct Upload {
    pub id: UploadId,
    pub letter: LetterId,
    /// The sender's name for the file, in its storage form.
    pub name: String,
    pub metadata: Metadata,
    /// How many bytes the file has.
    pub size: u64,
    /// How many of them have come and are durable.
    pub arrived: u64,
    pub expires_at: Moment,
    /// Since when the letter has the file.
    pub finished_at: Option<Moment>,
    /// Which file it became; none when the letter had the very same one before.
    pub file: Option<FileId>,
}

impl Upload {
    /// Whether its time is over before it was whole.
    pub fn is_expired(&self, now: Moment) -> bool {
        self.finished_at.is_none() && self.expires_at <= now
    }
}
