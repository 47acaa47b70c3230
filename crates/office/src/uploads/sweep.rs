//! Sweeping uploads: those whose time is over, and the pieces that none needs.

use std::time::Duration;

use pishkhan_store::{Clock, Db, OrganisationId, Result};

use super::{Piece, rows};
use crate::files::Vault;

/// How long a piece may be on its way to the shelf.
const GRACE: Duration = Duration::from_hours(1);

/// Sweeps one organisation.
pub async fn sweep(db: &Db, clock: &Clock, vault: &Vault, organisation: &OrganisationId) -> Result<()> {
    let mut tx = db.begin(organisation, clock.now()).await?;
    rows::forget_expired(&mut tx).await?;
    let before = tx.now().minus(GRACE);
    let pieces = rows::unneeded_pieces(&mut tx, before).await?;
    tx.commit().await?;
    remove(db, clock, vault, organisation, &pieces).await;
    Ok(())
}

/// Removes pieces, and then the knowledge of them. What can't be removed now is found again by the next sweep.
pub(super) async fn remove(db: &Db, clock: &Clock, vault: &Vault, organisation: &OrganisationId, pieces: &[Piece]) {
    for piece in pieces {
        if let Err(error) = piece.remove(vault, organisation).await {
            tracing::warn!(%error, "a piece of an upload could not be removed");
            continue;
        }
        if let Err(error) = forget(db, clock, organisation, piece).await {
            tracing::warn!(%error, "a piece of an upload could not be forgotten");
        }
    }
}

async fn forget(db: &Db, clock: &Clock, organisation: &OrganisationId, piece: &Piece) -> Result<()> {
    let mut tx = db.begin(organisation, clock.now()).await?;
    rows::delete_piece(&mut tx, &piece.id).await?;
    tx.commit().await
}
