//! What waits behind a message of the same person.

use pishkhan_store::{Moment, Result, Row, Tx, query};
use sqlx::any::AnyRow;

use super::Claimed;
use crate::gateways::Urgency;

/// What is due behind a message of the same person, as urgent or less, is put off with it, so that no claim looks through it meanwhile.
///
/// What isn't due waits for something of its own, such as for the end of its hold, and keeps its moment.
pub(super) async fn put_behind(tx: &mut Tx, claimed: &Claimed, at: Moment) -> Result<()> {
    let now = tx.now().0;
    let urgency = Urgency::of(&claimed.template);
    if urgency == Urgency::Awaited {
        return Ok(());
    }
    query(
        "update outbox set due_at = $1
         where organisation_id = $2 and recipient = $3 and urgency >= $4 and due_at < $1 and id <> $5 and created_at >= $6
           and due_at <= $7 and sent_at is null and parked_at is null",
    )
    .bind(at.0)
    .bind(claimed.organisation.0.clone())
    .bind(claimed.to.clone())
    .bind(urgency.number())
    .bind(claimed.id.0.clone())
    .bind(claimed.posted_at.0)
    .bind(now)
    .execute(tx.connection())
    .await?;
    Ok(())
}

/// A message that waits for its next try, and what was put behind it with it.
#[derive(PartialEq, Eq)]
pub(super) struct Front {
    pub recipient: String,
    urgency: i64,
    created_at: i64,
    due_at: i64,
}

/// The messages about something that wait for their next try.
pub(super) async fn fronts(tx: &mut Tx, about: &str) -> Result<Vec<Front>> {
    let (organisation, now) = (tx.organisation().0.clone(), tx.now().0);
    let rows = query(
        "select recipient, urgency, created_at, due_at from outbox
         where organisation_id = $1 and about = $2 and about <> '' and urgency > 0 and due_at > $3
           and last_error is not null and sent_at is null and parked_at is null",
    )
    .bind(organisation)
    .bind(about.to_owned())
    .bind(now)
    .fetch_all(tx.connection())
    .await?;
    let front = |row: &AnyRow| {
        Ok(Front {
            recipient: row.try_get(0)?,
            urgency: row.try_get(1)?,
            created_at: row.try_get(2)?,
            due_at: row.try_get(3)?,
        })
    };
    rows.iter().map(front).collect()
}

/// What was put behind a message that is gone is due now: it waits for the same moment, and nobody has tried it yet. What somebody has, which
/// may be with a worker at this moment, waits for its own.
pub(super) async fn call_up(tx: &mut Tx, gone: &Front) -> Result<()> {
    let (organisation, now) = (tx.organisation().0.clone(), tx.now().0);
    query(
        "update outbox set due_at = $1
         where organisation_id = $2 and recipient = $3 and urgency >= $4 and created_at >= $5 and due_at = $6
           and tries = 0 and sent_at is null and parked_at is null",
    )
    .bind(now)
    .bind(organisation)
    .bind(gone.recipient.clone())
    .bind(gone.urgency)
    .bind(gone.created_at)
    .bind(gone.due_at)
    .execute(tx.connection())
    .await?;
    Ok(())
}
