//! The SQL of the index: what of a letter goes into it, where it stands, and its tokens.

use pishkhan_persian::Mobile;
use pishkhan_store::{Moment, Result, Row, StoreError, Tx, query};
use sqlx::any::AnyRow;

use super::tokens::EDITION;
use crate::ids::LetterId;
use crate::letters::Version;
use crate::senders;

/// What is found of a letter.
pub(super) struct Findable {
    pub version: Version,
    pub state: String,
    pub unit: String,
    pub sender_name: String,
    /// Empty: the sender acts alone.
    pub representative_name: String,
    pub sender_kind: String,
    /// None: the sender has none.
    pub mobile: Option<Mobile>,
    pub subject: String,
    pub body: String,
    pub receipt: String,
    pub number: Option<String>,
    /// What the sender's paper calls itself; empty: nothing.
    pub own_number: String,
    /// Numbers that it had, and that are crossed out in the book.
    pub voided: Vec<String>,
    pub tracking: Option<String>,
    /// Number and text of each answer that was issued, also of those that an objection undid.
    pub answers: Vec<(Option<String>, String)>,
    /// Other authorities to which one of them said that the matter belongs.
    pub authorities: Vec<String>,
    pub is_registered: bool,
    pub kind: String,
    pub classification: i64,
    pub holder: String,
    pub raised_to: Option<String>,
    pub escalated_to: Option<String>,
    /// To which unit and to whom it was referred.
    pub referrals: Vec<(String, String)>,
    pub has_file: bool,
}

/// A letter's place in the order in which they came.
#[derive(Clone, Debug)]
pub(super) struct Arrival {
    pub submitted: Moment,
    pub letter: LetterId,
}

impl Arrival {
    /// After whatever has come or will come.
    pub(super) fn after_all() -> Arrival {
        Arrival { submitted: Moment(i64::MAX), letter: LetterId::stored("") }
    }
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
    let organisation = tx.organisation().0.clone();
    let row =
        query("update search_places set edition = 0 where organisation_id = $1 and letter_id = $2 returning place")
            .bind(organisation)
            .bind(id.as_str())
            .fetch_optional(tx.connection())
            .await?;
    Ok(row.map(|row| row.try_get(0)).transpose()?)
}

/// Gives the letter that place; false when another letter has it, or somebody has just given this one a place.
pub(super) async fn take_place(tx: &mut Tx, id: &LetterId, place: i64) -> Result<bool> {
    let organisation = tx.organisation().0.clone();
    let inserted = query(
        "insert into search_places (organisation_id, letter_id, place, edition, letter_version)
         values ($1, $2, $3, 0, 0) on conflict do nothing",
    )
    .bind(organisation)
    .bind(id.as_str())
    .bind(place)
    .execute(tx.connection())
    .await?;
    Ok(inserted.rows_affected() == 1)
}

/// Says by which rules, and of which version of the letter, its tokens are.
pub(super) async fn note_version(tx: &mut Tx, id: &LetterId, version: Version) -> Result<()> {
    let organisation = tx.organisation().0.clone();
    query("update search_places set edition = $3, letter_version = $4 where organisation_id = $1 and letter_id = $2")
        .bind(organisation)
        .bind(id.as_str())
        .bind(EDITION)
        .bind(version)
        .execute(tx.connection())
        .await?;
    Ok(())
}

/// The letters before that one of which the index tells nothing, something old, or something by old rules, the newest first.
pub(super) async fn behind(tx: &mut Tx, before: &Arrival, most: u32) -> Result<Vec<Arrival>> {
    let organisation = tx.organisation().0.clone();
    query(
        "select l.submitted_at, l.id from letters l
         where l.organisation_id = $1 and l.submitted_at is not null and (l.submitted_at, l.id) < ($2, $3)
           and not exists (select 1 from search_places p where p.organisation_id = $1 and p.letter_id = l.id
                             and p.edition = $4 and p.letter_version = l.version)
         order by l.submitted_at desc, l.id desc limit $5",
    )
    .bind(organisation)
    .bind(before.submitted.0)
    .bind(before.letter.as_str())
    .bind(EDITION)
    .bind(i64::from(most))
    .fetch_all(tx.connection())
    .await?
    .iter()
    .map(|row| Ok(Arrival { submitted: Moment(row.try_get(0)?), letter: LetterId::stored(row.try_get(1)?) }))
    .collect()
}

