//! The folders of a local shelf: a folder is used only after its name is durable in the folder above.

use std::collections::HashSet;
use std::fs;
use std::io;
use std::os::unix::fs::DirBuilderExt;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use super::ShelfError;

/// How many folders are remembered at most. To forget one costs an fsync, nothing else.
const REMEMBERED: usize = 10_000;

/// Which folders are known to be durable. Whether one exists doesn't tell: it may have been made a moment ago, by another
/// put that is still waiting for its fsync, or before a crash.
#[derive(Debug, Default)]
pub(super) struct Folders {
    durable: Mutex<HashSet<PathBuf>>,
}

impl Folders {
    /// Makes the root itself, durable in the folder above it.
    pub fn open(root: &Path) -> io::Result<Folders> {
        let is_new = |folder: &&Path| !folder.exists();
        let new = root.ancestors().skip(1).take_while(is_new).count();
        fs::DirBuilder::new().recursive(true).mode(0o700).create(root)?;
        // The root may have been made just before a crash; what is above it is the operator's, unless we made it now.
        for folder in root.ancestors().skip(1).take(1 + new) {
            let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
            fs::File::open(folder)?.sync_all()?;
        }
        Ok(Folders::default())
    }

    /// Makes a folder below the root and those between, each durable in the one above when this returns.
    pub fn make(
        &self,
        root: &Path,
        folder: &Path,
        sync: impl Fn(&Path) -> Result<(), ShelfError>,
    ) -> Result<(), ShelfError> {
        let mut durable = self.lock();
        if durable.contains(folder) {
            return Ok(());
        }
        let below = folder.strip_prefix(root).map_err(|error| ShelfError::Disk(io::Error::other(error)))?;
        let mut above = root.to_owned();
        for part in below {
            let folder = above.join(part);
            if !durable.contains(&folder) {
                make_one(&folder).map_err(ShelfError::Disk)?;
                sync(&above)?;
                if durable.len() >= REMEMBERED {
                    durable.clear();
                }
                durable.insert(folder.clone());
            }
            above = folder;
        }
        Ok(())
    }

    /// Forgets that a folder is there.
    pub fn forget(&self, folder: &Path) {
        self.lock().remove(folder);
    }

    /// Removes a folder that holds nothing any more; whether it did.
    pub fn remove_if_empty(&self, folder: &Path) -> bool {
        // Under the lock, so that nobody makes it between its removal and its being forgotten.
        let mut durable = self.lock();
        let is_removed = fs::remove_dir(folder).is_ok();
        if is_removed {
            durable.remove(folder);
        }
        is_removed
    }

    fn lock(&self) -> MutexGuard<'_, HashSet<PathBuf>> {
        // Whoever panicked here left the set as true as it was: folders enter it only when they are durable.
        self.durable.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Nobody's business on this machine but ours.
fn make_one(folder: &Path) -> io::Result<()> {
    match fs::DirBuilder::new().mode(0o700).create(folder) {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists && folder.is_dir() => Ok(()),
        made => made,
    }
}
