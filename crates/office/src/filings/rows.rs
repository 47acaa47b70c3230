//! The SQL of filings. Every finder asks whose the filing is.

use pishkhan_store::{Moment, Result, Row, StoreError, Tx, query};
use sqlx::any::AnyRow;

use super::{Assent, Filing, Left};
use crate::ids::{LetterId, SenderId, StaffId};
use crate::letters;

/// The condition that the clerk of a filing, a row of this table, has not reviewed since that moment.
macro_rules! is_left {
    ($filing:literal, $moment:literal) => {
        concat!(
            "not exists (select 1 from posts p
                         join staff w on w.organisation_id = p.organisation_id and w.id = p.staff_id
                         where p.organisation_id = ",
            $filing,
            ".organisation_id and p.staff_id = ",
            $filing,
            ".staff_id and p.role = 'reviewer' and (p.ended_at is null or p.ended_at > ",
            $moment,
            ") and (w.disabled_at is null or w.disabled_at > ",
            $moment,
            "))"
        )
    };
}

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

pub(super) async fn list_left(tx: &mut Tx) -> Result<Vec<Left>> {
    let (organisation, now) = (tx.organisation().0.clone(), tx.now().0);
    query(concat!(
        "select l.*, f.mobile, s.name as clerk_name from filings f
         join letters l on l.organisation_id = f.organisation_id and l.id = f.letter_id
         join staff s on s.organisation_id = f.organisation_id and s.id = f.staff_id
         where f.organisation_id = $1 and l.state = 'draft' and ",
        is_left!("f", "$2"),
        " order by f.begun_at, l.id limit 50"
    ))
    .bind(organisation)
    .bind(now)
    .fetch_all(tx.connection())
    .await?
    .iter()
    .map(|row| Ok(Left { filing: filing(row)?, clerk: row.try_get("clerk_name")? }))
    .collect()
}

/// What has been left behind since that moment, and wasn't changed since.
pub(super) async fn left_since(tx: &mut Tx, moment: Moment, most: i64) -> Result<Vec<Filing>> {
    let organisation = tx.organisation().0.clone();
    query(concat!(
        "select l.*, f.mobile from filings f
         join letters l on l.organisation_id = f.organisation_id and l.id = f.letter_id
         where f.organisation_id = $1 and l.state = 'draft' and l.changed_at <= $2 and ",
        is_left!("f", "$2"),
        " order by f.begun_at, l.id limit $3"
    ))
    .bind(organisation)
    .bind(moment.0)
    .bind(most)
    .fetch_all(tx.connection())
    .await?
    .iter()
    .map(filing)
    .collect()
}

/// Gives what was left behind to this clerk, with nothing said of a mobile; false when it is another's. Its form's token stays, unless the
/// clerk has one like it, as when both began again from the same letter.
pub(super) async fn take_over(tx: &mut Tx, id: &LetterId, clerk: &StaffId) -> Result<bool> {
    let (organisation, now) = (tx.organisation().0.clone(), tx.now().0);
    let done = query(concat!(
        "update filings set staff_id = $3, mobile = $4,
                            token = case when exists (select 1 from filings o where o.organisation_id = filings.organisation_id
                                                        and o.staff_id = $3 and o.token = filings.token)
                                         then letter_id else token end
         where organisation_id = $1 and letter_id = $2 and ",
        is_left!("filings", "$5")
    ))
    .bind(organisation)
    .bind(id.as_str())
    .bind(clerk.as_str())
    .bind(Assent::Unsaid.as_str())
    .bind(now)
    .execute(tx.connection())
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Whether anybody is writing it down.
pub(super) async fn is_begun(tx: &mut Tx, id: &LetterId) -> Result<bool> {
    let organisation = tx.organisation().0.clone();
    let row = query("select 1 from filings where organisation_id = $1 and letter_id = $2")
        .bind(organisation)
        .bind(id.as_str())
        .fetch_optional(tx.connection())
        .await?;
    Ok(row.is_some())
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
