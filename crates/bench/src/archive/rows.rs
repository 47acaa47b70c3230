//! The SQL by which the archive is filled: whole rows at once, since a million letters by the acts would take an hour.

use pishkhan_office::Tx;
use pishkhan_office::ids::{LetterId, RegisterId, UnitId};
use pishkhan_office::persian::text::search_key_without_spaces;
use pishkhan_office::persian::{ReceiptCode, TrackingCode};
use pishkhan_store::{query, query_as, query_scalar};
use sqlx::AssertSqlSafe;

use super::course::Course;
use crate::Outcome;

/// What of a letter is not told by its course.
pub struct Written<'a> {
    pub id: &'a LetterId,
    pub sender: &'a str,
    pub unit: &'a UnitId,
    pub name: &'a str,
    pub subject: &'a str,
    pub body: &'a str,
    pub staff: &'a str,
    /// None before it is registered.
    pub number: Option<String>,
    pub receipt: ReceiptCode,
    pub tracking: TrackingCode,
}

/// A letter in its state, with the times that such a letter has: what was done with it came step by step, what is due comes in days.
pub async fn insert_letter(tx: &mut Tx, course: &Course, letter: &Written<'_>) -> Outcome<()> {
    let organisation = tx.organisation().0.clone();
    query(
        "insert into letters (organisation_id, id, sender_id, state, version, unit_id, sender_name, sender_kind, subject, body,
             token, created_at, changed_at, submitted_at, receipt_code, body_sha256, review_due_at, returned_at, returned_by,
             return_note, registered_at, registered_by, number_printed, number_direction, tracking_code, answer_due_at,
             rejected_at, rejected_by, reason_short, reason_note, taken_at, officer_id, asked_at, asked_by, wait_until_at,
             proposed_at, proposed_by, answered_at, answered_by, answer_text, objection_until_at, objected_at,
             objection_text, objection_due_at, ended_at, closed_at, holder_unit_id, raised_to_unit_id, sender_folded, was_referred)
         select $1, $2, $3, x.state, 4, x.unit, $6, 'person', $7, $8, $2, x.at, x.at + 5 * x.step, x.at, $9, $2,
             x.at + 3 * x.day, case when x.state = 'returned' then x.at + x.step end, x.staff, '',
             case when x.number <> '' then x.at + x.step end, x.staff,
             case when x.number <> '' then x.number end, 'ltr', case when x.number <> '' then $11 end,
             case when x.number <> '' then x.at + 20 * x.day end,
             case when x.state = 'rejected' then x.at + x.step end, x.staff, '', '',
             case when x.state in ('in_progress', 'awaiting_sender', 'answer_review') then x.at + 2 * x.step end,
             case when x.state in ('in_progress', 'awaiting_sender', 'answer_review') then x.staff end,
             case when x.state = 'awaiting_sender' then x.at + 3 * x.step end, x.staff,
             case when x.state in ('returned', 'awaiting_sender') then x.at + 40 * x.day end,
             case when x.state = 'answer_review' then x.at + 4 * x.step end, x.staff,
             case when x.state in ('answered', 'objected', 'closed') then x.at + 5 * x.step end, x.staff,
             case when x.state in ('answered', 'objected', 'closed') then $7 end,
             case when x.state in ('answered', 'objected', 'closed', 'rejected') then x.at + 90 * x.day end,
             case when x.state = 'objected' then x.at + 5 * x.step end, case when x.state = 'objected' then $7 end,
             case when x.state = 'objected' then x.at + 30 * x.day end,
             case when x.state in ('withdrawn', 'lapsed') then x.at + 5 * x.step end,
             case when x.state = 'closed' then x.at + 95 * x.step end,
             case when x.number <> '' then x.unit else '' end, case when x.state = 'objected' then '' end, $15, cast($16 as bigint)
         from (select cast($4 as text) as state, cast($5 as text) as unit, cast($12 as bigint) as at,
                      cast($13 as text) as staff, cast($10 as text) as number, cast($14 as bigint) as step,
                      cast(86400000 as bigint) as day) x",
    )
    .bind(organisation)
    .bind(letter.id.as_str())
    .bind(letter.sender)
    .bind(course.state)
    .bind(letter.unit.as_str())
    .bind(letter.name)
    .bind(letter.subject)
    .bind(letter.body)
    .bind(letter.receipt.full())
    .bind(letter.number.as_deref().unwrap_or_default())
    .bind(letter.tracking.as_str())
    .bind(course.submitted.0)
    .bind(letter.staff)
    .bind(course.step)
    .bind(search_key_without_spaces(letter.name))
    .bind(i64::from(course.is_referred()))
    .execute(tx.connection())
    .await?;
    Ok(())
}

/// A file of each letter, of which there are no bytes, and what its page tells of how it came.
pub async fn insert_files_and_events(tx: &mut Tx) -> Outcome<()> {
    let texts = [
        "insert into files (organisation_id, id, letter_id, part, position, name, kind, size, sha256, stored_at)
         select organisation_id, id, id, 'letter', 1, 'letter.pdf', 'pdf', 200000, id, submitted_at
         from letters where organisation_id = $1",
        "insert into events (organisation_id, letter_id, sequence, at, actor_kind, actor_id, kind, detail)
         select organisation_id, id, 1, submitted_at, 'sender', sender_id, 'letter_submitted',
                '{\"kind\":\"letter_submitted\",\"text_sha256\":\"\",\"files_sha256\":[],\"receipt_code\":\"' || receipt_code || '\"}'
         from letters where organisation_id = $1",
        "insert into events (organisation_id, letter_id, sequence, at, actor_kind, actor_id, kind, detail)
         select organisation_id, id, 2, registered_at, 'staff', registered_by, 'letter_registered',
                '{\"kind\":\"letter_registered\",\"tracking_code\":\"' || tracking_code || '\",\"number\":\"' || number_printed || '\"}'
         from letters where organisation_id = $1 and registered_at is not null",
    ];
    for text in texts {
        let organisation = tx.organisation().0.clone();
        query(text).bind(organisation).execute(tx.connection()).await?;
    }
    Ok(())
}

