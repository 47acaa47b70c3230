//! Where bytes lie: a local folder or S3-compatible storage.
//!
//! A shelf keeps bytes under keys that we made and knows nothing of letters. What [`Shelf::put`] has acknowledged is durable
//! and is what was given; what is read back is checked against it. See `docs/decisions/0018-where-files-live.md`.

mod bucket;
mod copy;
mod folder;
mod folders;
mod key;
mod line;
mod settings;
mod stored;
mod upload;

use std::io;
use std::path::Path;

pub use bucket::BucketShelf;
pub use folder::FolderShelf;
pub use key::Key;
pub use settings::{BucketError, BucketSettings, Patience};
pub use stored::Stored;

/// Where bytes lie. Cloning is cheap.
#[derive(Clone, Debug)]
pub enum Shelf {
    Folder(FolderShelf),
    Bucket(BucketShelf),
}

#[derive(Debug, thiserror::Error)]
pub enum ShelfError {
    #[error("nothing lies under this key")]
    NotThere,
    /// What was read back, or what was to be put, has another size or sum than was said.
    #[error("the bytes are others than were put")]
    Changed,
    /// The storage is down, too slow, or refuses us; what it said. Nothing was acknowledged, and trying later may help.
    #[error("the storage can't be reached: {0}")]
    Unreachable(String),
    #[error("the disk refused: {0}")]
    Disk(#[source] io::Error),
    /// An fsync failed earlier. What the disk then holds can't be known, and asking it again would be answered with a lie; so
    /// nothing more is put or removed until a restart.
    #[error("the disk has failed earlier; nothing more is stored until a restart")]
    Stopped,
}

impl Shelf {
    /// Puts the file `source` under `key`, over whatever lies there. When this returns, the bytes are durable and are those of
    /// this size and SHA-256 (in hex).
    ///
    /// A folder takes the file away by renaming it, so it must lie on the folder's disk; a bucket leaves it alone.
    pub async fn put(&self, key: &Key, source: &Path, sha256: &str, size: u64) -> Result<(), ShelfError> {
        if key.sha256().is_some_and(|named| named != sha256) {
            return Err(ShelfError::Changed);
        }
        match self {
            Shelf::Folder(folder) => folder.put(key, source, size).await,
            Shelf::Bucket(bucket) => bucket.put(key, source, sha256, size).await,
        }
    }

    /// Opens what lies under `key`, to be read piece by piece.
    pub async fn open(&self, key: &Key) -> Result<Stored, ShelfError> {
        match self {
            Shelf::Folder(folder) => folder.open(key).await,
            Shelf::Bucket(bucket) => bucket.open(key).await,
        }
    }

    /// Writes a copy to the new file `into`, for programs that need a file; it is the caller's to remove. When this fails,
    /// there is none.
    pub async fn fetch(&self, key: &Key, into: &Path) -> Result<(), ShelfError> {
        let stored = self.open(key).await?;
        copy::write(stored, into).await
    }

    /// Removes what lies under `key`. That nothing lies there is fine.
    pub async fn remove(&self, key: &Key) -> Result<(), ShelfError> {
        match self {
            Shelf::Folder(folder) => folder.remove(key).await,
            Shelf::Bucket(bucket) => bucket.remove(key).await,
        }
    }

    /// Whether we can write, read and remove here, by doing it.
    pub async fn check(&self) -> Result<(), ShelfError> {
        match self {
            Shelf::Folder(folder) => folder.check().await,
            Shelf::Bucket(bucket) => bucket.check().await,
        }
    }

    /// Whether an fsync has failed, so that only a restart helps.
    pub fn has_stopped(&self) -> bool {
        match self {
            Shelf::Folder(folder) => folder.has_stopped(),
            Shelf::Bucket(_) => false,
        }
    }
}

impl ShelfError {
    /// What a stream of pieces ended with.
    fn of_reading(error: io::Error) -> ShelfError {
        match error.downcast::<ShelfError>() {
            Ok(error) => error,
            Err(error) => ShelfError::Disk(error),
        }
    }
}
