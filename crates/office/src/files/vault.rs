//! The vault: the folder where files lie, under names that we made.
//!
//! A file comes in through `incoming/`, is hashed and measured as it streams, and is moved to its place only when it is whole,
//! of an accepted kind and fsynced, folder included. So a file that a row names is there, also after a power cut.

use std::io;
use std::os::unix::fs::DirBuilderExt;
use std::path::{Path, PathBuf};

use bytes::Bytes;
use futures_util::{Stream, StreamExt};
use sha2::{Digest, Sha256};
use tokio::fs;
use tokio::io::{AsyncWriteExt, BufWriter};

use crate::files::Kind;
use crate::ids::FileId;
use crate::receipts::hex;

/// Where files lie. Cloning is cheap.
#[derive(Clone, Debug)]
pub struct Vault {
    folder: PathBuf,
}

/// A file that has come in and is durable, but that no letter has yet.
#[derive(Clone, Debug)]
pub struct Arrival {
    pub id: FileId,
    pub kind: Kind,
    pub size: u64,
    pub sha256: String,
}

#[derive(Debug, thiserror::Error)]
pub enum ArrivalError {
    #[error("the file is empty")]
    Empty,
    #[error("the file is larger than {0} bytes")]
    TooLarge(u64),
    #[error("the file is of no accepted kind")]
    WrongKind,
    /// The line was cut before the file's end.
    #[error("the file did not come whole")]
    CutOff,
    /// The disk refused; nothing was acknowledged.
    #[error("the file could not be stored: {0}")]
    Disk(#[from] io::Error),
}

impl Vault {
    /// The vault in this folder, which is made when it doesn't exist.
    pub fn open(folder: &Path) -> io::Result<Vault> {
        make_folder(&folder.join("incoming"))?;
        Ok(Vault { folder: folder.to_owned() })
    }

    /// Takes a file in, at most `limit` bytes, without ever holding more than a piece of it in memory.
    pub async fn take_in<E>(
        &self,
        pieces: impl Stream<Item = Result<Bytes, E>>,
        limit: u64,
    ) -> Result<Arrival, ArrivalError> {
        let id = FileId::random();
        let incoming = Incoming(self.folder.join("incoming").join(id.as_str()));
        let (size, sha256) = write(&incoming.0, pieces, limit).await?;
        let path = incoming.0.clone();
        let kind = tokio::task::spawn_blocking(move || Kind::of(&path)).await.map_err(io::Error::other)??;
        let kind = kind.ok_or(ArrivalError::WrongKind)?;
        let place = self.place(&id);
        let folder = place.parent().expect("a place lies in a folder of the vault").to_owned();
        let source = incoming.0.clone();
        tokio::task::spawn_blocking(move || settle(&source, &place, &folder)).await.map_err(io::Error::other)??;
        Ok(Arrival { id, kind, size, sha256 })
    }

    /// Opens a stored file for reading.
    pub async fn open_file(&self, id: &FileId) -> io::Result<fs::File> {
        fs::File::open(self.place(id)).await
    }

    /// Removes a file that no row names. Failing is not worth telling: the file only takes room.
    pub async fn remove(&self, id: &FileId) {
        if let Err(error) = fs::remove_file(self.place(id)).await
            && error.kind() != io::ErrorKind::NotFound
        {
            tracing::warn!(file = %id, %error, "a file could not be removed");
        }
    }

    pub(super) fn folder(&self) -> &Path {
        &self.folder
    }

    fn place(&self, id: &FileId) -> PathBuf {
        self.folder.join(&id.as_str()[..2]).join(id.as_str())
    }
}

/// A file on its way in; gone when it did not get there.
struct Incoming(PathBuf);

impl Drop for Incoming {
    fn drop(&mut self) {
        // After a good arrival there is nothing left here to remove.
        let _ = std::fs::remove_file(&self.0);
    }
}

async fn write<E>(
    path: &Path,
    pieces: impl Stream<Item = Result<Bytes, E>>,
    limit: u64,
) -> Result<(u64, String), ArrivalError> {
    let mut pieces = std::pin::pin!(pieces);
    let mut file = BufWriter::with_capacity(256 * 1024, open_new(path).await?);
    let mut digest = Sha256::new();
    let mut size = 0;
    let mut is_too_large = false;
    while let Some(piece) = pieces.next().await {
        let piece = piece.map_err(|_| ArrivalError::CutOff)?;
        size += piece.len() as u64;
        // What is too much is read to its end and thrown away, so that the rest of the form still arrives.
        is_too_large |= size > limit;
        if !is_too_large {
            digest.update(&piece);
            file.write_all(&piece).await?;
        }
    }
    if is_too_large {
        return Err(ArrivalError::TooLarge(limit));
    }
    if size == 0 {
        return Err(ArrivalError::Empty);
    }
    file.flush().await?;
    file.into_inner().sync_all().await?;
    Ok((size, hex(&digest.finalize())))
}

/// Letters are nobody's business on this machine but ours.
async fn open_new(path: &Path) -> io::Result<fs::File> {
    fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(path).await
}

fn make_folder(path: &Path) -> io::Result<()> {
    std::fs::DirBuilder::new().recursive(true).mode(0o700).create(path)
}

/// Moves the file to its place and makes the move durable.
fn settle(source: &Path, place: &Path, folder: &Path) -> io::Result<()> {
    let is_new = !folder.exists();
    make_folder(folder)?;
    std::fs::rename(source, place)?;
    std::fs::File::open(folder)?.sync_all()?;
    if is_new && let Some(parent) = folder.parent() {
        std::fs::File::open(parent)?.sync_all()?;
    }
    Ok(())
}
