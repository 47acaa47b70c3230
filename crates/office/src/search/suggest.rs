//! What to do when nothing was found: only what does lead to something.

use pishkhan_store::{Result, Tx};

use super::find::{Asked, finds};
use super::query::Query;
use crate::actor::Staff;

/// So many shorter texts are tried.
const MOST_TRIED: usize = 6;

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Suggestions {
    /// What was typed without one of its words, where that finds something.
    pub shorter: Vec<String>,
    /// Something is found without the filter.
    pub is_filtered_out: bool,
    /// Twelve digits, of which one is wrong.
    pub has_wrong_digit: bool,
}

/// What would find something for this person.
pub async fn suggestions(tx: &mut Tx, staff: &Staff, asked: &Asked) -> Result<Suggestions> {
    let mut suggestions = Suggestions { has_wrong_digit: asked.query.has_wrong_digit(), ..Suggestions::default() };
    for shorter in asked.query.shorter().into_iter().take(MOST_TRIED) {
        let tried = Asked { query: Query::read(&shorter), filter: asked.filter.clone(), ..Asked::default() };
        if finds(tx, staff, &tried).await? {
            suggestions.shorter.push(shorter);
        }
    }
    if !asked.filter.is_empty() {
        let tried = Asked { query: asked.query.clone(), ..Asked::default() };
        suggestions.is_filtered_out = finds(tx, staff, &tried).await?;
    }
    Ok(suggestions)
}
