//! The letters that have exactly a number or tracking code, as somebody at the desk types it off another letter.

use pishkhan_persian::TrackingCode;
use pishkhan_store::{Result, Tx};

use super::find::{Asked, By, search};
use super::query::Query;
use super::tokens;
use crate::actor::Staff;
use crate::letters::Letter;

/// The letters of this whole number, or of this tracking code, that this person may see; in any digits, and the parts in any order.
pub async fn of_number(tx: &mut Tx, staff: &Staff, typed: &str) -> Result<Vec<Letter>> {
    let query = Query::read(typed);
    let number = whole(&query.text);
    let tracking = TrackingCode::parse(&query.text).ok();
    let asked = Asked { query, by: Some(By::Code), ..Asked::default() };
    let found = search(tx, staff, &asked).await?.hits.into_iter().map(|hit| hit.letter);
    let is_it = |letter: &Letter| {
        letter.state.registration().is_some_and(|entry| {
            tracking.as_ref() == Some(&entry.tracking) || (!number.is_empty() && whole(&entry.number) == number)
        })
    };
    Ok(found.filter(is_it).collect())
}

/// A number by all of its parts.
fn whole(number: &str) -> String {
    tokens::number_token(tokens::number_parts(number).iter())
}
