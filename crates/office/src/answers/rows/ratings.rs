//! The SQL of ratings of earlier answers; the letter has that of its last one.

use pishkhan_store::{Moment, Result, Row, StoreError, Tx, query};
use sqlx::any::AnyRow;

use crate::ids::LetterId;
use crate::letters::Rating;

/// The rating stays with the answer that it was of, the last one that holds no more.
pub async fn keep_rating(tx: &mut Tx, letter: &LetterId, rating: &Rating) -> Result<()> {
    let organisation = tx.organisation().0.clone();
    query(
        "update answers set rating = $3, rating_text = $4, rated_at = $5
         where organisation_id = $1 and letter_id = $2
           and at = (select max(a.at) from answers a
                     where a.organisation_id = $1 and a.letter_id = $2 and a.undone_at is not null)",
    )
    .bind(organisation)
    .bind(letter.as_str())
    .bind(i64::from(rating.steps))
    .bind(&rating.text)
    .bind(rating.at.0)
    .execute(tx.connection())
    .await?;
    Ok(())
}

/// Gives the rating of the last answer that holds no more back, if it was rated: the answer after it is taken back.
pub async fn take_rating(tx: &mut Tx, letter: &LetterId) -> Result<Option<Rating>> {
    let found = former_rating(tx, letter).await?;
    if let Some(rating) = &found {
        forget_rating(tx, letter, rating.at).await?;
    }
    Ok(found)
}

async fn former_rating(tx: &mut Tx, letter: &LetterId) -> Result<Option<Rating>> {
    let organisation = tx.organisation().0.clone();
    query(
        "select rating, rating_text, rated_at from answers
         where organisation_id = $1 and letter_id = $2 and undone_at is not null order by at desc, id desc limit 1",
    )
    .bind(organisation)
    .bind(letter.as_str())
    .fetch_optional(tx.connection())
    .await?
    .map_or(Ok(None), |row| rating(&row))
}

async fn forget_rating(tx: &mut Tx, letter: &LetterId, rated_at: Moment) -> Result<()> {
    let organisation = tx.organisation().0.clone();
    query(
        "update answers set rating = null, rating_text = null, rated_at = null
         where organisation_id = $1 and letter_id = $2 and rated_at = $3",
    )
    .bind(organisation)
    .bind(letter.as_str())
    .bind(rated_at.0)
    .execute(tx.connection())
    .await?;
    Ok(())
}

pub(super) fn rating(row: &AnyRow) -> Result<Option<Rating>> {
    let Some(steps) = row.try_get::<Option<i64>, _>("rating")? else { return Ok(None) };
    let steps = u8::try_from(steps).map_err(|_| StoreError::Unreadable("rating"))?;
    Ok(Some(Rating { steps, text: row.try_get("rating_text")?, at: Moment(row.try_get("rated_at")?) }))
}
