//! The SQL of one letter. Every finder asks who is asking.

use pishkhan_persian::{ReceiptCode, TrackingCode};
use pishkhan_store::{Moment, Result, Row, StoreError, Tx, query};
use sqlx::any::AnyRow;

use super::letter::{Content, Letter, SenderKind, Stale};
use super::states::{Answer, Registration, Rejection, State, Submission, Work};
use crate::actor::{Officer, Staff};
use crate::ids::{LetterId, SenderId, StaffId, UnitId};
use crate::registry::Direction;

/// One of the sender's own letters, in any state.
pub async fn find_own(tx: &mut Tx, sender: &SenderId, id: &LetterId) -> Result<Option<Letter>> {
    let organisation = tx.organisation().0.clone();
    query("select * from letters where organisation_id = $1 and id = $2 and sender_id = $3")
        .bind(organisation)
        .bind(id.as_str())
        .bind(sender.as_str())
        .fetch_optional(tx.connection())
        .await?
        .map(|row| letter(&row))
        .transpose()
}

/// One of the sender's own drafts.
pub async fn find_draft(tx: &mut Tx, sender: &SenderId, id: &LetterId) -> Result<Option<Letter>> {
    let letter = find_own(tx, sender, id).await?;
    Ok(letter.filter(|letter| matches!(letter.state, State::Draft)))
}

/// A letter that this person may see at the desk: a reviewer or auditor any, an officer the registered ones of their units.
pub async fn find_for_desk(tx: &mut Tx, staff: &Staff, id: &LetterId) -> Result<Option<Letter>> {
    let organisation = tx.organisation().0.clone();
    query(
        "select l.* from letters l
         where l.organisation_id = $1 and l.id = $2 and l.state <> 'draft'
           and exists (select 1 from posts p
                       where p.organisation_id = l.organisation_id and p.staff_id = $3 and p.ended_at is null
                         and (p.role in ('reviewer', 'auditor')
                              or (p.role = 'officer' and p.unit_id = l.unit_id and l.registered_at is not null)))",
    )
    .bind(organisation)
    .bind(id.as_str())
    .bind(staff.id.as_str())
    .fetch_optional(tx.connection())
    .await?
    .map(|row| letter(&row))
    .transpose()
}

/// A letter on which this officer may act: a registered one of their units.
pub(super) async fn find_for_officer(tx: &mut Tx, officer: &Officer, id: &LetterId) -> Result<Option<Letter>> {
    let letter = find_for_desk(tx, officer, id).await?;
    Ok(letter.filter(|letter| letter.unit().is_some_and(|unit| officer.is_officer_of(unit))))
}

/// The letter that this sender's form made before.
pub(super) async fn find_by_token(tx: &mut Tx, sender: &SenderId, token: &str) -> Result<Option<Letter>> {
    let organisation = tx.organisation().0.clone();
    query("select * from letters where organisation_id = $1 and sender_id = $2 and token = $3")
        .bind(organisation)
        .bind(sender.as_str())
        .bind(token)
        .fetch_optional(tx.connection())
        .await?
        .map(|row| letter(&row))
        .transpose()
}

pub(super) async fn count_drafts(tx: &mut Tx, sender: &SenderId) -> Result<i64> {
    let organisation = tx.organisation().0.clone();
    let row = query("select count(*) from letters where organisation_id = $1 and sender_id = $2 and state = 'draft'")
        .bind(organisation)
        .bind(sender.as_str())
        .fetch_one(tx.connection())
        .await?;
    Ok(row.try_get(0)?)
}

/// Inserts a draft; false when the form of this token has made one meanwhile.
pub(super) async fn insert(tx: &mut Tx, letter: &Letter, token: &str) -> Result<bool> {
    let organisation = tx.organisation().0.clone();
    let inserted = query(
        "insert into letters (organisation_id, id, sender_id, state, version, unit_id, sender_name, sender_kind, subject,
                              body, token, created_at, changed_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
         on conflict (organisation_id, sender_id, token) do nothing",
    )
    .bind(organisation)
    .bind(letter.id.as_str())
    .bind(letter.sender.as_str())
    .bind(letter.state.as_str())
    .bind(letter.version)
    .bind(letter.unit().map_or("", UnitId::as_str))
    .bind(&letter.content.sender_name)
    .bind(letter.content.sender_kind.as_str())
    .bind(&letter.content.subject)
    .bind(&letter.content.body)
    .bind(token)
    .bind(letter.created_at.0)
    .bind(letter.changed_at.0)
    .execute(tx.connection())
    .await?;
    Ok(inserted.rows_affected() == 1)
}

