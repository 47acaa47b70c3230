//! A shelf in a local folder: renamed into place, and fsynced with every folder above it that is new.

use std::fs;
use std::io::{self, Read, Write};
use std::os::unix::fs::{OpenOptionsExt, PermissionsExt};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use bytes::BytesMut;
use futures_util::stream::{self, StreamExt};
use tokio::io::AsyncReadExt;

use super::folders::Folders;
use super::key::Key;
use super::{ShelfError, Stored};
use crate::ids::FileId;

/// How much is read at once, in bytes.
const PIECE: usize = 128 * 1024;

/// How often a put begins again because its folder was removed as empty at the same moment.
const ATTEMPTS: usize = 8;

/// A folder of this machine. Cloning is cheap.
#[derive(Clone, Debug)]
pub struct FolderShelf {
    inner: Arc<Inner>,
}

#[derive(Debug)]
struct Inner {
    root: PathBuf,
    folders: Folders,
    has_stopped: AtomicBool,
}

impl FolderShelf {
    /// The shelf in this folder, which is made when it doesn't exist. All that lies in it is the shelf's, by organisation; only
    /// `incoming` is free for what is still coming in.
    pub fn open_folder(root: &Path) -> io::Result<FolderShelf> {
        let folders = Folders::open(root)?;
        Ok(FolderShelf {
            inner: Arc::new(Inner { root: root.to_owned(), folders, has_stopped: AtomicBool::new(false) }),
        })
    }

    pub(super) async fn put(&self, key: &Key, source: &Path, size: u64) -> Result<(), ShelfError> {
        let (key, source) = (key.clone(), source.to_owned());
        self.writing(move |inner| inner.put(&key, &source, size)).await
    }

    pub(super) async fn open(&self, key: &Key) -> Result<Stored, ShelfError> {
        let place = self.inner.root.join(key.as_str());
        let opened = blocking(move || {
            let file = fs::File::open(place)?;
            let metadata = file.metadata()?;
            Ok((file, metadata))
        });
        let (file, metadata) = opened.await.map_err(not_there)?;
        if !metadata.is_file() {
            return Err(ShelfError::NotThere);
        }
        let pieces = stream::try_unfold(tokio::fs::File::from_std(file), async |mut file| {
            let mut piece = BytesMut::with_capacity(PIECE);
            let read = file.read_buf(&mut piece).await?;
            io::Result::Ok((read > 0).then(|| (piece.freeze(), file)))
        });
        Ok(Stored::checked(key.sha256(), metadata.len(), pieces.boxed()))
    }

    pub(super) async fn remove(&self, key: &Key) -> Result<(), ShelfError> {
        let key = key.clone();
        self.writing(move |inner| inner.remove(&key)).await
    }

    pub(super) async fn check(&self) -> Result<(), ShelfError> {
        self.writing(Inner::check).await
    }

    pub(super) fn has_stopped(&self) -> bool {
        self.inner.has_stopped.load(Ordering::SeqCst)
    }

    async fn writing(
        &self,
        act: impl FnOnce(&Inner) -> Result<(), ShelfError> + Send + 'static,
    ) -> Result<(), ShelfError> {
        let inner = Arc::clone(&self.inner);
        let acted = blocking(move || Ok(inner.unless_stopped(act)));
        acted.await.map_err(ShelfError::Disk)?
    }
}

impl Inner {
    fn unless_stopped(&self, act: impl FnOnce(&Inner) -> Result<(), ShelfError>) -> Result<(), ShelfError> {
        if self.has_stopped.load(Ordering::SeqCst) {
            return Err(ShelfError::Stopped);
        }
        act(self)
    }

