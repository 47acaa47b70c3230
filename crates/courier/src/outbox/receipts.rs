//! What became of messages: receipts that gateways send, and questions to those that must be asked. What is known goes forward only.

use std::time::Duration;

use pishkhan_store::{Moment, OrganisationId, Result, Row, Tx, query};

use crate::gateways::{Delivery, GatewayId};
use crate::routes::RouteId;

/// After so long each, counted from the sending, a gateway is asked what became of a message, as long as it isn't known.
const PAUSES: [Duration; 10] = [
    Duration::from_secs(15),
    Duration::from_secs(40),
    Duration::from_secs(90),
    Duration::from_secs(150),
    Duration::from_secs(220),
    // Before a message counts as late.
    Duration::from_secs(290),
    Duration::from_mins(15),
    Duration::from_hours(1),
    Duration::from_hours(6),
    Duration::from_hours(24),
];

/// Questions that wait so long are behind.
const BEHIND: Duration = Duration::from_mins(1);
/// A receipt of which nobody knows the message is kept so long.
const KEPT: Duration = Duration::from_hours(1);

/// A message about which its gateway is asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Question {
    pub organisation: OrganisationId,
    pub message: String,
    pub route: RouteId,
    pub id: GatewayId,
    pub sent_at: Moment,
    /// Since when it waits for its answer.
    pub due_at: Moment,
}

impl Question {
    /// Whether it waits longer than it should.
    pub fn is_behind(&self, now: Moment) -> bool {
        self.due_at < now.minus(BEHIND)
    }
}

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

struct Known {
    organisation: String,
    id: String,
    delivery: String,
}

async fn find(tx: &mut Tx, route: &RouteId, id: &GatewayId) -> Result<Option<Known>> {
    let row = query(
        "select organisation_id, id, delivery from outbox
         where route_id = $1 and route_id <> '' and gateway_id = $2 and sent_at is not null
         order by sent_at desc, id limit 1",
    )
    .bind(route.0.clone())
    .bind(id.0.clone())
    .fetch_optional(tx.connection())
    .await?;
    row.map(|row| Ok(Known { organisation: row.try_get(0)?, id: row.try_get(1)?, delivery: row.try_get(2)? }))
        .transpose()
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
        "update outbox set delivery = $1, delivered_at = $2, ask_at = case when $3 = 1 then null else ask_at end
         where organisation_id = $4 and id = $5 and delivery = $6",
    )
    .bind(delivery.as_str())
    .bind((delivery == Delivery::Delivered).then_some(now))
    .bind(i64::from(delivery == Delivery::Delivered || delivery.is_final() && delivery != Delivery::Undelivered))
    .bind(message.organisation.clone())
    .bind(message.id.clone())
    .bind(message.delivery.clone())
    .execute(tx.connection())
    .await?;
    Ok(if noted.rows_affected() > 0 { Noted::News } else { Noted::Overtaken })
}

async fn keep_early(tx: &mut Tx, route: &RouteId, id: &GatewayId, delivery: Delivery) -> Result<()> {
    let (organisation, now) = (tx.organisation().0.clone(), tx.now().0);
    query(
        "insert into early_receipts (organisation_id, route_id, gateway_id, delivery, at) values ($1, $2, $3, $4, $5)
         on conflict (organisation_id, route_id, gateway_id, delivery) do nothing",
    )
    .bind(organisation)
    .bind(route.0.clone())
    .bind(id.0.clone())
    .bind(delivery.as_str())
    .bind(now)
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

/// When a gateway is first asked about a message that it took at this moment.
pub(crate) fn first_question(sent_at: Moment) -> Moment {
    sent_at.plus(PAUSES[0])
}

/// When it is asked next, if it still knows then; it is told how long it remembers.
fn next_question(sent_at: Moment, now: Moment, within: Duration) -> Option<Moment> {
    PAUSES.iter().map(|pause| sent_at.plus(*pause)).find(|at| *at > now && at.since(sent_at) <= within)
}

/// The messages of any organisation whose gateways should be asked now, at most so many of each route: one whose gateway doesn't answer
/// must not take the places of the others. Each is put off, so that nobody else asks.
pub(crate) async fn questions(tx: &mut Tx, limit: u32, within: Duration) -> Result<Vec<Question>> {
    let now = tx.now();
    let rows = query(
        "select organisation_id, id, route_id, gateway_id, sent_at, ask_at from (
             select organisation_id, id, route_id, gateway_id, sent_at, ask_at,
                    row_number() over (partition by route_id order by ask_at, organisation_id, id) as place
             from outbox where ask_at <= $1 and ask_at is not null and sent_at is not null
         ) as due where place <= $2 order by ask_at, organisation_id, id",
    )
    .bind(now.0)
    .bind(i64::from(limit))
    .fetch_all(tx.connection())
    .await?;
    let mut questions = Vec::with_capacity(rows.len());
    for row in rows {
        let question = Question {
            organisation: OrganisationId(row.try_get(0)?),
            message: row.try_get(1)?,
            route: RouteId(row.try_get(2)?),
            id: GatewayId(row.try_get::<Option<String>, _>(3)?.unwrap_or_default()),
            sent_at: Moment(row.try_get(4)?),
            due_at: Moment(row.try_get(5)?),
        };
        let next = next_question(question.sent_at, now, within);
        let moved = query(
            "update outbox set ask_at = $1 where organisation_id = $2 and id = $3 and ask_at <= $4 and ask_at is not null",
        )
        .bind(next.map(|moment| moment.0))
        .bind(question.organisation.0.clone())
        .bind(question.message.clone())
        .bind(now.0)
        .execute(tx.connection())
        .await?;
        if moved.rows_affected() > 0 {
            questions.push(question);
        }
    }
    Ok(questions)
}

/// Asks again soon what a gateway left unanswered, unless the answer came by itself meanwhile.
pub(crate) async fn ask_again(tx: &mut Tx, questions: &[Question]) -> Result<()> {
    for question in questions {
        query(
            "update outbox set ask_at = $1 where organisation_id = $2 and id = $3 and ask_at > $1 and ask_at is not null",
        )
        .bind(question.due_at.0)
        .bind(question.organisation.0.clone())
        .bind(question.message.clone())
        .execute(tx.connection())
        .await?;
    }
    Ok(())
}

/// Whether questions about a route's messages wait longer than they should: then nobody knows how quick it is.
pub(crate) async fn are_behind(tx: &mut Tx, route: &RouteId) -> Result<bool> {
    let before = tx.now().minus(BEHIND).0;
    let found = query(
        "select organisation_id from outbox where route_id = $1 and route_id <> '' and ask_at < $2 and ask_at is not null limit 1",
    )
    .bind(route.0.clone())
    .bind(before)
    .fetch_optional(tx.connection())
    .await?;
    Ok(found.is_some())
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn questions_grow_rarer_and_end_when_the_gateway_forgets() {
        let (sent, two_days) = (Moment(1_000_000), Duration::from_hours(48));
        assert_eq!(first_question(sent), Moment(1_015_000));
        assert_eq!(next_question(sent, Moment(1_015_000), two_days), Some(Moment(1_040_000)));
        assert_eq!(
            next_question(sent, sent.plus(Duration::from_hours(2)), two_days),
            Some(sent.plus(Duration::from_hours(6)))
        );
        assert_eq!(next_question(sent, sent.plus(Duration::from_hours(2)), Duration::from_hours(5)), None);
        assert_eq!(next_question(sent, sent.plus(Duration::from_hours(25)), two_days), None);
    }
}
