//! A letter as its row tells it.

use pishkhan_persian::{ReceiptCode, TrackingCode};
use pishkhan_store::{Moment, Result, Row, StoreError};
use sqlx::any::AnyRow;

use crate::ids::{KindId, LetterId, SenderId, StaffId, UnitId};
use crate::letters::ending::Ending;
use crate::letters::letter::{
    Above, Classification, Content, Escalation, Letter, Own, Priority, Rating, Representative, RepresentativeKind,
    SenderKind,
};
use crate::letters::states::{
    Answer, Ended, Objection, Outcome, OutgoingNumber, Proposal, Question, Registration, Rejection, Return, State,
    Submission, Work,
};
use crate::registry::Direction;

/// The letter in a row of `letters`.
pub(crate) fn letter(row: &AnyRow) -> Result<Letter> {
    let unit: String = row.try_get("unit_id")?;
    let kind: String = row.try_get("kind_id")?;
    let holder: String = row.try_get("holder_unit_id")?;
    let reviewer: String = row.try_get("reviewer_id")?;
    let follows: String = row.try_get("follows_id")?;
    let filed_by: String = row.try_get("filed_by")?;
    let level: i64 = row.try_get("classification")?;
    let priority: i64 = row.try_get("priority")?;
    let raised_to: Option<String> = row.try_get("raised_to_unit_id")?;
    let escalated_to: Option<String> = row.try_get("escalated_to_unit_id")?;
    Ok(Letter {
        id: LetterId::stored(row.try_get("id")?),
        sender: SenderId::stored(row.try_get("sender_id")?),
        version: row.try_get("version")?,
        content: Content {
            sender_name: row.try_get("sender_name")?,
            sender_kind: SenderKind::parse(row.try_get("sender_kind")?).ok_or(StoreError::Unreadable("sender kind"))?,
            representative: representative(row)?,
            unit: (!unit.is_empty()).then(|| UnitId::stored(&unit)),
            kind: (!kind.is_empty()).then(|| KindId::stored(&kind)),
            subject: row.try_get("subject")?,
            body: row.try_get("body")?,
            has_files_following: row.try_get::<Option<i64>, _>("files_promised_at")?.is_some(),
        },
        created_at: Moment(row.try_get("created_at")?),
        changed_at: Moment(row.try_get("changed_at")?),
        classification: Classification::of_level(level).ok_or(StoreError::Unreadable("classification"))?,
        priority: Priority::of_level(priority).ok_or(StoreError::Unreadable("priority"))?,
        own: Own { number: row.try_get("own_number")?, date: row.try_get("own_date")? },
        holder: (!holder.is_empty()).then(|| UnitId::stored(&holder)),
        raised_to: raised_to.map(|above| Above::stored(&above)),
        escalation: match (maybe(row, "escalated_at")?, escalated_to) {
            (Some(at), Some(to)) => Some(Escalation { at, to: Above::stored(&to) }),
            _ => None,
        },
        reviewer: (!reviewer.is_empty()).then(|| StaffId::stored(&reviewer)),
        follows: (!follows.is_empty()).then(|| LetterId::stored(&follows)),
        filed_by: (!filed_by.is_empty()).then(|| StaffId::stored(&filed_by)),
        rating: rating(row)?,
        state: state(row)?,
    })
}

fn representative(row: &AnyRow) -> Result<Option<Representative>> {
    let kind: String = row.try_get("representative_kind")?;
    let representative = Representative {
        kind: RepresentativeKind::parse(&kind),
        name: row.try_get("representative_name")?,
        paper: row.try_get("representative_paper")?,
        until: row.try_get("representative_until")?,
        ends_at: maybe(row, "representative_until_at")?,
    };
    Ok((representative != Representative::default()).then_some(representative))
}

/// The state in a row that has the columns of it.
pub(super) fn state(row: &AnyRow) -> Result<State> {
    let word: String = row.try_get("state")?;
    Ok(match word.as_str() {
        "draft" => State::Draft,
        "submitted" => State::Submitted(submission(row)?),
        "returned" => State::Returned(submission(row)?, returned(row)?),
        "registered" => State::Registered(submission(row)?, registration(row)?),
        "in_progress" => State::InProgress(submission(row)?, registration(row)?, work(row)?),
        "awaiting_sender" => State::AwaitingSender(submission(row)?, registration(row)?, work(row)?, question(row)?),
        "answer_review" => {
            let proposal = Proposal { at: moment(row, "proposed_at")?, by: person(row, "proposed_by")? };
            State::AnswerReview(submission(row)?, registration(row)?, work(row)?, proposal)
        }
        "answered" => State::Answered(submission(row)?, registration(row)?, answer(row)?),
        "objected" => State::Objected(submission(row)?, outcome(row)?, objection(row)?),
        "rejected" => State::Rejected(submission(row)?, rejection(row)?),
        "withdrawn" => State::Withdrawn(submission(row)?, ended(row)?),
        "lapsed" => State::Lapsed(submission(row)?, ended(row)?),
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
        files_until: maybe(row, "files_until_at")?,
    })
}

