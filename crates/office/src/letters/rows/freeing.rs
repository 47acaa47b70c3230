//! The SQL of letters whose officer or reviewer works there no more, or may not see them any more.

use pishkhan_store::{Result, Row, Tx, query};
use sqlx::any::AnyRow;

use crate::ids::{LetterId, StaffId};

/// Takes out of the person's hand what they hold for a unit that they are no officer of now, or may not see now, whoever waits for it;
/// answers which.
pub(in crate::letters) async fn free_hands(tx: &mut Tx, gone: &StaffId) -> Result<Vec<LetterId>> {
    let (organisation, now) = (tx.organisation().0.clone(), tx.now().0);
    query(
        "update letters set officer_id = null, taken_at = $3, changed_at = $3, version = version + 1
         where organisation_id = $1 and officer_id = $2 and state in ('in_progress', 'awaiting_sender', 'answer_review')
           and not exists (select 1 from posts p join staff s on s.organisation_id = p.organisation_id and s.id = p.staff_id
                           where p.organisation_id = $1 and p.staff_id = $2 and p.ended_at is null and p.role = 'officer'
                             and p.unit_id = letters.holder_unit_id and s.disabled_at is null
                             and s.clearance >= letters.classification)
         returning id",
    )
    .bind(organisation)
    .bind(gone.as_str())
    .bind(now)
    .fetch_all(tx.connection())
    .await?
    .iter()
    .map(id)
    .collect()
}

/// Takes from the person the reviews that were assigned to them, when they review no more, or may not see the letter now;
/// answers which. An objection may bring a letter back under review.
pub(in crate::letters) async fn free_reviews(tx: &mut Tx, gone: &StaffId) -> Result<Vec<LetterId>> {
    let (organisation, now) = (tx.organisation().0.clone(), tx.now().0);
    query(
        "update letters set reviewer_id = '', changed_at = $3, version = version + 1
         where organisation_id = $1 and reviewer_id = $2 and reviewer_id <> ''
           and state in ('submitted', 'returned', 'objected')
           and not exists (select 1 from posts p join staff s on s.organisation_id = p.organisation_id and s.id = p.staff_id
                           where p.organisation_id = $1 and p.staff_id = $2 and p.ended_at is null and p.role = 'reviewer'
                             and s.disabled_at is null and s.clearance >= letters.classification)
         returning id",
    )
    .bind(organisation)
    .bind(gone.as_str())
    .bind(now)
    .fetch_all(tx.connection())
    .await?
    .iter()
    .map(id)
    .collect()
}

fn id(row: &AnyRow) -> Result<LetterId> {
    Ok(LetterId::stored(row.try_get("id")?))
}