/// Saves the letter if nobody saved it since it was read; it then has the next version.
pub(super) async fn save(tx: &mut Tx, letter: &mut Letter) -> Result<Result<(), Stale>> {
    let organisation = tx.organisation().0.clone();
    let submission = letter.state.submission();
    let registration = letter.state.registration();
    let rejection = letter.state.rejection();
    let answer = letter.state.answer();
    let work = match &letter.state {
        State::InProgress(_, _, work) => Some(work),
        _ => None,
    };
    let closed_at = match &letter.state {
        State::Closed(_, _, _, at) => Some(at.0),
        _ => None,
    };
    let saved = query(
        "update letters set
             state = $4, version = version + 1, unit_id = $5, sender_name = $6, sender_kind = $7, subject = $8, body = $9,
             changed_at = $10,
             submitted_at = $11, receipt_code = $12, body_sha256 = $13, review_due_at = $14,
             registered_at = $15, registered_by = $16, number_printed = $17, number_direction = $18, tracking_code = $19,
             answer_due_at = $20,
             rejected_at = $21, rejected_by = $22, reason_short = $23, reason_note = $24,
             taken_at = coalesce($25, taken_at), officer_id = coalesce($26, officer_id),
             answered_at = $27, answered_by = $28, answer_text = $29, closed_at = $30,
             files_promised_at = case when $31 is null then null else coalesce(files_promised_at, $31) end,
             files_until_at = $32
         where organisation_id = $1 and id = $2 and version = $3",
    )
    .bind(organisation)
    .bind(letter.id.as_str())
    .bind(letter.version)
    .bind(letter.state.as_str())
    .bind(letter.unit().map_or("", UnitId::as_str))
    .bind(&letter.content.sender_name)
    .bind(letter.content.sender_kind.as_str())
    .bind(&letter.content.subject)
    .bind(&letter.content.body)
    .bind(letter.changed_at.0)
    .bind(submission.map(|s| s.at.0))
    .bind(submission.map(|s| s.receipt.full()))
    .bind(submission.map(|s| s.text_sha256.clone()))
    .bind(submission.map(|s| s.review_due.0))
    .bind(registration.map(|r| r.at.0))
    .bind(registration.map(|r| r.by.as_str()))
    .bind(registration.map(|r| r.number.as_str()))
    .bind(registration.map(|r| r.direction.as_str()))
    .bind(registration.map(|r| r.tracking.as_str()))
    .bind(registration.map(|r| r.answer_due.0))
    .bind(rejection.map(|r| r.at.0))
    .bind(rejection.map(|r| r.by.as_str()))
    .bind(rejection.map(|r| r.reason.as_str()))
    .bind(rejection.map(|r| r.note.as_str()))
    .bind(work.map(|w| w.since.0))
    .bind(work.map(|w| w.officer.as_str()))
    .bind(answer.map(|a| a.at.0))
    .bind(answer.map(|a| a.by.as_str()))
    .bind(answer.map(|a| a.text.as_str()))
    .bind(closed_at)
    .bind(letter.content.has_files_following.then_some(letter.changed_at.0))
    .bind(submission.and_then(|s| s.files_until).map(|until| until.0))
    .execute(tx.connection())
    .await?;
    if saved.rows_affected() == 0 {
        return Ok(Err(Stale));
    }
    letter.version += 1;
    Ok(Ok(()))
}

/// Deletes a draft; false when there is none (any more).
pub(super) async fn delete_draft(tx: &mut Tx, sender: &SenderId, id: &LetterId) -> Result<bool> {
    let organisation = tx.organisation().0.clone();
    let deleted =
        query("delete from letters where organisation_id = $1 and id = $2 and sender_id = $3 and state = 'draft'")
            .bind(organisation)
            .bind(id.as_str())
            .bind(sender.as_str())
            .execute(tx.connection())
            .await?;
    Ok(deleted.rows_affected() == 1)
}

