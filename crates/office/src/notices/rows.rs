//! The SQL of notices.

use pishkhan_store::{Result, Row, Tx, query};
use sqlx::any::AnyRow;

use super::Change;
use super::notice::{Notice, can_be_off, kind};
use crate::ids::StaffId;

/// What the organisation says of the kind of message of this name, or how that is where nobody said anything; none of one in which it has no
/// say.
pub async fn find(tx: &mut Tx, name: &str) -> Result<Option<Notice>> {
    let organisation = tx.organisation().0.clone();
    let found = query("select kind, is_off, persian, english from notices where organisation_id = $1 and kind = $2")
        .bind(organisation)
        .bind(name)
        .fetch_optional(tx.connection())
        .await?;
    match found {
        Some(row) => notice(&row),
        None => Ok(kind(name).map(Notice::untouched)),
    }
}

/// All of which it says something.
pub(super) async fn list(tx: &mut Tx) -> Result<Vec<Notice>> {
    let organisation = tx.organisation().0.clone();
    let rows = query("select kind, is_off, persian, english from notices where organisation_id = $1 order by kind")
        .bind(organisation)
        .fetch_all(tx.connection())
        .await?;
    rows.iter().filter_map(|row| notice(row).transpose()).collect()
}

pub(super) async fn keep(tx: &mut Tx, by: &StaffId, kind: &str, change: &Change) -> Result<()> {
    let (organisation, now) = (tx.organisation().0.clone(), tx.now().0);
    query(
        "insert into notices (organisation_id, kind, is_off, persian, english, changed_at, changed_by)
         values ($1, $2, $3, $4, $5, $6, $7)
         on conflict (organisation_id, kind) do update
         set is_off = excluded.is_off, persian = excluded.persian, english = excluded.english,
             changed_at = excluded.changed_at, changed_by = excluded.changed_by",
    )
    .bind(organisation)
    .bind(kind)
    .bind(i64::from(change.is_off))
    .bind(&change.persian)
    .bind(&change.english)
    .bind(now)
    .bind(by.as_str())
    .execute(tx.connection())
    .await?;
    Ok(())
}

/// None of a kind that is there no more.
fn notice(row: &AnyRow) -> Result<Option<Notice>> {
    let Some(kind) = kind(row.try_get("kind")?) else { return Ok(None) };
    let is_off: i64 = row.try_get("is_off")?;
    Ok(Some(Notice {
        kind,
        // What is promised is sent, whatever stands here.
        is_off: is_off != 0 && can_be_off(kind),
        persian: row.try_get("persian")?,
        english: row.try_get("english")?,
    }))
}
