//! Shelves to test on, and bytes to put on them.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use data_encoding::HEXLOWER;
use futures_util::StreamExt;
use pishkhan_office::OrganisationId;
use pishkhan_office::files::shelf::{BucketShelf, FolderShelf, Key, Patience, Shelf, ShelfError, Stored};
use pishkhan_office::ids::FileId;
use pishkhan_testkit::{Bucket, Folder};
use sha2::{Digest, Sha256};

pub const MEBIBYTE: usize = 1024 * 1024;

/// Little enough that a test of a bucket that never answers is over soon.
pub const SHORT: Patience = Patience {
    connect: Duration::from_millis(500),
    idle: Duration::from_secs(1),
    whole: Duration::from_secs(3),
    per_mebibyte: Duration::from_millis(500),
};

/// Runs a test on a shelf in a folder, then on one in a bucket. The folder it gets is on the same disk as the shelf's.
pub async fn on_both(test: impl AsyncFn(&Shelf, &Path)) {
    let (shelf, folder) = in_folder();
    test(&shelf, folder.path()).await;
    let (shelf, _bucket) = in_bucket(Patience::default()).await;
    test(&shelf, Folder::new().path()).await;
}

pub fn in_folder() -> (Shelf, Folder) {
    let folder = Folder::new();
    let shelf = FolderShelf::open_folder(&shelf_in(&folder)).expect("the test's folder is ours");
    (Shelf::Folder(shelf), folder)
}

/// Where the shelf lies in the folder that [`in_folder`] gives.
pub fn shelf_in(folder: &Folder) -> PathBuf {
    folder.path().join("stored")
}

pub async fn in_bucket(patience: Patience) -> (Shelf, Bucket) {
    let bucket = Bucket::start().await;
    let shelf = BucketShelf::open_bucket(&bucket.settings(patience)).expect("the settings are good");
    (Shelf::Bucket(shelf), bucket)
}

pub fn office() -> OrganisationId {
    OrganisationId("shahrdari".to_owned())
}

/// Bytes that look like nothing, and what they sum up to.
pub struct Sample {
    pub bytes: Vec<u8>,
    pub sha256: String,
}

impl Sample {
    /// Others for each seed.
    pub fn of(size: usize, seed: u64) -> Sample {
        let mut state = seed.wrapping_mul(2).wrapping_add(1);
        let bytes = std::iter::repeat_with(|| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            state.to_be_bytes()[0]
        });
        let bytes = bytes.take(size).collect::<Vec<_>>();
        let sha256 = sum(&bytes);
        Sample { bytes, sha256 }
    }

    pub fn size(&self) -> u64 {
        self.bytes.len() as u64
    }

    pub fn key(&self) -> Key {
        Key::blob(&office(), &self.sha256)
    }

    /// As a file that has just come in.
    pub fn comes_in(&self, folder: &Path) -> PathBuf {
        let file = folder.join(format!("incoming-{}", FileId::random()));
        fs::write(&file, &self.bytes).expect("the test's folder is ours");
        file
    }

    pub async fn is_put(&self, on: &Shelf, folder: &Path) -> Result<(), ShelfError> {
        self.is_put_under(&self.key(), on, folder).await
    }

    pub async fn is_put_under(&self, key: &Key, on: &Shelf, folder: &Path) -> Result<(), ShelfError> {
        on.put(key, &self.comes_in(folder), &self.sha256, self.size()).await
    }
}

/// All bytes of what a shelf gave, or the error that ended them.
pub async fn read(mut stored: Stored) -> std::io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    while let Some(piece) = stored.pieces.next().await {
        bytes.extend_from_slice(&piece?);
    }
    Ok(bytes)
}

pub fn sum(bytes: &[u8]) -> String {
    HEXLOWER.encode(&Sha256::digest(bytes))
}