/// The letter in a row of `letters`.
pub(super) fn letter(row: &AnyRow) -> Result<Letter> {
    let unit: String = row.try_get("unit_id")?;
    Ok(Letter {
        id: LetterId::stored(row.try_get("id")?),
        sender: SenderId::stored(row.try_get("sender_id")?),
        version: row.try_get("version")?,
        content: Content {
            sender_name: row.try_get("sender_name")?,
            sender_kind: SenderKind::parse(row.try_get("sender_kind")?).ok_or(StoreError::Unreadable("sender kind"))?,
            unit: (!unit.is_empty()).then(|| UnitId::stored(&unit)),
            subject: row.try_get("subject")?,
            body: row.try_get("body")?,
            has_files_following: row.try_get::<Option<i64>, _>("files_promised_at")?.is_some(),
        },
        created_at: Moment(row.try_get("created_at")?),
        changed_at: Moment(row.try_get("changed_at")?),
        state: state(row)?,
    })
}

fn state(row: &AnyRow) -> Result<State> {
    let word: String = row.try_get("state")?;
    Ok(match word.as_str() {
        "draft" => State::Draft,
        "submitted" => State::Submitted(submission(row)?),
        "registered" => State::Registered(submission(row)?, registration(row)?),
        "in_progress" => {
            let in_hand = Work { officer: StaffId::stored(&text(row, "officer_id")?), since: moment(row, "taken_at")? };
            State::InProgress(submission(row)?, registration(row)?, in_hand)
        }
        "answered" => State::Answered(submission(row)?, registration(row)?, answer(row)?),
        "rejected" => State::Rejected(submission(row)?, rejection(row)?),
        "closed" => State::Closed(submission(row)?, registration(row)?, answer(row)?, moment(row, "closed_at")?),
        _ => return Err(StoreError::Unreadable("state")),
    })
}

fn submission(row: &AnyRow) -> Result<Submission> {
    Ok(Submission {
        at: moment(row, "submitted_at")?,
        receipt: ReceiptCode::parse(&text(row, "receipt_code")?).map_err(|_| StoreError::Unreadable("receipt code"))?,
        text_sha256: text(row, "body_sha256")?,
        review_due: moment(row, "review_due_at")?,
        files_until: row.try_get::<Option<i64>, _>("files_until_at")?.map(Moment),
    })
}

fn registration(row: &AnyRow) -> Result<Registration> {
    let tracking = text(row, "tracking_code")?;
    Ok(Registration {
        at: moment(row, "registered_at")?,
        by: StaffId::stored(&text(row, "registered_by")?),
        number: text(row, "number_printed")?,
        direction: Direction::parse(&text(row, "number_direction")?).ok_or(StoreError::Unreadable("direction"))?,
        tracking: TrackingCode::parse(&tracking).map_err(|_| StoreError::Unreadable("tracking code"))?,
        answer_due: moment(row, "answer_due_at")?,
    })
}

fn rejection(row: &AnyRow) -> Result<Rejection> {
    Ok(Rejection {
        at: moment(row, "rejected_at")?,
        by: StaffId::stored(&text(row, "rejected_by")?),
        reason: text(row, "reason_short")?,
        note: text(row, "reason_note")?,
    })
}

fn answer(row: &AnyRow) -> Result<Answer> {
    Ok(Answer {
        at: moment(row, "answered_at")?,
        by: StaffId::stored(&text(row, "answered_by")?),
        text: text(row, "answer_text")?,
    })
}

fn text(row: &AnyRow, column: &'static str) -> Result<String> {
    row.try_get::<Option<String>, _>(column)?.ok_or(StoreError::Unreadable(column))
}

fn moment(row: &AnyRow, column: &'static str) -> Result<Moment> {
    row.try_get::<Option<i64>, _>(column)?.map(Moment).ok_or(StoreError::Unreadable(column))
}
