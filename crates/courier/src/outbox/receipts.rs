//! What became of messages: receipts that gateways send, and what they answer. What is known goes forward only.

use std::time::Duration;

use pishkhan_store::{Result, Row, Tx, query};
use sqlx::any::AnyRow;

use super::Question;
use crate::gateways::{Delivery, GatewayId};
use crate::routes::RouteId;

/// A receipt of which nobody knows the message is kept so long.
const KEPT: Duration = Duration::from_hours(1);
/// And so many of one route, many times as many as can be on their way at once: whoever calls about nobody's messages fills no table.
const KEPT_AT_ONCE: i64 = 1_000;

/// Takes a receipt of a route: what became of the message that its gateway knows by one of these ids. Answers whether it was news.
///
/// One of a message that nobody knows yet is kept for a while: a receipt may be quicker than our own commit.
pub async fn receive(tx: &mut Tx, route: &RouteId, ids: &[GatewayId], delivery: Delivery) -> Result<bool> {
    for id in ids {
        // Two receipts at once: the second looks again at what the first one made of it.
        for _ in 0..3 {
            let Some(message) = find(tx, route, id).await? else { break };
            match note(tx, &message, delivery).await? {
                Noted::News => return Ok(true),
                Noted::Old => return Ok(false),
                Noted::Overtaken => {}
            }
        }
    }
    for id in ids {
        keep_early(tx, route, id, delivery).await?;
    }
    Ok(false)
}

/// Takes what the gateway of the settings answered. It is no route, so nothing but the question says of which message, and no call does.
pub(crate) async fn answered(tx: &mut Tx, question: &Question, delivery: Delivery) -> Result<()> {
    for _ in 0..3 {
        let Some(message) = asked_about(tx, question).await? else { break };
        if !matches!(note(tx, &message, delivery).await?, Noted::Overtaken) {
            break;
        }
    }
    Ok(())
}

struct Known {
    organisation: String,
    id: String,
    delivery: String,
}

// By the gateway's id, and not by the time, although that is what it is sorted by: SQLite would go through all that the route has sent.
pub(super) const FIND: &str = "select organisation_id, id, delivery from outbox
     where route_id = $1 and route_id <> '' and gateway_id = $2 and coalesce(sent_at, -1) >= 0
     order by coalesce(sent_at, -1) desc, id limit 1";

async fn find(tx: &mut Tx, route: &RouteId, id: &GatewayId) -> Result<Option<Known>> {
    let row = query(FIND).bind(route.0.clone()).bind(id.0.clone()).fetch_optional(tx.connection()).await?;
    row.as_ref().map(known).transpose()
}

async fn asked_about(tx: &mut Tx, question: &Question) -> Result<Option<Known>> {
    let row = query(
        "select organisation_id, id, delivery from outbox
         where organisation_id = $1 and id = $2 and route_id = '' and gateway_id = $3 and sent_at is not null",
    )
    .bind(question.organisation.0.clone())
    .bind(question.message.clone())
    .bind(question.id.0.clone())
    .fetch_optional(tx.connection())
    .await?;
    row.as_ref().map(known).transpose()
}

fn known(row: &AnyRow) -> Result<Known> {
    Ok(Known { organisation: row.try_get(0)?, id: row.try_get(1)?, delivery: row.try_get(2)? })
}

enum Noted {
    News,
    Old,
    /// Somebody else has noted something meanwhile.
    Overtaken,
}

async fn note(tx: &mut Tx, message: &Known, delivery: Delivery) -> Result<Noted> {
    let before = Delivery::parse(&message.delivery);
    if before.is_some_and(|before| !delivery.is_forward_of(before)) {
        return Ok(Noted::Old);
    }
    let now = tx.now().0;
    let noted = query(
        "update outbox set delivery = $1, delivered_at = $2, ask_at = case when $3 = 1 then null else ask_at end,
                           changed_at = $7
         where organisation_id = $4 and id = $5 and delivery = $6",
    )
    .bind(delivery.as_str())
    .bind((delivery == Delivery::Delivered).then_some(now))
    .bind(i64::from(delivery == Delivery::Delivered || delivery.is_final() && delivery != Delivery::Undelivered))
    .bind(message.organisation.clone())
    .bind(message.id.clone())
    .bind(message.delivery.clone())
    .bind(now)
    .execute(tx.connection())
    .await?;
    Ok(if noted.rows_affected() > 0 { Noted::News } else { Noted::Overtaken })
}

async fn keep_early(tx: &mut Tx, route: &RouteId, id: &GatewayId, delivery: Delivery) -> Result<()> {
    let (organisation, now) = (tx.organisation().0.clone(), tx.now().0);
    query(
        "insert into early_receipts (organisation_id, route_id, gateway_id, delivery, at)
         select $1, $2, $3, $4, $5
         where (select count(*) from early_receipts where organisation_id = $1 and route_id = $2) < $6
         on conflict (organisation_id, route_id, gateway_id, delivery) do nothing",
    )
    .bind(organisation)
    .bind(route.0.clone())
    .bind(id.0.clone())
    .bind(delivery.as_str())
    .bind(now)
    .bind(KEPT_AT_ONCE)
    .execute(tx.connection())
    .await?;
    Ok(())
}

/// Takes the receipts that came before the message was marked as sent.
pub(super) async fn take_early(tx: &mut Tx, route: &RouteId, id: &str) -> Result<()> {
    let organisation = tx.organisation().0.clone();
    // The route is the organisation's own or the house's.
    take_kept(tx, &organisation, route, id).await?;
    take_kept(tx, "", route, id).await
}

async fn take_kept(tx: &mut Tx, organisation: &str, route: &RouteId, id: &str) -> Result<()> {
    let rows = query(
        "delete from early_receipts where organisation_id = $1 and route_id = $2 and gateway_id = $3
         returning delivery",
    )
    .bind(organisation.to_owned())
    .bind(route.0.clone())
    .bind(id.to_owned())
    .fetch_all(tx.connection())
    .await?;
    for row in rows {
        if let Some(delivery) = Delivery::parse(&row.try_get::<String, _>(0)?) {
            receive(tx, route, &[GatewayId(id.to_owned())], delivery).await?;
        }
    }
    Ok(())
}

/// Takes the receipts that waited for a message which is known by now: the two may have been committed at the same time.
pub(crate) async fn take_late(tx: &mut Tx) -> Result<()> {
    let rows = query(
        "select e.organisation_id, e.route_id, e.gateway_id from early_receipts e
         join outbox o on o.route_id = e.route_id and o.gateway_id = e.gateway_id and o.route_id <> ''
         order by e.organisation_id, e.route_id, e.gateway_id limit 500",
    )
    .fetch_all(tx.connection())
    .await?;
    for row in rows {
        let (organisation, route, id): (String, String, String) = (row.try_get(0)?, row.try_get(1)?, row.try_get(2)?);
        take_kept(tx, &organisation, &RouteId(route), &id).await?;
    }
    Ok(())
}

/// Forgets receipts of this organisation's routes that nobody came for.
pub async fn forget_early(tx: &mut Tx) -> Result<()> {
    let organisation = tx.organisation().0.clone();
    let before = tx.now().minus(KEPT).0;
    query("delete from early_receipts where organisation_id = $1 and at < $2")
        .bind(organisation)
        .bind(before)
        .execute(tx.connection())
        .await?;
    Ok(())
}
