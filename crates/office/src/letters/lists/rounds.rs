//! What time has come for: letters whose window or waiting is over.

use pishkhan_store::{Result, Row, Tx, query};

use crate::ids::StaffId;
use crate::letters::letter::Letter;
use crate::letters::rows;

/// Answered letters whose sender can't object any more.
pub(in crate::letters) async fn to_close(tx: &mut Tx, most: u32) -> Result<Vec<Letter>> {
    let (organisation, now) = (tx.organisation().0.clone(), tx.now().0);
    query(
        "select * from letters where organisation_id = $1 and state = 'answered' and objection_until_at <= $2
         order by objection_until_at, id limit $3",
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

/// The reviewer with the fewest letters under review, if they have less than `most`; of several, the one who was given a letter
/// the longest ago.
pub(in crate::letters) async fn freest_reviewer(tx: &mut Tx, most: u32) -> Result<Option<StaffId>> {
    let organisation = tx.organisation().0.clone();
    let row = query(
        "select s.id,
                (select count(*) from letters l where l.organisation_id = s.organisation_id and l.state = 'submitted'
                   and l.reviewer_id = s.id) as load,
                (select coalesce(max(l.submitted_at), 0) from letters l where l.organisation_id = s.organisation_id
                   and l.state = 'submitted' and l.reviewer_id = s.id) as latest
         from staff s
         where s.organisation_id = $1 and s.disabled_at is null
           and exists (select 1 from posts p where p.organisation_id = s.organisation_id and p.staff_id = s.id
                         and p.ended_at is null and p.role = 'reviewer')
         order by load, latest, s.id limit 1",
    )
    .bind(organisation)
    .fetch_optional(tx.connection())
    .await?;
    let Some(row) = row else { return Ok(None) };
    let load: i64 = row.try_get("load")?;
    let id: String = row.try_get("id")?;
    Ok((load < i64::from(most)).then(|| StaffId::stored(&id)))
}
