//! The SQL of events.

use pishkhan_store::{Moment, Result, Row, StoreError, Tx, query};
use sqlx::any::AnyRow;

use super::{Event, Happening, Who};
use crate::ids::{LetterId, SenderId, StaffId};
use crate::news;

/// Records beside the letter what changes nothing of it, such as a look at it: the letter's row is held first, so that the next
/// place in its sequence is ours.
pub async fn record_beside(tx: &mut Tx, letter: &LetterId, who: &Who, event: &Event) -> Result<()> {
    hold(tx, letter).await?;
    record(tx, letter, who, event).await
}

/// Holds the letter's row until the end of this work; whoever acts on the letter waits.
pub async fn hold(tx: &mut Tx, letter: &LetterId) -> Result<()> {
    let organisation = tx.organisation().0.clone();
    query("update letters set version = version where organisation_id = $1 and id = $2")
        .bind(organisation)
        .bind(letter.as_str())
        .execute(tx.connection())
        .await?;
    Ok(())
}

/// Records what the act did. The letter's row is locked by then, so the next place in its sequence is ours.
pub async fn record(tx: &mut Tx, letter: &LetterId, who: &Who, event: &Event) -> Result<()> {
    tx.ring(news::LETTERS);
    let organisation = tx.organisation().0.clone();
    let now = tx.now().0;
    let detail = serde_json::to_string(event).map_err(|_| StoreError::Unreadable("event"))?;
    let (kind, id) = match who {
        Who::Sender(id) => ("sender", id.as_str()),
        Who::Staff(id) => ("staff", id.as_str()),
        Who::Time => ("time", ""),
    };
    query(
        "insert into events (organisation_id, letter_id, sequence, at, actor_kind, actor_id, kind, detail)
         values ($1, $2, (select coalesce(max(sequence), 0) + 1 from events where organisation_id = $1 and letter_id = $2),
                 $3, $4, $5, $6, $7)",
    )
    .bind(organisation)
    .bind(letter.as_str())
    .bind(now)
    .bind(kind)
    .bind(id)
    .bind(event.kind())
    .bind(detail)
    .execute(tx.connection())
    .await?;
    Ok(())
}

/// A letter's events, oldest first. The caller has already found the letter as its actor may see it.
pub async fn of_letter(tx: &mut Tx, letter: &LetterId) -> Result<Vec<Happening>> {
    let organisation = tx.organisation().0.clone();
    query(
        "select e.at, e.actor_kind, e.actor_id, e.detail, coalesce(s.name, '') as name
         from events e left join staff s on s.organisation_id = e.organisation_id and s.id = e.actor_id
         where e.organisation_id = $1 and e.letter_id = $2 order by e.sequence",
    )
    .bind(organisation)
    .bind(letter.as_str())
    .fetch_all(tx.connection())
    .await?
    .iter()
    .map(happening)
    .collect()
}

fn happening(row: &AnyRow) -> Result<Happening> {
    let actor: String = row.try_get("actor_id")?;
    let who = match row.try_get::<String, _>("actor_kind")?.as_str() {
        "sender" => Who::Sender(SenderId::stored(&actor)),
        "staff" => Who::Staff(StaffId::stored(&actor)),
        "time" => Who::Time,
        _ => return Err(StoreError::Unreadable("actor")),
    };
    let detail: String = row.try_get("detail")?;
    Ok(Happening {
        at: Moment(row.try_get("at")?),
        who,
        name: row.try_get("name")?,
        event: serde_json::from_str(&detail).map_err(|_| StoreError::Unreadable("event"))?,
    })
}
