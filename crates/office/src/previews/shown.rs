//! The pictures as they lie on the shelf: each page in two widths.

use pishkhan_store::OrganisationId;

use crate::files::Vault;
use crate::files::shelf::{Key, ShelfError};

/// The width of a picture for phones, in pixels; narrower pages keep their own.
pub const SMALL: u32 = 900;
/// The width of a picture for desks.
pub const LARGE: u32 = 1_800;

/// Removes the pictures of the first `pages` pages.
pub(crate) async fn remove(
    vault: &Vault,
    organisation: &OrganisationId,
    sha256: &str,
    pages: u32,
) -> Result<(), ShelfError> {
    for page in 1..=pages {
        for width in [SMALL, LARGE] {
            vault.shelf().remove(&Key::preview(organisation, sha256, page, width)).await?;
        }
    }
    Ok(())
}
