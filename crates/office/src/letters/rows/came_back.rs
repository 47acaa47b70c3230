//! The SQL of what came back to whoever has a letter. `save` drops it when the letter goes to another unit, or is over.

use pishkhan_store::{Moment, Result, Row, StoreError, Tx, query};
use sqlx::any::AnyRow;

use crate::actor::Staff;
use crate::ids::{LetterId, StaffId};
use crate::ledger::Who;
use crate::letters::came_back::{Back, CameBack};
use crate::letters::letter::Letter;
use crate::news;

/// Notes what came back, and from whom; the act has saved the letter, or holds it. With a letter that is over nobody has anything to do.
pub(crate) async fn come_back(tx: &mut Tx, id: &LetterId, what: CameBack, by: &Who) -> Result<()> {
    let (organisation, now) = (tx.organisation().0.clone(), tx.now().0);
    let by = match by {
        Who::Staff(staff) => staff.as_str(),
        Who::Sender(_) | Who::Time => "",
    };
    query(
        "update letters set came_back_at = $3, came_back = $4, came_back_by = $5
         where organisation_id = $1 and id = $2
           and state not in ('answered', 'rejected', 'withdrawn', 'lapsed', 'closed')",
    )
    .bind(organisation)
    .bind(id.as_str())
    .bind(now)
    .bind(what.as_str())
    .bind(by)
    .execute(tx.connection())
    .await?;
    Ok(())
}

/// What brought the letter back was itself taken back.
pub(in crate::letters) async fn forget_back(tx: &mut Tx, id: &LetterId) -> Result<()> {
    let organisation = tx.organisation().0.clone();
    query("update letters set came_back_at = null where organisation_id = $1 and id = $2")
        .bind(organisation)
        .bind(id.as_str())
        .execute(tx.connection())
        .await?;
    Ok(())
}

/// What came back with this letter and waits for this person; None: nothing, or it waits for others.
pub async fn find_back(tx: &mut Tx, staff: &Staff, letter: &Letter) -> Result<Option<Back>> {
    let organisation = tx.organisation().0.clone();
    let row = query("select came_back_at, came_back, came_back_by from letters where organisation_id = $1 and id = $2")
        .bind(organisation)
        .bind(letter.id.as_str())
        .fetch_optional(tx.connection())
        .await?;
    let found = match row {
        Some(row) => back(&row)?,
        None => None,
    };
    Ok(found.filter(|back| back.is_for(staff, letter)))
}

/// Notes that whoever it waits for has it before them. What came back after it waits still.
pub async fn see_back(tx: &mut Tx, id: &LetterId, back: &Back) -> Result<()> {
    let organisation = tx.organisation().0.clone();
    let seen =
        query("update letters set came_back_at = null where organisation_id = $1 and id = $2 and came_back_at = $3")
            .bind(organisation)
            .bind(id.as_str())
            .bind(back.at.0)
            .execute(tx.connection())
            .await?;
    // As with messages: nothing was decided, but one letter fewer waits for a look.
    if seen.rows_affected() > 0 {
        tx.ring(news::LETTERS);
    }
    Ok(())
}

/// What came back, in a row that has the columns of it.
pub(in crate::letters) fn back(row: &AnyRow) -> Result<Option<Back>> {
    let Some(at) = row.try_get::<Option<i64>, _>("came_back_at")? else { return Ok(None) };
    let (what, by): (String, String) = (row.try_get("came_back")?, row.try_get("came_back_by")?);
    Ok(Some(Back {
        what: CameBack::parse(&what).ok_or(StoreError::Unreadable("what came back"))?,
        at: Moment(at),
        by: (!by.is_empty()).then(|| StaffId::stored(&by)),
    }))
}
