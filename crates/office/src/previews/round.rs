//! Making the pictures that wait, one file after the other, so that one worker at a time has the machine.

use std::path::Path;
use std::time::Duration;

use pishkhan_store::{Clock, Db, OrganisationId, Result};

use super::rows::{self, Claimed};
use super::shown::{LARGE, SMALL};
use super::workshop::{PreviewError, Workshop};
use crate::files::shelf::{Key, ShelfError};
use crate::files::{Preview, Vault};
use crate::receipts;

/// How long a claimed file is left to whoever claimed it; above the longest time that a worker may have.
const LEASE: Duration = Duration::from_mins(15);
/// How long a file waits after something else than the file was at fault.
const PAUSE: Duration = Duration::from_mins(2);
/// After so many tries the file is given up: whatever is wrong, it is not getting better.
const TRIES: u32 = 5;

/// Makes the pictures of one file that waits, if there is one. Answers whether there was.
pub async fn round(db: &Db, clock: &Clock, vault: &Vault, workshop: &Workshop) -> Result<bool> {
    let house = OrganisationId::house();
    if !rows::is_any_due(&mut db.read(&house, clock.now()).await?).await? {
        return Ok(false);
    }
    let mut tx = db.begin(&house, clock.now()).await?;
    let claimed = rows::claim(&mut tx, LEASE).await?;
    tx.commit().await?;
    let Some(claimed) = claimed else { return Ok(false) };
    let made = make(vault, workshop, &claimed).await;
    let mut tx = db.begin(&claimed.organisation, clock.now()).await?;
    match made {
        Ok((made, in_all)) => rows::mark(&mut tx, &claimed.sha256, Preview::Made { made, in_all }).await?,
        Err(error) if is_the_files(&error) || claimed.tries >= TRIES => {
            tracing::info!(sha256 = %claimed.sha256, %error, "a file gets no pictures");
            rows::mark(&mut tx, &claimed.sha256, Preview::Broken).await?;
        }
        Err(error) => {
            tracing::warn!(sha256 = %claimed.sha256, %error, "pictures could not be made now");
            let until = tx.now().plus(PAUSE);
            rows::put_off(&mut tx, &claimed.sha256, until).await?;
        }
    }
    tx.commit().await?;
    Ok(true)
}

/// Whether the file is at fault, so that trying again leads nowhere.
fn is_the_files(error: &PreviewError) -> bool {
    match error {
        PreviewError::NotPossible | PreviewError::Broken | PreviewError::TooSlow | PreviewError::TooBig => true,
        PreviewError::NotConfined | PreviewError::Io(_) => false,
    }
}

/// Makes the pictures and puts them on the shelf. Answers how many pages have one, of how many.
async fn make(vault: &Vault, workshop: &Workshop, claimed: &Claimed) -> std::result::Result<(u32, u32), PreviewError> {
    let (source, out) = (vault.passage(), vault.passage());
    let key = Key::blob(&claimed.organisation, &claimed.sha256);
    vault.shelf().fetch(&key, source.path()).await.map_err(away)?;
    tokio::fs::create_dir(out.path()).await?;
    let made = workshop.pages(claimed.kind, source.path(), out.path()).await?;
    for page in 1..=made.pages {
        for width in [SMALL, LARGE] {
            let picture = out.path().join(format!("{page}-{width}.webp"));
            put(vault, claimed, page, width, &picture).await?;
        }
    }
    Ok((made.pages, made.of))
}

async fn put(
    vault: &Vault,
    claimed: &Claimed,
    page: u32,
    width: u32,
    picture: &Path,
) -> std::result::Result<(), PreviewError> {
    let bytes = tokio::fs::read(picture).await?;
    let sha256 = receipts::bytes_digest(&bytes);
    let key = Key::preview(&claimed.organisation, &claimed.sha256, page, width);
    vault.shelf().put(&key, picture, &sha256, bytes.len() as u64).await.map_err(away)
}

/// The shelf is at fault, and not the file.
fn away(error: ShelfError) -> PreviewError {
    PreviewError::Io(std::io::Error::other(error))
}
