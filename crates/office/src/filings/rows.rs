//! The SQL of filings. Every finder asks whose the filing is.

use pishkhan_store::{Result, Row, StoreError, Tx, query};
use sqlx::any::AnyRow;

use super::{Assent, Filing};
use crate::ids::{LetterId, SenderId, StaffId};
use crate::letters;

pub(super) async fn find(tx: &mut Tx, clerk: &StaffId, id: &LetterId) -> Result<Option<Filing>> {
    let organisation = tx.organisation().0.clone();
    query(
        "select l.*, f.mobile from filings f
         join letters l on l.organisation_id = f.organisation_id and l.id = f.letter_id
         where f.organisation_id = $1 and f.staff_id = $2 and f.letter_id = $3 and l.state = 'draft'",
    )
    .bind(organisation)
    .bind(clerk.as_str())
    .bind(id.as_str())
    .fetch_optional(tx.connection())
    .await?
    .map(|row| filing(&row))
    .transpose()
}

pub(super) async fn list(tx: &mut Tx, clerk: &StaffId) -> Result<Vec<Filing>> {
    let organisation = tx.organisation().0.clone();
    query(
        "select l.*, f.mobile from filings f
         join letters l on l.organisation_id = f.organisation_id and l.id = f.letter_id
         where f.organisation_id = $1 and f.staff_id = $2 and l.state = 'draft'
         order by f.begun_at desc, l.id limit 50",
    )
    .bind(organisation)
    .bind(clerk.as_str())
    .fetch_all(tx.connection())
    .await?
    .iter()
    .map(filing)
    .collect()
}

pub(super) async fn find_by_token(tx: &mut Tx, clerk: &StaffId, token: &str) -> Result<Option<LetterId>> {
    let organisation = tx.organisation().0.clone();
    let row = query("select letter_id from filings where organisation_id = $1 and staff_id = $2 and token = $3")
        .bind(organisation)
        .bind(clerk.as_str())
        .bind(token)
        .fetch_optional(tx.connection())
        .await?;
    row.map(|row| Ok(LetterId::stored(row.try_get(0)?))).transpose()
}

pub(super) async fn count(tx: &mut Tx, clerk: &StaffId) -> Result<i64> {
    let organisation = tx.organisation().0.clone();
    let row = query("select count(*) from filings where organisation_id = $1 and staff_id = $2")
        .bind(organisation)
        .bind(clerk.as_str())
        .fetch_one(tx.connection())
        .await?;
    Ok(row.try_get(0)?)
}

/// False when the form of this token has made one meanwhile.
pub(super) async fn insert(tx: &mut Tx, id: &LetterId, clerk: &StaffId, assent: &Assent, token: &str) -> Result<bool> {
    let (organisation, now) = (tx.organisation().0.clone(), tx.now().0);
    let done = query(
        "insert into filings (organisation_id, letter_id, staff_id, mobile, token, begun_at)
         values ($1, $2, $3, $4, $5, $6) on conflict (organisation_id, staff_id, token) do nothing",
    )
    .bind(organisation)
    .bind(id.as_str())
    .bind(clerk.as_str())
    .bind(assent.as_str())
    .bind(token)
    .bind(now)
    .execute(tx.connection())
    .await?;
    Ok(done.rows_affected() == 1)
}

pub(super) async fn set_assent(tx: &mut Tx, id: &LetterId, assent: &Assent) -> Result<()> {
    let organisation = tx.organisation().0.clone();
    query("update filings set mobile = $3 where organisation_id = $1 and letter_id = $2")
        .bind(organisation)
        .bind(id.as_str())
        .bind(assent.as_str())
        .execute(tx.connection())
        .await?;
    Ok(())
}

pub(super) async fn delete(tx: &mut Tx, id: &LetterId) -> Result<()> {
    let organisation = tx.organisation().0.clone();
    query("delete from filings where organisation_id = $1 and letter_id = $2")
        .bind(organisation)
        .bind(id.as_str())
        .execute(tx.connection())
        .await?;
    Ok(())
}

/// The draft is that sender's from now on, written down by this clerk.
pub(super) async fn give(tx: &mut Tx, id: &LetterId, sender: &SenderId, clerk: &StaffId) -> Result<()> {
    let organisation = tx.organisation().0.clone();
    query(
        "update letters set sender_id = $3, filed_by = $4
         where organisation_id = $1 and id = $2 and state = 'draft'",
    )
    .bind(organisation)
    .bind(id.as_str())
    .bind(sender.as_str())
    .bind(clerk.as_str())
    .execute(tx.connection())
    .await?;
    Ok(())
}

fn filing(row: &AnyRow) -> Result<Filing> {
    let assent = Assent::parse(&row.try_get::<String, _>("mobile")?).ok_or(StoreError::Unreadable("mobile number"))?;
    Ok(Filing { letter: letters::of_row(row)?, assent })
}
