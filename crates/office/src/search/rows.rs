//! The SQL of the index: what of a letter goes into it, where it stands, and its tokens.

use pishkhan_persian::Mobile;
use pishkhan_store::{Moment, Result, Row, StoreError, Tx, query};
use sqlx::any::AnyRow;

use super::tokens::EDITION;
use crate::ids::LetterId;

/// What is found of a letter.
pub(super) struct Findable {
    pub state: String,
    pub unit: String,
    pub sender_name: String,
    pub sender_kind: String,
    pub mobile: Mobile,
    pub subject: String,
    pub body: String,
    pub receipt: String,
    pub number: Option<String>,
    pub tracking: Option<String>,
    pub answer: Option<String>,
    pub is_registered: bool,
    pub has_file: bool,
}

/// When the letter was submitted; None for drafts, which nobody finds.
pub(super) async fn submitted_at(tx: &mut Tx, id: &LetterId) -> Result<Option<Moment>> {
    let organisation = tx.organisation().0.clone();
    let row =
        query("select submitted_at from letters where organisation_id = $1 and id = $2 and submitted_at is not null")
            .bind(organisation)
            .bind(id.as_str())
            .fetch_optional(tx.connection())
            .await?;
    Ok(row.map(|row| row.try_get(0).map(Moment)).transpose()?)
}

/// The place that the letter has, if it has one. Until the end of this work nobody else indexes the letter.
pub(super) async fn hold_place(tx: &mut Tx, id: &LetterId) -> Result<Option<i64>> {
    let (organisation, now) = (tx.organisation().0.clone(), tx.now());
    let row = query(
        "update search_places set edition = $3, indexed_at = $4
         where organisation_id = $1 and letter_id = $2 returning place",
    )
    .bind(organisation)
    .bind(id.as_str())
    .bind(EDITION)
    .bind(now.0)
    .fetch_optional(tx.connection())
    .await?;
    Ok(row.map(|row| row.try_get(0)).transpose()?)
}

/// Gives the letter that place; false when another letter has it, or somebody has just given this one a place.
pub(super) async fn take_place(tx: &mut Tx, id: &LetterId, place: i64) -> Result<bool> {
    let (organisation, now) = (tx.organisation().0.clone(), tx.now());
    let inserted = query(
        "insert into search_places (organisation_id, letter_id, place, edition, indexed_at)
         values ($1, $2, $3, $4, $5) on conflict do nothing",
    )
    .bind(organisation)
    .bind(id.as_str())
    .bind(place)
    .bind(EDITION)
    .bind(now.0)
    .execute(tx.connection())
    .await?;
    Ok(inserted.rows_affected() == 1)
}

/// What is found of the letter as it is now.
pub(super) async fn findable(tx: &mut Tx, id: &LetterId) -> Result<Findable> {
    let organisation = tx.organisation().0.clone();
    let row = query(
        "select l.state, l.unit_id, l.sender_name, l.sender_kind, l.subject, l.body, l.receipt_code, l.registered_at,
                l.number_printed, l.tracking_code, l.answer_text, s.mobile,
                (select count(*) from files f where f.organisation_id = l.organisation_id and f.letter_id = l.id
                   and f.part = 'letter' and f.removed_at is null) as files
         from letters l join senders s on s.organisation_id = l.organisation_id and s.id = l.sender_id
         where l.organisation_id = $1 and l.id = $2",
    )
    .bind(organisation)
    .bind(id.as_str())
    .fetch_one(tx.connection())
    .await?;
    read(&row)
}

/// Writes the tokens of the letter, whatever they were.
pub(super) async fn write_tokens(tx: &mut Tx, id: &LetterId, tokens: &str) -> Result<()> {
    let text = if tx.is_postgres() {
        "insert into search_tokens (organisation_id, place, tokens)
         select organisation_id, place, array_to_tsvector(string_to_array($3, ' ')) from search_places
         where organisation_id = $1 and letter_id = $2
         on conflict (organisation_id, place) do update set tokens = excluded.tokens"
    } else {
        "insert or replace into search_tokens (rowid, tokens)
         select place, $3 from search_places where organisation_id = $1 and letter_id = $2"
    };
    let organisation = tx.organisation().0.clone();
    query(text).bind(organisation).bind(id.as_str()).bind(tokens).execute(tx.connection()).await?;
    Ok(())
}

fn read(row: &AnyRow) -> Result<Findable> {
    let mobile: String = row.try_get("mobile")?;
    Ok(Findable {
        state: row.try_get("state")?,
        unit: row.try_get("unit_id")?,
        sender_name: row.try_get("sender_name")?,
        sender_kind: row.try_get("sender_kind")?,
        mobile: Mobile::parse(&mobile).map_err(|_| StoreError::Unreadable("mobile"))?,
        subject: row.try_get("subject")?,
        body: row.try_get("body")?,
        receipt: row.try_get::<Option<String>, _>("receipt_code")?.ok_or(StoreError::Unreadable("receipt_code"))?,
        number: row.try_get("number_printed")?,
        tracking: row.try_get("tracking_code")?,
        answer: row.try_get("answer_text")?,
        is_registered: row.try_get::<Option<i64>, _>("registered_at")?.is_some(),
        has_file: row.try_get::<i64, _>("files")? > 0,
    })
}
