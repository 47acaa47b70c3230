//! Sweeping: bytes that no letter names any more go, a day after they lost their name or never got one.

use std::path::Path;
use std::time::Duration;

use pishkhan_store::{Result, Tx};

use super::rows;
use super::vault::Vault;
use crate::ids::FileId;

/// How long bytes without a name are kept: an upload may still be waiting for the commit that names it.
const GRACE: Duration = Duration::from_hours(24);
/// After so long, bytes without a name were looked at often enough.
const SEEN_OFTEN: Duration = Duration::from_hours(72);

/// Removes the files that senders took out of their drafts more than a day ago, of the transaction's organisation.
pub async fn sweep_removed(tx: &mut Tx, vault: &Vault) -> Result<()> {
    let before = tx.now().minus(GRACE);
    for id in rows::removed_before(tx, before).await? {
        vault.remove(&id).await;
        rows::forget(tx, &id).await?;
    }
    Ok(())
}

/// Removes what came in and was never named by a letter of any organisation, as after a crash between file and commit.
pub async fn sweep_orphans(tx: &mut Tx, vault: &Vault) -> Result<()> {
    let folder = vault.folder().to_owned();
    let old = tokio::task::spawn_blocking(move || old_files(&folder)).await.unwrap_or_default();
    for id in old {
        if !rows::is_named(tx, &id).await? {
            vault.remove(&id).await;
        }
    }
    Ok(())
}

/// The stored files whose age is between a day and three, and none of `incoming`, which is cleared here at once.
fn old_files(folder: &Path) -> Vec<FileId> {
    let mut found = Vec::new();
    let entries = |path: &Path| std::fs::read_dir(path).into_iter().flatten().flatten();
    for part in entries(folder) {
        let is_incoming = part.file_name() == "incoming";
        for file in entries(&part.path()) {
            let age = file.metadata().and_then(|about| about.modified()).ok().and_then(|at| at.elapsed().ok());
            let Some(age) = age.filter(|age| *age > GRACE) else { continue };
            if is_incoming {
                // A leftover of a crash; when it can't be removed now, it will be in an hour.
                let _ = std::fs::remove_file(file.path());
            } else if age < SEEN_OFTEN {
                found.extend(file.file_name().to_str().and_then(FileId::parse));
            }
        }
    }
    found
}