fn returned(row: &AnyRow) -> Result<Return> {
    Ok(Return {
        at: moment(row, "returned_at")?,
        by: person(row, "returned_by")?,
        note: text(row, "return_note")?,
        until: moment(row, "wait_until_at")?,
    })
}

fn registration(row: &AnyRow) -> Result<Registration> {
    let tracking = text(row, "tracking_code")?;
    Ok(Registration {
        at: moment(row, "registered_at")?,
        by: person(row, "registered_by")?,
        number: text(row, "number_printed")?,
        direction: direction(row, "number_direction")?,
        tracking: TrackingCode::parse(&tracking).map_err(|_| StoreError::Unreadable("tracking code"))?,
        answer_due: moment(row, "answer_due_at")?,
    })
}

fn work(row: &AnyRow) -> Result<Work> {
    let officer: Option<String> = row.try_get("officer_id")?;
    Ok(Work { officer: officer.as_deref().map(StaffId::stored), since: moment(row, "taken_at")? })
}

fn question(row: &AnyRow) -> Result<Question> {
    Ok(Question { at: moment(row, "asked_at")?, by: person(row, "asked_by")?, until: moment(row, "wait_until_at")? })
}

fn answer(row: &AnyRow) -> Result<Answer> {
    let printed: Option<String> = row.try_get("answer_number")?;
    let number = match printed {
        Some(printed) => Some(OutgoingNumber { printed, direction: direction(row, "answer_number_direction")? }),
        None => None,
    };
    Ok(Answer {
        at: moment(row, "answered_at")?,
        by: person(row, "answered_by")?,
        text: text(row, "answer_text")?,
        ending: ending(row)?,
        number,
        objection_until: moment(row, "objection_until_at")?,
        opened_at: maybe(row, "answer_opened_at")?,
    })
}

fn ending(row: &AnyRow) -> Result<Ending> {
    let authority: Option<String> = row.try_get("answer_authority")?;
    let withheld: Option<String> = row.try_get("answer_withheld")?;
    let ground: Option<String> = row.try_get("ground")?;
    Ok(Ending::told(authority.as_deref(), &withheld.unwrap_or_default(), &ground.unwrap_or_default()))
}

fn rejection(row: &AnyRow) -> Result<Rejection> {
    Ok(Rejection {
        at: moment(row, "rejected_at")?,
        by: person(row, "rejected_by")?,
        reason: text(row, "reason_short")?,
        note: text(row, "reason_note")?,
        ground: row.try_get("ground")?,
        objection_until: moment(row, "objection_until_at")?,
    })
}

fn outcome(row: &AnyRow) -> Result<Outcome> {
    Ok(match maybe(row, "rejected_at")? {
        Some(_) => Outcome::Rejected(rejection(row)?),
        None => Outcome::Answered(registration(row)?, answer(row)?),
    })
}

fn objection(row: &AnyRow) -> Result<Objection> {
    Ok(Objection {
        at: moment(row, "objected_at")?,
        text: text(row, "objection_text")?,
        due: moment(row, "objection_due_at")?,
    })
}

fn ended(row: &AnyRow) -> Result<Ended> {
    let registration = match maybe(row, "registered_at")? {
        Some(_) => Some(registration(row)?),
        None => None,
    };
    Ok(Ended { at: moment(row, "ended_at")?, registration })
}

fn rating(row: &AnyRow) -> Result<Option<Rating>> {
    let Some(steps) = row.try_get::<Option<i64>, _>("rating")? else { return Ok(None) };
    let steps = u8::try_from(steps).map_err(|_| StoreError::Unreadable("rating"))?;
    Ok(Some(Rating { steps, text: text(row, "rating_text")?, at: moment(row, "rated_at")? }))
}

fn text(row: &AnyRow, column: &'static str) -> Result<String> {
    row.try_get::<Option<String>, _>(column)?.ok_or(StoreError::Unreadable(column))
}

fn maybe(row: &AnyRow, column: &'static str) -> Result<Option<Moment>> {
    Ok(row.try_get::<Option<i64>, _>(column)?.map(Moment))
}

fn moment(row: &AnyRow, column: &'static str) -> Result<Moment> {
    maybe(row, column)?.ok_or(StoreError::Unreadable(column))
}

fn person(row: &AnyRow, column: &'static str) -> Result<StaffId> {
    Ok(StaffId::stored(&text(row, column)?))
}

fn direction(row: &AnyRow, column: &'static str) -> Result<Direction> {
    Direction::parse(&text(row, column)?).ok_or(StoreError::Unreadable(column))
}
