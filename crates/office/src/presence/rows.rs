//! The SQL of marks.

use pishkhan_store::{Moment, Result, Row, Tx, query};

use super::mark::{LASTS, Looker};
use crate::actor::Staff;
use crate::ids::LetterId;

pub(super) async fn put(tx: &mut Tx, staff: &Staff, letter: &LetterId) -> Result<()> {
    let (organisation, now) = (tx.organisation().0.clone(), tx.now().0);
    query(
        "insert into presences (organisation_id, letter_id, staff_id, opened_at) values ($1, $2, $3, $4)
         on conflict (organisation_id, letter_id, staff_id) do update set opened_at = excluded.opened_at",
    )
    .bind(organisation)
    .bind(letter.as_str())
    .bind(staff.id.as_str())
    .bind(now)
    .execute(tx.connection())
    .await?;
    Ok(())
}

/// False when there is no such mark.
pub(super) async fn remove(tx: &mut Tx, staff: &Staff, letter: &LetterId, opened: Moment) -> Result<bool> {
    let organisation = tx.organisation().0.clone();
    let done = query(
        "delete from presences where organisation_id = $1 and letter_id = $2 and staff_id = $3 and opened_at = $4",
    )
    .bind(organisation)
    .bind(letter.as_str())
    .bind(staff.id.as_str())
    .bind(opened.0)
    .execute(tx.connection())
    .await?;
    Ok(done.rows_affected() > 0)
}

pub(super) async fn own(tx: &mut Tx, staff: &Staff, letter: &LetterId, since: Moment) -> Result<Option<Moment>> {
    let organisation = tx.organisation().0.clone();
    let row = query(
        "select opened_at from presences
         where organisation_id = $1 and letter_id = $2 and staff_id = $3 and opened_at > $4",
    )
    .bind(organisation)
    .bind(letter.as_str())
    .bind(staff.id.as_str())
    .bind(since.0)
    .fetch_optional(tx.connection())
    .await?;
    Ok(row.map(|row| row.try_get("opened_at")).transpose()?.map(Moment))
}

/// Removes the organisation's marks that are over.
pub(super) async fn sweep(tx: &mut Tx, before: Moment) -> Result<()> {
    let organisation = tx.organisation().0.clone();
    query("delete from presences where organisation_id = $1 and opened_at <= $2")
        .bind(organisation)
        .bind(before.0)
        .execute(tx.connection())
        .await?;
    Ok(())
}

pub(super) async fn others(tx: &mut Tx, staff: &Staff, letter: &LetterId, since: Moment) -> Result<Vec<Looker>> {
    let organisation = tx.organisation().0.clone();
    query(
        "select s.name, p.opened_at
         from presences p join staff s on s.organisation_id = p.organisation_id and s.id = p.staff_id
         where p.organisation_id = $1 and p.letter_id = $2 and p.staff_id <> $3 and p.opened_at > $4
         order by p.opened_at, s.name limit 5",
    )
    .bind(organisation)
    .bind(letter.as_str())
    .bind(staff.id.as_str())
    .bind(since.0)
    .fetch_all(tx.connection())
    .await?
    .iter()
    .map(|row| {
        let opened = Moment(row.try_get("opened_at")?);
        Ok(Looker { name: row.try_get("name")?, until: opened.plus(LASTS) })
    })
    .collect()
}