    fn put(&self, key: &Key, source: &Path, size: u64) -> Result<(), ShelfError> {
        let file = fs::File::open(source).map_err(ShelfError::Disk)?;
        let metadata = file.metadata().map_err(ShelfError::Disk)?;
        if metadata.is_file() && metadata.permissions().mode() & 0o077 != 0 {
            file.set_permissions(fs::Permissions::from_mode(0o600)).map_err(ShelfError::Disk)?;
        }
        // Most likely its writer did it; then it costs nothing.
        self.sync(&file)?;
        if !metadata.is_file() || metadata.len() != size {
            return Err(ShelfError::Changed);
        }
        let place = self.root.join(key.as_str());
        let folder = folder_of(&place);
        for _ in 1..ATTEMPTS {
            match self.move_into(source, &place, folder) {
                // A removal took the folder away between its making and the move, perhaps in another process.
                Err(ShelfError::Disk(error)) if error.kind() == io::ErrorKind::NotFound => self.folders.forget(folder),
                moved => return moved,
            }
        }
        self.move_into(source, &place, folder)
    }

    fn move_into(&self, source: &Path, place: &Path, folder: &Path) -> Result<(), ShelfError> {
        self.folders.make(&self.root, folder, |folder| self.sync_folder(folder))?;
        fs::rename(source, place).map_err(ShelfError::Disk)?;
        self.sync_folder(folder)
    }

    /// Durable when it returns, so that what was to be deleted doesn't come back with a power cut.
    fn remove(&self, key: &Key) -> Result<(), ShelfError> {
        let place = self.root.join(key.as_str());
        match fs::remove_file(&place) {
            Ok(()) => {}
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
            Err(error) => return Err(ShelfError::Disk(error)),
        }
        let folder = folder_of(&place);
        if key.has_own_folder() && self.folders.remove_if_empty(folder) {
            return self.sync_folder(folder_of(folder));
        }
        self.sync_folder(folder)
    }

    fn check(&self) -> Result<(), ShelfError> {
        // No organisation's folder begins with a dot.
        let place = self.root.join(format!(".check-{}", FileId::random()));
        let checked = self.try_out(&place);
        let removed = fs::remove_file(&place).map_err(ShelfError::Disk);
        checked.and(removed)
    }

    fn try_out(&self, place: &Path) -> Result<(), ShelfError> {
        const WORDS: &[u8] = b"a file can be written here\n";
        let mut options = fs::OpenOptions::new();
        let opened = options.read(true).write(true).create_new(true).mode(0o600).open(place);
        let mut file = opened.map_err(ShelfError::Disk)?;
        file.write_all(WORDS).map_err(ShelfError::Disk)?;
        self.sync(&file)?;
        self.sync_folder(&self.root)?;
        let mut read = Vec::new();
        fs::File::open(place).and_then(|mut file| file.read_to_end(&mut read)).map_err(ShelfError::Disk)?;
        if read == WORDS { Ok(()) } else { Err(ShelfError::Changed) }
    }

    fn sync_folder(&self, folder: &Path) -> Result<(), ShelfError> {
        match fs::File::open(folder) {
            Ok(folder) => self.sync(&folder),
            // Removed as empty since: whoever did it syncs the folder above.
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
            Err(error) => Err(ShelfError::Disk(error)),
        }
    }

    /// The only fsync here. After one failure the kernel has dropped the pages and the next would succeed without them.
    fn sync(&self, file: &fs::File) -> Result<(), ShelfError> {
        file.sync_all().map_err(|error| {
            self.has_stopped.store(true, Ordering::SeqCst);
            tracing::error!(%error, "an fsync of the file store failed; nothing more is stored until a restart");
            ShelfError::Disk(error)
        })
    }
}

/// Runs what waits for the disk where waiting is allowed.
pub(super) async fn blocking<T: Send + 'static>(act: impl FnOnce() -> io::Result<T> + Send + 'static) -> io::Result<T> {
    tokio::task::spawn_blocking(act).await.map_err(io::Error::other)?
}

fn folder_of(place: &Path) -> &Path {
    place.parent().expect("a key has several parts, so its place lies in a folder below the root")
}

fn not_there(error: io::Error) -> ShelfError {
    match error.kind() {
        io::ErrorKind::NotFound | io::ErrorKind::NotADirectory => ShelfError::NotThere,
        _ => ShelfError::Disk(error),
    }
}
