//! Sweeping: what no letter names any more goes, a day after it lost its name or never got one.

use std::path::Path;
use std::time::Duration;

use pishkhan_store::{Clock, Db, OrganisationId, Result};

use super::rows::blobs::{self, Going};
use super::rows::files;
use super::shelf::{Key, ShelfError};
use super::vault::Vault;
use crate::{previews, uploads};

/// How long bytes without a name are kept: an upload may still be waiting for the commit that names it.
const GRACE: Duration = Duration::from_hours(24);
/// How many blobs one node removes before it marks more.
const AT_ONCE: u32 = 20;
/// How long a removal may take; all of one turn stay well below [`LEASE`].
const PATIENCE: Duration = Duration::from_mins(1);
/// How long marked blobs are left to whoever marked them. Two who remove the same bytes could take away what came again between.
const LEASE: Duration = Duration::from_hours(1);
/// From when on a file that lies in `incoming/` is what a crash left: whatever is on its way is written to all the time.
const LEFT_BEHIND: Duration = Duration::from_hours(1);

/// Sweeps one organisation: uploads that are over, the files that were taken out of drafts, and then all bytes that nobody names,
/// pictures included.
pub async fn sweep(db: &Db, clock: &Clock, vault: &Vault, organisation: &OrganisationId) -> Result<()> {
    uploads::sweep(db, clock, vault, organisation).await?;
    let mut tx = db.begin(organisation, clock.now()).await?;
    let before = tx.now().minus(GRACE);
    files::forget_removed(&mut tx, before).await?;
    tx.commit().await?;
    loop {
        let mut tx = db.begin(organisation, clock.now()).await?;
        let lease = tx.now().minus(LEASE);
        let going = blobs::begin_going(&mut tx, before, lease, AT_ONCE).await?;
        tx.commit().await?;
        if going.is_empty() {
            break;
        }
        for going in going {
            remove_and_forget(db, clock, vault, organisation, &going).await?;
        }
    }
    clear_incoming(vault.incoming().to_owned()).await;
    Ok(())
}

async fn remove_and_forget(
    db: &Db,
    clock: &Clock,
    vault: &Vault,
    organisation: &OrganisationId,
    going: &Going,
) -> Result<()> {
    match tokio::time::timeout(PATIENCE, remove(vault, organisation, going)).await {
        Ok(Ok(())) => {
            let mut tx = db.begin(organisation, clock.now()).await?;
            blobs::forget(&mut tx, going).await?;
            tx.commit().await?;
        }
        // Its row stays marked, and a later sweep tries again.
        Ok(Err(error)) => tracing::warn!(%error, "bytes that nobody names could not be removed"),
        Err(_) => tracing::warn!("bytes that nobody names could not be removed in time"),
    }
    Ok(())
}

async fn remove(vault: &Vault, organisation: &OrganisationId, going: &Going) -> std::result::Result<(), ShelfError> {
    previews::remove(vault, organisation, &going.sha256, going.pages).await?;
    vault.shelf().remove(&Key::blob(organisation, &going.sha256)).await
}

/// Clears out what a crash has left on its way in.
async fn clear_incoming(folder: std::path::PathBuf) {
    let clear = move || {
        for entry in std::fs::read_dir(&folder).into_iter().flatten().flatten() {
            let age = entry.metadata().and_then(|about| about.modified()).ok().and_then(|at| at.elapsed().ok());
            if age.is_some_and(|age| age > LEFT_BEHIND) {
                remove_leftover(&entry.path());
            }
        }
    };
    // A panic in there would only mean that leftovers stay.
    let _ = tokio::task::spawn_blocking(clear).await;
}

fn remove_leftover(path: &Path) {
    // When it can't be removed now, it will be in an hour.
    if std::fs::remove_file(path).is_err() {
        let _ = std::fs::remove_dir_all(path);
    }
}
