//! Making the pictures that wait, one file after the other, so that one worker at a time has the machine.

use std::path::Path;
use std::time::Duration;

use pishkhan_store::{Clock, Db, OrganisationId, Result};
use tokio::fs::DirBuilder;

use super::rows::{self, Claimed};
use super::shown::{LARGE, SMALL, remove};
use super::workshop::{PreviewError, Workshop};
use crate::files::shelf::{Key, ShelfError};
use crate::files::{Preview, Vault};
use crate::receipts;

/// How long a claimed file is left to whoever claimed it; above the longest time that a worker may have.
const LEASE: Duration = Duration::from_mins(15);
/// How long a file waits after something else than the file was at fault; with each try longer, up to an hour.
const PAUSE: Duration = Duration::from_mins(2);
/// How often a file may be too slow: the machine may have been busy.
const SLOW_TRIES: u32 = 3;
const LONGEST_PAUSE: Duration = Duration::from_hours(1);

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
    let is_kept = match &made {
        Ok((made, in_all)) => {
            rows::mark(&mut tx, &claimed.sha256, Preview::Made { made: *made, in_all: *in_all }).await?
        }
        Err(error) if is_the_files(error, claimed.tries) => {
            tracing::info!(sha256 = %claimed.sha256, %error, "a file gets no pictures");
            rows::mark(&mut tx, &claimed.sha256, Preview::Broken).await?;
            true
        }
        Err(error) => {
            tracing::warn!(sha256 = %claimed.sha256, %error, "pictures could not be made now");
            let until = tx.now().plus((PAUSE * claimed.tries.min(30)).min(LONGEST_PAUSE));
            rows::put_off(&mut tx, &claimed.sha256, until).await?;
            true
        }
    };
    tx.commit().await?;
    if let (Ok((made, _)), false) = (made, is_kept) {
        // Its bytes were swept out meanwhile.
        remove(vault, &claimed.organisation, &claimed.sha256, made).await.unwrap_or_else(|error| left(&error));
    }
    Ok(true)
}

/// Whether the file is at fault, so that trying again leads nowhere. An outage of ours never is, however long it lasts.
fn is_the_files(error: &PreviewError, tries: u32) -> bool {
    match error {
        PreviewError::Broken | PreviewError::TooBig => true,
        PreviewError::TooSlow => tries >= SLOW_TRIES,
        // Another node may have what this one lacks.
        PreviewError::NotPossible | PreviewError::NotConfined | PreviewError::Io(_) => false,
    }
}

fn left(error: &ShelfError) {
    tracing::warn!(%error, "pictures that nobody needs could not be removed");
}

/// Makes the pictures and puts them on the shelf. Answers how many pages have one, of how many.
async fn make(vault: &Vault, workshop: &Workshop, claimed: &Claimed) -> std::result::Result<(u32, u32), PreviewError> {
    let (source, out) = (vault.passage(), vault.passage());
    let key = Key::blob(&claimed.organisation, &claimed.sha256);
    vault.shelf().fetch(&key, source.path()).await.map_err(away)?;
    create_folder(out.path()).await?;
    let made = workshop.pages(claimed.kind, source.path(), out.path()).await?;
    if let Err(error) = put_all(vault, claimed, made.pages, out.path()).await {
        // Nobody would find them again, were they left.
        remove(vault, &claimed.organisation, &claimed.sha256, made.pages).await.unwrap_or_else(|error| left(&error));
        return Err(error);
    }
    Ok((made.pages, made.of))
}

/// A folder that nobody else on this machine may look into.
async fn create_folder(path: &Path) -> std::io::Result<()> {
    DirBuilder::new().mode(0o700).create(path).await
}

async fn put_all(vault: &Vault, claimed: &Claimed, pages: u32, out: &Path) -> std::result::Result<(), PreviewError> {
    for page in 1..=pages {
        for width in [SMALL, LARGE] {
            let picture = out.join(format!("{page}-{width}.webp"));
            put(vault, claimed, page, width, &picture).await?;
        }
    }
    Ok(())
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

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt;

    use super::*;
    use crate::ids::LetterId;

    #[tokio::test]
    async fn pictures_are_made_where_nobody_else_looks() {
        let path = std::env::temp_dir().join(format!("pishkhan-test-{}", LetterId::random()));
        create_folder(&path).await.expect("a folder can be made");
        let mode = tokio::fs::metadata(&path).await.expect("it was made").permissions().mode();
        tokio::fs::remove_dir(&path).await.expect("it was made");
        assert_eq!(mode & 0o777, 0o700);
    }
}
