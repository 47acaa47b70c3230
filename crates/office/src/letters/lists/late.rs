//! Late letters of which nobody one level up was told yet, or of which nobody is left there who was.

use pishkhan_store::{Result, Tx, query};

use crate::letters::letter::Letter;
use crate::letters::{due, owed, rows};

/// Letters whose deadline passed after they were last escalated, if they ever were in the unit that has them; and those that lie where nobody
/// signs any more who may see them, although somebody above their unit does. Who was invited anew is there still. The oldest deadline first.
pub(in crate::letters) async fn to_escalate(tx: &mut Tx, most: u32) -> Result<Vec<Letter>> {
    let (organisation, now) = (tx.organisation().0.clone(), tx.now().0);
    query(TO_ESCALATE)
        .bind(organisation)
        .bind(now)
        .bind(i64::from(most))
        .fetch_all(tx.connection())
        .await?
        .iter()
        .map(rows::letter)
        .collect()
}

/// Four parts, each along an index of its own. The last one asks who signs where once, and for a way up only where it needs one: late letters
/// may be many, and those that lie with nobody are few.
pub(super) const TO_ESCALATE: &str = concat!(
    "with signers (unit_id, clearance, came) as (
         select p.unit_id, max(s.clearance), max(case when s.password_hash is not null then s.clearance end)
         from posts p join staff s on s.organisation_id = p.organisation_id and s.id = p.staff_id
         where p.organisation_id = $1 and p.role = 'signer' and p.ended_at is null and s.disabled_at is null
         group by p.unit_id
     )
     select l.* from (
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
         union all
         select l.id, ",
    due!(),
    " from letters l left join signers there on there.unit_id = l.escalated_to_unit_id
         where l.organisation_id = $1 and ",
    owed!(),
    " and ",
    due!(),
    " < $2 and l.escalated_at > ",
    due!(),
    " and coalesce(there.clearance, -1) < l.classification
           and exists (with recursive levels (unit_id) as (
                           select u.parent_id from units u where u.organisation_id = l.organisation_id
                             and u.id = coalesce(nullif(l.holder_unit_id, ''), l.unit_id)
                           union
                           select u.parent_id from levels join units u
                             on u.organisation_id = l.organisation_id and u.id = levels.unit_id)
                       select 1 from levels join signers above on above.unit_id = levels.unit_id
                       where above.came >= l.classification and above.came > coalesce(there.clearance, -1))
         order by 2, 1 limit $3
     ) as late
     join letters l on l.organisation_id = $1 and l.id = late.id
     order by late.due, late.id"
);
