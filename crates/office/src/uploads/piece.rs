//! A piece of an upload: some of its bytes, durable on the shelf before they count.

use pishkhan_store::OrganisationId;

use crate::files::Vault;
use crate::files::shelf::{Key, ShelfError};
use crate::ids::{PieceId, UploadId};

/// Some bytes of an upload.
#[derive(Clone, Debug)]
pub struct Piece {
    pub id: PieceId,
    pub upload: UploadId,
    /// Where in the file it begins.
    pub begins_at: u64,
    pub size: u64,
}

impl Piece {
    /// Where it lies. Two may begin at one place, of which only one will count, so each has its own.
    pub(super) fn key(&self, organisation: &OrganisationId) -> Key {
        Key::piece(organisation, &format!("{}-{}", self.upload, self.id), self.begins_at)
    }

    pub(super) async fn remove(&self, vault: &Vault, organisation: &OrganisationId) -> Result<(), ShelfError> {
        vault.shelf().remove(&self.key(organisation)).await
    }
}
