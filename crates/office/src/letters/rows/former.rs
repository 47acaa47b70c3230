//! The SQL of what a letter was before a decision that can be taken back.

use pishkhan_store::{Moment, Result, Row, StoreError, Tx, query};
use sqlx::any::AnyRow;

use super::reading::{self, state};
use crate::actor::Staff;
use crate::ids::{LetterId, StaffId};
use crate::letters::decision::{Decided, Decision};
use crate::letters::letter::{Letter, Stale};

/// The columns of the states from which such a decision starts.
macro_rules! state_columns {
    () => {
        "state, submitted_at, receipt_code, body_sha256, review_due_at, files_until_at, registered_at, registered_by,
         number_printed, number_direction, tracking_code, answer_due_at, rejected_at, rejected_by, reason_short, reason_note, ground,
         taken_at, officer_id, proposed_at, proposed_by, answered_at, answered_by, answer_text, answer_authority, answer_withheld,
         answer_number, answer_number_direction, answer_opened_at, objection_until_at, objected_at, objection_text, objection_due_at, closed_at"
    };
}

/// Keeps what the letter is, just before this person's decision makes its next version.
pub(in crate::letters) async fn keep_former(
    tx: &mut Tx,
    letter: &Letter,
    decided: Decided,
    by: &StaffId,
) -> Result<std::result::Result<(), Stale>> {
    let (organisation, now) = (tx.organisation().0.clone(), tx.now().0);
    let kept = query(concat!(
        "insert into former_states (organisation_id, letter_id, version, decided, staff_id, at, ",
        state_columns!(),
        ") select organisation_id, id, version, $4, $5, $6, ",
        state_columns!(),
        " from letters where organisation_id = $1 and id = $2 and version = $3
         on conflict (organisation_id, letter_id, version) do nothing"
    ))
    .bind(organisation)
    .bind(letter.id.as_str())
    .bind(letter.version)
    .bind(decided.as_str())
    .bind(by.as_str())
    .bind(now)
    .execute(tx.connection())
    .await?;
    Ok(if kept.rows_affected() == 1 { Ok(()) } else { Err(Stale) })
}

/// The decision that made the letter what it is, if it was one of these and was not taken back.
pub(in crate::letters) async fn find_former(tx: &mut Tx, letter: &Letter) -> Result<Option<Decision>> {
    let organisation = tx.organisation().0.clone();
    query(
        "select * from former_states
         where organisation_id = $1 and letter_id = $2 and version = $3 and undone_at is null",
    )
    .bind(organisation)
    .bind(letter.id.as_str())
    .bind(letter.version - 1)
    .fetch_optional(tx.connection())
    .await?
    .map(|row| decision(&row))
    .transpose()
}

/// A letter that this person reopened, as long as that is kept and was not taken back.
pub(in crate::letters) async fn find_reopened(tx: &mut Tx, staff: &Staff, id: &LetterId) -> Result<Option<Letter>> {
    let organisation = tx.organisation().0.clone();
    query(
        "select l.* from letters l
         where l.organisation_id = $1 and l.id = $2
           and l.classification <= (select s.clearance from staff s where s.organisation_id = $1 and s.id = $3)
           and exists (select 1 from former_states f
                       where f.organisation_id = l.organisation_id and f.letter_id = l.id and f.decided = 'reopened'
                         and f.staff_id = $3 and f.undone_at is null)",
    )
    .bind(organisation)
    .bind(id.as_str())
    .bind(staff.id.as_str())
    .fetch_optional(tx.connection())
    .await?
    .map(|row| reading::letter(&row))
    .transpose()
}

/// Whether somebody reopened a letter of this clearance, as long as that is kept and was not taken back.
pub(in crate::letters) async fn is_reopened(tx: &mut Tx, staff: &Staff, id: &LetterId) -> Result<bool> {
    let organisation = tx.organisation().0.clone();
    let row = query(
        "select 1 from letters l
         where l.organisation_id = $1 and l.id = $2
           and l.classification <= (select s.clearance from staff s where s.organisation_id = $1 and s.id = $3)
           and exists (select 1 from former_states f
                       where f.organisation_id = l.organisation_id and f.letter_id = l.id and f.decided = 'reopened'
                         and f.undone_at is null)",
    )
    .bind(organisation)
    .bind(id.as_str())
    .bind(staff.id.as_str())
    .fetch_optional(tx.connection())
    .await?;
    Ok(row.is_some())
}

/// Notes that the sender sees what was decided, unless it is taken back already.
pub(in crate::letters) async fn mark_decision_seen(tx: &mut Tx, letter: &Letter) -> Result<()> {
    let (organisation, now) = (tx.organisation().0.clone(), tx.now().0);
    query(
        "update former_states set seen_at = $4
         where organisation_id = $1 and letter_id = $2 and version = $3 and seen_at is null and undone_at is null",
    )
    .bind(organisation)
    .bind(letter.id.as_str())
    .bind(letter.version - 1)
    .bind(now)
    .execute(tx.connection())
    .await?;
    Ok(())
}

/// Notes that the decision is taken back; false when the sender saw it. Of a look and this, at once, one waits for the other.
pub(in crate::letters) async fn undo_former(tx: &mut Tx, decided: &Letter) -> Result<bool> {
    let (organisation, now) = (tx.organisation().0.clone(), tx.now().0);
    let undone = query(
        "update former_states set undone_at = $4
         where organisation_id = $1 and letter_id = $2 and version = $3 and seen_at is null and undone_at is null",
    )
    .bind(organisation)
    .bind(decided.id.as_str())
    .bind(decided.version - 1)
    .bind(now)
    .execute(tx.connection())
    .await?;
    Ok(undone.rows_affected() == 1)
}

/// Whose hand the letter was in, or had been, before what is taken back: a state in nobody's hand doesn't tell it.
pub(in crate::letters) async fn restore_hand(tx: &mut Tx, decided: &Letter) -> Result<()> {
    let organisation = tx.organisation().0.clone();
    query(
        "update letters set
             officer_id = (select f.officer_id from former_states f
                           where f.organisation_id = $1 and f.letter_id = $2 and f.version = $3),
             taken_at = (select f.taken_at from former_states f
                         where f.organisation_id = $1 and f.letter_id = $2 and f.version = $3)
         where organisation_id = $1 and id = $2",
    )
    .bind(organisation)
    .bind(decided.id.as_str())
    .bind(decided.version - 1)
    .execute(tx.connection())
    .await?;
    Ok(())
}

/// Forgets what letters were before decisions of before then.
pub(in crate::letters) async fn forget_former(tx: &mut Tx, before: Moment) -> Result<()> {
    let organisation = tx.organisation().0.clone();
    query("delete from former_states where organisation_id = $1 and at < $2")
        .bind(organisation)
        .bind(before.0)
        .execute(tx.connection())
        .await?;
    Ok(())
}

fn decision(row: &AnyRow) -> Result<Decision> {
    let decided: String = row.try_get("decided")?;
    Ok(Decision {
        what: Decided::parse(&decided).ok_or(StoreError::Unreadable("decision"))?,
        by: StaffId::stored(row.try_get("staff_id")?),
        at: Moment(row.try_get("at")?),
        former: state(row)?,
        seen_at: row.try_get::<Option<i64>, _>("seen_at")?.map(Moment),
    })
}