/// What is found of the letter as it is now.
pub(super) async fn findable(tx: &mut Tx, id: &LetterId) -> Result<Findable> {
    let organisation = tx.organisation().0.clone();
    let row = query(
        "select l.version, l.state, l.unit_id, l.sender_name, l.sender_kind, l.subject, l.body, l.receipt_code, l.registered_at,
                l.number_printed, l.own_number, l.tracking_code, l.answer_number, l.answer_text, l.kind_id, l.classification,
                l.holder_unit_id, l.raised_to_unit_id, l.escalated_to_unit_id, l.representative_name, s.mobile,
                (select count(*) from files f where f.organisation_id = l.organisation_id and f.letter_id = l.id
                   and f.part = 'letter' and f.removed_at is null) as files
         from letters l join senders s on s.organisation_id = l.organisation_id and s.id = l.sender_id
         where l.organisation_id = $1 and l.id = $2",
    )
    .bind(organisation)
    .bind(id.as_str())
    .fetch_one(tx.connection())
    .await?;
    let mut findable = read(&row)?;
    for (number, text, authority) in issued_answers(tx, id).await? {
        findable.answers.push((number, text));
        findable.authorities.extend(authority);
    }
    findable.referrals = referrals(tx, id).await?;
    findable.voided = voided(tx, id).await?;
    Ok(findable)
}

/// Number, text and other authority of each.
type IssuedAnswer = (Option<String>, String, Option<String>);

async fn issued_answers(tx: &mut Tx, id: &LetterId) -> Result<Vec<IssuedAnswer>> {
    let organisation = tx.organisation().0.clone();
    query("select number_printed, text, authority from answers where organisation_id = $1 and letter_id = $2")
        .bind(organisation)
        .bind(id.as_str())
        .fetch_all(tx.connection())
        .await?
        .iter()
        .map(|row| Ok((row.try_get(0)?, row.try_get(1)?, row.try_get(2)?)))
        .collect()
}

async fn voided(tx: &mut Tx, id: &LetterId) -> Result<Vec<String>> {
    let organisation = tx.organisation().0.clone();
    query("select printed from entries where organisation_id = $1 and letter_id = $2 and voided_at is not null")
        .bind(organisation)
        .bind(id.as_str())
        .fetch_all(tx.connection())
        .await?
        .iter()
        .map(|row| Ok(row.try_get(0)?))
        .collect()
}

async fn referrals(tx: &mut Tx, id: &LetterId) -> Result<Vec<(String, String)>> {
    let organisation = tx.organisation().0.clone();
    query("select to_unit_id, to_staff_id from referrals where organisation_id = $1 and letter_id = $2")
        .bind(organisation)
        .bind(id.as_str())
        .fetch_all(tx.connection())
        .await?
        .iter()
        .map(|row| Ok((row.try_get(0)?, row.try_get(1)?)))
        .collect()
}

/// Writes the tokens of the letter, whatever they were. SQLite's full text goes through its rows quickly in one direction only, from the
/// lowest number on: so the newest has the lowest, its place below zero.
pub(super) async fn write_tokens(tx: &mut Tx, id: &LetterId, tokens: &str) -> Result<()> {
    let text = if tx.is_postgres() {
        "insert into search_tokens (organisation_id, place, tokens)
         select organisation_id, place, array_to_tsvector(string_to_array($3, ' ')) from search_places
         where organisation_id = $1 and letter_id = $2
         on conflict (organisation_id, place) do update set tokens = excluded.tokens"
    } else {
        "insert or replace into search_tokens (rowid, tokens)
         select -place, $3 from search_places where organisation_id = $1 and letter_id = $2"
    };
    let organisation = tx.organisation().0.clone();
    query(text).bind(organisation).bind(id.as_str()).bind(tokens).execute(tx.connection()).await?;
    Ok(())
}

fn read(row: &AnyRow) -> Result<Findable> {
    let mobile: String = row.try_get("mobile")?;
    let answer: Option<String> = row.try_get("answer_text")?;
    let number: Option<String> = row.try_get("answer_number")?;
    Ok(Findable {
        version: row.try_get("version")?,
        state: row.try_get("state")?,
        unit: row.try_get("unit_id")?,
        sender_name: row.try_get("sender_name")?,
        representative_name: row.try_get("representative_name")?,
        sender_kind: row.try_get("sender_kind")?,
        mobile: senders::mobile_of(&mobile)?,
        subject: row.try_get("subject")?,
        body: row.try_get("body")?,
        receipt: row.try_get::<Option<String>, _>("receipt_code")?.ok_or(StoreError::Unreadable("receipt_code"))?,
        number: row.try_get("number_printed")?,
        own_number: row.try_get("own_number")?,
        voided: Vec::new(),
        tracking: row.try_get("tracking_code")?,
        answers: answer.into_iter().map(|text| (number.clone(), text)).collect(),
        authorities: Vec::new(),
        is_registered: row.try_get::<Option<i64>, _>("registered_at")?.is_some(),
        kind: row.try_get("kind_id")?,
        classification: row.try_get("classification")?,
        holder: row.try_get("holder_unit_id")?,
        raised_to: row.try_get("raised_to_unit_id")?,
        escalated_to: row.try_get("escalated_to_unit_id")?,
        referrals: Vec::new(),
        has_file: row.try_get::<i64, _>("files")? > 0,
    })
}
