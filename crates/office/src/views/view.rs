//! The kept view, and keeping and removing one.

use pishkhan_persian::text::stored_line;
use pishkhan_store::{StoreError, Tx};

use super::rows;
use crate::actor::Staff;
use crate::ids::ViewId;

/// How many views one person may keep.
pub const VIEWS: usize = 20;
/// How long a view's name may be, in characters.
const NAME_CHARACTERS: usize = 40;

/// A view that somebody has kept.
#[derive(Clone, Debug)]
pub struct SavedView {
    pub id: ViewId,
    pub name: String,
    /// The tray's address behind the question mark; the page reads it as it reads any address.
    pub query: String,
}

#[derive(Debug, thiserror::Error)]
pub enum ViewError {
    #[error("a view needs a name")]
    NoName,
    #[error("the name is longer than {NAME_CHARACTERS} characters")]
    LongName,
    #[error("there are {VIEWS} views already")]
    TooMany,
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Keeps a view; one of the same name is taken over.
pub async fn keep(tx: &mut Tx, staff: &Staff, name: &str, query: &str) -> Result<(), ViewError> {
    let name = stored_line(name);
    match name.chars().count() {
        0 => return Err(ViewError::NoName),
        1..=NAME_CHARACTERS => {}
        _ => return Err(ViewError::LongName),
    }
    let kept = rows::list(tx, staff).await?;
    if let Some(same) = kept.iter().find(|view| view.name == name) {
        return Ok(rows::update(tx, staff, &same.id, query).await?);
    }
    if kept.len() >= VIEWS {
        return Err(ViewError::TooMany);
    }
    Ok(rows::insert(tx, staff, &ViewId::random(), &name, query).await?)
}

/// Removes one of the person's own views; one that is gone is gone.
pub async fn remove(tx: &mut Tx, staff: &Staff, id: &ViewId) -> Result<(), StoreError> {
    rows::delete(tx, staff, id).await
}
