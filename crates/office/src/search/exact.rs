//! The letters that have exactly a number or tracking code, as somebody at the desk types it off another letter, or off an answer.

use pishkhan_persian::TrackingCode;
use pishkhan_store::{Result, Tx};

use super::find::{Asked, By, search};
use super::numbers;
use super::query::Query;
use crate::actor::Staff;
use crate::answers;
use crate::letters::Letter;

/// The letters of this whole number, or of this tracking code, that this person may see; in any digits, and the parts in any order.
pub async fn of_number(tx: &mut Tx, staff: &Staff, typed: &str) -> Result<Vec<Letter>> {
    let query = Query::read(typed);
    let number = whole(&query.text);
    let tracking = TrackingCode::parse(&query.text).ok();
    let is_it = |letter: &Letter| {
        letter.state.registration().is_some_and(|entry| {
            tracking.as_ref() == Some(&entry.tracking) || (!number.is_empty() && whole(&entry.number) == number)
        })
    };
    let mut found = with_code(tx, staff, query).await?;
    found.retain(is_it);
    Ok(found)
}

/// The letters of which an answer has this whole number, likewise, which is what stands on the paper that their senders have; also one that
/// an objection or a reopening undid, since its paper is with them still.
pub async fn of_answer_number(tx: &mut Tx, staff: &Staff, typed: &str) -> Result<Vec<Letter>> {
    let query = Query::read(typed);
    let number = whole(&query.text);
    if number.is_empty() {
        return Ok(Vec::new());
    }
    let mut answered = Vec::new();
    for letter in with_code(tx, staff, query).await? {
        let numbers = answers::numbers_of(tx, &letter.id).await?;
        if numbers.iter().any(|printed| whole(printed) == number) {
            answered.push(letter);
        }
    }
    Ok(answered)
}

/// Those with all parts of what was typed in a number or code of theirs.
async fn with_code(tx: &mut Tx, staff: &Staff, query: Query) -> Result<Vec<Letter>> {
    let asked = Asked { query, by: Some(By::Code), ..Asked::default() };
    Ok(search(tx, staff, &asked).await?.hits.into_iter().map(|hit| hit.letter).collect())
}

/// A number by all of its parts.
fn whole(number: &str) -> String {
    numbers::token(numbers::parts_of(number).iter())
}
