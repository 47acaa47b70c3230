//! The SQL of the numbers that answers were issued under.

use pishkhan_store::{Result, Row, Tx, query};

use crate::ids::LetterId;

/// The numbers of all answers of a letter that were issued, as they were printed.
pub async fn numbers_of(tx: &mut Tx, letter: &LetterId) -> Result<Vec<String>> {
    let organisation = tx.organisation().0.clone();
    query(
        "select number_printed from answers
         where organisation_id = $1 and letter_id = $2 and number_printed is not null",
    )
    .bind(organisation)
    .bind(letter.as_str())
    .fetch_all(tx.connection())
    .await?
    .iter()
    .map(|row| Ok(row.try_get("number_printed")?))
    .collect()
}
