//! Late letters of which nobody one level up was told yet.

use pishkhan_store::{Result, Tx, query};

use crate::letters::letter::Letter;
use crate::letters::rows;

/// Letters whose deadline passed after they were last escalated, if they ever were in the unit that has them: the oldest deadline first.
pub(in crate::letters) async fn to_escalate(tx: &mut Tx, most: u32) -> Result<Vec<Letter>> {
    let (organisation, now) = (tx.organisation().0.clone(), tx.now().0);
    // Three parts, each along an index of its own.
    query(
        "select l.* from (
             select id, review_due_at as due from letters
             where organisation_id = $1 and state = 'submitted' and review_due_at < $2
               and coalesce(escalated_at, 0) <= review_due_at
             union all
             select id, answer_due_at from letters
             where organisation_id = $1 and state in ('registered', 'in_progress', 'answer_review') and answer_due_at < $2
               and coalesce(escalated_at, 0) <= answer_due_at
             union all
             select id, objection_due_at from letters
             where organisation_id = $1 and state = 'objected' and objection_due_at < $2
               and coalesce(escalated_at, 0) <= objection_due_at
             order by 2, 1 limit $3
         ) as late
         join letters l on l.organisation_id = $1 and l.id = late.id
         order by late.due, late.id",
    )
    .bind(organisation)
    .bind(now)
    .bind(i64::from(most))
    .fetch_all(tx.connection())
    .await?
    .iter()
    .map(rows::letter)
    .collect()
}
