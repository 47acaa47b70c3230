//! The uploads that a letter's page lists, so that they can go on: after a lost line, on another day, on another device.

use pishkhan_office::Moment;
use pishkhan_office::ids::LetterId;
use pishkhan_office::uploads;

use crate::links::{self, Link};
use crate::problem::Problem;
use crate::who::Sender;

/// An upload that can go on.
pub struct Unfinished {
    pub link: Link,
    pub name: String,
    /// What our script said the file was before it was made smaller, to know it again.
    pub source: String,
    /// Of the file as it is sent, in bytes.
    pub size: u64,
    /// In bytes.
    pub arrived: u64,
    pub until: Moment,
}

/// The uploads for this letter of the sender's that can go on, the oldest first.
pub async fn unfinished(sender: &Sender, letter: &LetterId) -> Result<Vec<Unfinished>, Problem> {
    let uploads = uploads::unfinished(&mut sender.read().await?, letter).await?;
    let shown = |upload: uploads::Upload| Unfinished {
        link: links::upload(&upload.letter, &upload.id),
        name: upload.name,
        source: upload.metadata.get("source").unwrap_or_default(),
        size: upload.size,
        arrived: upload.arrived,
        until: upload.expires_at,
    };
    Ok(uploads.into_iter().map(shown).collect())
}
