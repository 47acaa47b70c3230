//! A local copy of what lies on a shelf.

use std::fs;
use std::io;
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

use futures_util::StreamExt;
use tokio::io::AsyncWriteExt;

use super::{ShelfError, Stored};

/// Writes the pieces to a new file that only we may read. It is not made durable: the shelf is.
pub(super) async fn write(mut stored: Stored, into: &Path) -> Result<(), ShelfError> {
    let path = into.to_owned();
    let (file, mut unfinished) = super::folder::blocking(move || create(path)).await.map_err(ShelfError::Disk)?;
    let mut file = tokio::fs::File::from_std(file);
    while let Some(piece) = stored.pieces.next().await {
        let piece = piece.map_err(ShelfError::of_reading)?;
        file.write_all(&piece).await.map_err(ShelfError::Disk)?;
    }
    file.flush().await.map_err(ShelfError::Disk)?;
    unfinished.0 = None;
    Ok(())
}

/// A copy that is not whole yet; it goes when the copying fails or is given up.
struct Unfinished(Option<PathBuf>);

impl Drop for Unfinished {
    fn drop(&mut self) {
        if let Some(path) = &self.0 {
            // What can't be removed now takes room, no more.
            let _ = fs::remove_file(path);
        }
    }
}

fn create(path: PathBuf) -> io::Result<(fs::File, Unfinished)> {
    let file = fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(&path)?;
    Ok((file, Unfinished(Some(path))))
}