/// Takes away the indexes of what is written row by row, and answers how to make them again. Letters have no order in most of them,
/// so that a few thousand letters would touch every page of each.
pub async fn take_indexes(tx: &mut Tx) -> Outcome<Vec<String>> {
    let text = if tx.is_postgres() {
        "select cast(indexname as text), indexdef from pg_indexes
         where schemaname = current_schema() and tablename in ('letters', 'files', 'entries', 'referrals')
           and indexname not in (select conname from pg_constraint)"
    } else {
        "select name, sql from sqlite_schema
         where type = 'index' and tbl_name in ('letters', 'files', 'entries', 'referrals') and sql is not null"
    };
    let all: Vec<(String, String)> = query_as(text).fetch_all(tx.connection()).await?;
    for (name, _) in &all {
        query(AssertSqlSafe(format!("drop index {name}"))).execute(tx.connection()).await?;
    }
    Ok(all.into_iter().map(|(_, text)| text).collect())
}

pub async fn give_indexes(tx: &mut Tx, texts: Vec<String>) -> Outcome<()> {
    for text in texts {
        query(AssertSqlSafe(text)).execute(tx.connection()).await?;
    }
    Ok(())
}

/// Gives the writer of SQLite a gigabyte to lay out pages in.
pub async fn take_room(tx: &mut Tx) -> Outcome<()> {
    if !tx.is_postgres() {
        query("pragma cache_size = -1000000").execute(tx.connection()).await?;
    }
    Ok(())
}

pub async fn count_letters(tx: &mut Tx) -> Outcome<i64> {
    let organisation = tx.organisation().0.clone();
    let count = query_scalar("select count(*) from letters where organisation_id = $1");
    Ok(count.bind(organisation).fetch_one(tx.connection()).await?)
}

/// What PostgreSQL does by itself some time after so many rows have come.
pub async fn look_at_all(tx: &mut Tx) -> Outcome<()> {
    if tx.is_postgres() {
        query("analyze").execute(tx.connection()).await?;
    }
    Ok(())
}

/// Its line in the book.
pub async fn insert_entry(
    tx: &mut Tx,
    course: &Course,
    letter: &Written<'_>,
    register: &RegisterId,
    (year, number): (i64, i64),
) -> Outcome<()> {
    let organisation = tx.organisation().0.clone();
    query(
        "insert into entries (organisation_id, register_id, year, number, printed, letter_id, registered_at, registered_by)
         values ($1, $2, $3, $4, $5, $6, $7, $8)",
    )
    .bind(organisation)
    .bind(register.as_str())
    .bind(year)
    .bind(number)
    .bind(letter.number.as_deref())
    .bind(letter.id.as_str())
    .bind(course.submitted.0 + course.step)
    .bind(letter.staff)
    .execute(tx.connection())
    .await?;
    Ok(())
}

/// The letter was referred to that unit for action, which is done where the letter is over.
pub async fn insert_referral(tx: &mut Tx, course: &Course, letter: &LetterId, to: &UnitId) -> Outcome<()> {
    let organisation = tx.organisation().0.clone();
    query(
        "insert into referrals (organisation_id, id, letter_id, parent_id, hop, from_unit_id, from_staff_id, to_unit_id,
                                to_staff_id, purpose, text, at, done_at)
         values ($1, $2, $2, '', 1, $3, '', $3, '', 'action', '', $4, $5)",
    )
    .bind(organisation)
    .bind(letter.as_str())
    .bind(to.as_str())
    .bind(course.submitted.0 + 2 * course.step)
    .bind((!course.is_open).then_some(course.submitted.0 + 3 * course.step))
    .execute(tx.connection())
    .await?;
    Ok(())
}

pub async fn insert_sender(tx: &mut Tx, id: &str, mobile: &str, name: &str) -> Outcome<()> {
    let (organisation, now) = (tx.organisation().0.clone(), tx.now().0);
    query(
        "insert into senders (organisation_id, id, mobile, name, kind, language, created_at, seen_at, proved_at)
         values ($1, $2, $3, $4, 'person', 'fa', $5, $5, $5)",
    )
    .bind(organisation)
    .bind(id)
    .bind(mobile)
    .bind(name)
    .bind(now)
    .execute(tx.connection())
    .await?;
    Ok(())
}

/// Says how far the book of a year has counted.
pub async fn insert_counter(tx: &mut Tx, register: &RegisterId, year: i64, last: i64) -> Outcome<()> {
    let organisation = tx.organisation().0.clone();
    query(
        "insert into counters (organisation_id, register_id, year, last_number, last_taken_at) values ($1, $2, $3, $4, 0)",
    )
    .bind(organisation)
    .bind(register.as_str())
    .bind(year)
    .bind(last)
    .execute(tx.connection())
    .await?;
    Ok(())
}
