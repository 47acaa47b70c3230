//! The SQL of messages that were sent before it is measured what their receipts cost.

use pishkhan_office::Tx;
use pishkhan_store::{Row, query};

use crate::Outcome;

/// All that waits was sent by this route, under its own id.
pub async fn send_all(tx: &mut Tx, route: &str) -> Outcome<()> {
    let (organisation, now) = (tx.organisation().0.clone(), tx.now().0);
    query(
        "update outbox set sent_at = $1, route_id = $2, gateway_id = id, tries = 1
         where organisation_id = $3 and sent_at is null and parked_at is null",
    )
    .bind(now)
    .bind(route.to_owned())
    .bind(organisation)
    .execute(tx.connection())
    .await?;
    Ok(())
}

/// This one was sent by the gateway of the settings, which is asked about it now.
pub async fn let_ask(tx: &mut Tx, id: &str) -> Outcome<()> {
    let (organisation, now) = (tx.organisation().0.clone(), tx.now().0);
    query("update outbox set ask_at = $1, route_id = '' where organisation_id = $2 and id = $3")
        .bind(now)
        .bind(organisation)
        .bind(id.to_owned())
        .execute(tx.connection())
        .await?;
    Ok(())
}

/// What is known of a message.
pub async fn delivery(tx: &mut Tx, id: &str) -> Outcome<String> {
    let organisation = tx.organisation().0.clone();
    let row = query("select delivery from outbox where organisation_id = $1 and id = $2")
        .bind(organisation)
        .bind(id.to_owned())
        .fetch_one(tx.connection())
        .await?;
    Ok(row.try_get(0)?)
}
