//! The table of messages on their way: post, claim, mark sent, retry, park.
//!
//! Whoever claims a message moves its `due_at` on, so that nobody else sees it for a while; that is all the locking there is.

use std::time::Duration;

use pishkhan_store::{Moment, OrganisationId, Result, Row, Tx, query};

use crate::gateways::Urgency;
pub use crate::lists::{Ends, ended_between, first_sending};
use crate::routes::RouteId;
use crate::rules::day_of;
use crate::{Message, MessageId};

mod claimed;
mod many;
#[cfg(test)]
mod plans;
mod questions;
mod receipts;
pub use claimed::Claimed;
pub use many::{forget_expired, keep_until, readdress, recall, settle, unpark, withdraw, withdraw_from};
pub(crate) use questions::{Question, are_behind, ask_again, first_question, questions};
pub(crate) use receipts::{answered, take_late};
pub use receipts::{forget_early, receive};

/// Posts a message of this transaction's organisation, due now or when its hold is over: it goes out if, and only if, the transaction is committed.
pub async fn post(tx: &mut Tx, message: Message) -> Result<MessageId> {
    let id = MessageId::random();
    let (organisation, now) = (tx.organisation().0.clone(), tx.now());
    let places = serde_json::to_string(&message.values).expect("names and texts are always writable as JSON");
    query(
        "insert into outbox (organisation_id, id, recipient, template, text, created_at, due_at, tries, expires_at,
                             about, places, urgency)
         values ($1, $2, $3, $4, $5, $6, $7, 0, $8, $9, $10, $11)",
    )
    .bind(organisation)
    .bind(id.0.clone())
    .bind(message.to)
    .bind(message.template)
    .bind(message.text)
    .bind(now.0)
    .bind(now.plus(message.hold).0)
    .bind(message.expires_at.map(|moment| moment.0))
    .bind(message.about)
    .bind(places)
    .bind(Urgency::of(message.template).number())
    .execute(tx.connection())
    .await?;
    Ok(id)
}

/// Whether a message of that kind about something, posted about then, has left or is on its way: it can't be taken back any more.
pub async fn has_left(tx: &mut Tx, about: &str, template: &str, posted_at: Moment) -> Result<bool> {
    let organisation = tx.organisation().0.clone();
    // An act may tell a moment that is a little later than its message's, when it waited for a counter.
    let since = posted_at.0 - 10_000;
    let row = query(
        "select count(*) from outbox
         where organisation_id = $1 and about = $2 and about <> '' and template = $3 and created_at >= $4",
    )
    .bind(organisation)
    .bind(about.to_owned())
    .bind(template.to_owned())
    .bind(since)
    .fetch_one(tx.connection())
    .await?;
    Ok(row.try_get::<i64, _>(0)? > 0)
}

const ANY_DUE: &str = "select organisation_id from outbox
     where urgency = $1 and due_at <= $2 and sent_at is null and parked_at is null limit 1";

/// Whether any organisation has a message of that urgency to send now. A look that takes no lock, to spare the writer an idle worker.
pub async fn is_any_due(tx: &mut Tx, urgency: Urgency) -> Result<bool> {
    let now = tx.now().0;
    let found = query(ANY_DUE).bind(urgency.number()).bind(now).fetch_optional(tx.connection()).await?;
    Ok(found.is_some())
}

/// How many messages other than codes the organisation has sent to numbers since the day began in Tehran: so much of its day's budget is
/// spent.
pub async fn sent_today(tx: &mut Tx) -> Result<i64> {
    let day = day_of(tx.now());
    sent_since(tx, day).await
}

/// How many messages other than codes the organisation has sent to numbers since a moment.
pub(crate) async fn sent_since(tx: &mut Tx, since: Moment) -> Result<i64> {
    let organisation = tx.organisation().0.clone();
    let row = query(
        "select count(*) from outbox
         where organisation_id = $1 and sent_at >= $2 and sent_at is not null and urgency > 0 and recipient not like '%@%'",
    )
    .bind(organisation)
    .bind(since.0)
    .fetch_one(tx.connection())
    .await?;
    Ok(row.try_get(0)?)
}

// The condition is there twice on purpose. PostgreSQL lets two workers select the same rows; the second then waits for
// the first and looks at each row again, with the outer condition only: by then its due_at has moved on.
const CLAIM: &str = "update outbox set due_at = $1, tries = tries + 1
     where (organisation_id, id) in (
         select o.organisation_id, o.id from outbox o
         where o.urgency = $4 and o.due_at <= $2 and o.sent_at is null and o.parked_at is null
           and ($4 = 0 or not exists (
               select 1 from outbox b
               where b.organisation_id = o.organisation_id and b.recipient = o.recipient
                 and b.urgency between 1 and o.urgency and (b.due_at > o.due_at or b.urgency < o.urgency)
                 and b.created_at <= o.created_at and b.id <> o.id and b.sent_at is null and b.parked_at is null))
         order by o.due_at, o.created_at, o.organisation_id, o.id limit $3
     ) and due_at <= $2 and sent_at is null and parked_at is null
     returning organisation_id, id, recipient, template, text, created_at, expires_at, tries, places, about, route_id";

/// Claims at most `limit` due messages of all organisations for `lease`, the oldest first.
///
/// Nothing is claimed of a person while an older message of that urgency is with another worker or waits for its next try, and no news while
/// an older answer to them hasn't left, so that nobody reads of an older state after a newer one. Answers pass news, which may wait for the
/// morning; of codes all are claimed, since only the newest is worth anything.
pub async fn claim(tx: &mut Tx, urgency: Urgency, limit: u32, lease: Duration) -> Result<Vec<Claimed>> {
    let now = tx.now();
    let until = now.plus(lease);
    let rows = query(CLAIM)
        .bind(until.0)
        .bind(now.0)
        .bind(i64::from(limit))
        .bind(urgency.number())
        .fetch_all(tx.connection())
        .await?;
    let mut claimed = Vec::with_capacity(rows.len());
    for row in rows {
        claimed.push(Claimed {
            organisation: OrganisationId(row.try_get("organisation_id")?),
            id: MessageId(row.try_get("id")?),
            to: row.try_get("recipient")?,
            template: row.try_get("template")?,
            text: row.try_get("text")?,
            // What was posted before there were values has none.
            values: serde_json::from_str(&row.try_get::<String, _>("places")?).unwrap_or_default(),
            posted_at: Moment(row.try_get("created_at")?),
            expires_at: row.try_get::<Option<i64>, _>("expires_at")?.map(Moment),
            tries: u32::try_from(row.try_get::<i64, _>("tries")?).unwrap_or(u32::MAX),
            about: row.try_get("about")?,
            route: RouteId(row.try_get("route_id")?),
            at: now,
            until,
        });
    }
    claimed.sort_by(|a, b| (a.posted_at, &a.id).cmp(&(b.posted_at, &b.id)));
    Ok(claimed)
}

/// Marks a message as sent by a route, with the id that its gateway knows it by, and when that is asked what became of it.
///
/// It counts even when the claim ran out meanwhile: the gateway has the message, so nobody need send it again.
pub async fn mark_sent(
    tx: &mut Tx,
    claimed: &Claimed,
    route: &RouteId,
    gateway_id: Option<&str>,
    ask_at: Option<Moment>,
) -> Result<()> {
    let now = tx.now().0;
    query(
        "update outbox set sent_at = $1, gateway_id = $2, route_id = $3, ask_at = $4, parked_at = null, last_error = null
         where organisation_id = $5 and id = $6 and sent_at is null",
    )
    .bind(now)
    .bind(gateway_id.map(str::to_owned))
    .bind(route.0.clone())
    .bind(ask_at.filter(|_| gateway_id.is_some()).map(|moment| moment.0))
    .bind(claimed.organisation.0.clone())
    .bind(claimed.id.0.clone())
    .execute(tx.connection())
    .await?;
    if let Some(id) = gateway_id {
        receipts::take_early(tx, route, id).await?;
    }
    Ok(())
}

/// Puts a message off until `at`, unless somebody else has claimed it meanwhile. The next try must take `route`, if one is given, or else the one
/// that this try had to take.
pub async fn retry(tx: &mut Tx, claimed: &Claimed, at: Moment, route: Option<&RouteId>, error: &str) -> Result<()> {
    query(
        "update outbox set due_at = $1, last_error = $2, route_id = $3
         where organisation_id = $4 and id = $5 and tries = $6 and sent_at is null and parked_at is null",
    )
    .bind(at.0)
    .bind(error.to_owned())
    .bind(route.unwrap_or(&claimed.route).0.clone())
    .bind(claimed.organisation.0.clone())
    .bind(claimed.id.0.clone())
    .bind(i64::from(claimed.tries))
    .execute(tx.connection())
    .await?;
    put_behind(tx, claimed, at).await
}

/// What waits behind a message of the same person, as urgent or less, is put off with it, so that no claim looks through it meanwhile.
async fn put_behind(tx: &mut Tx, claimed: &Claimed, at: Moment) -> Result<()> {
    let urgency = Urgency::of(&claimed.template);
    if urgency == Urgency::Awaited {
        return Ok(());
    }
    query(
        "update outbox set due_at = $1
         where organisation_id = $2 and recipient = $3 and urgency >= $4 and due_at < $1 and id <> $5 and created_at >= $6
           and sent_at is null and parked_at is null",
    )
    .bind(at.0)
    .bind(claimed.organisation.0.clone())
    .bind(claimed.to.clone())
    .bind(urgency.number())
    .bind(claimed.id.0.clone())
    .bind(claimed.posted_at.0)
    .execute(tx.connection())
    .await?;
    Ok(())
}

/// Gives a message up for good, unless somebody else has claimed it meanwhile. Perhaps `route` has it all the same, if one is given.
pub async fn park(tx: &mut Tx, claimed: &Claimed, route: Option<&RouteId>, error: &str) -> Result<()> {
    let now = tx.now().0;
    query(
        "update outbox set parked_at = $1, last_error = $2, route_id = $3
         where organisation_id = $4 and id = $5 and tries = $6 and sent_at is null and parked_at is null",
    )
    .bind(now)
    .bind(error.to_owned())
    // One that had to take a route since that one may have it goes on naming it.
    .bind(route.unwrap_or(&claimed.route).0.clone())
    .bind(claimed.organisation.0.clone())
    .bind(claimed.id.0.clone())
    .bind(i64::from(claimed.tries))
    .execute(tx.connection())
    .await?;
    Ok(())
}

/// Gives a claim back untried until `at`: the try isn't counted.
pub async fn give_back(tx: &mut Tx, claimed: &Claimed, at: Moment, why: Option<&str>) -> Result<()> {
    query(
        "update outbox set due_at = $1, tries = tries - 1, last_error = $2
         where organisation_id = $3 and id = $4 and tries = $5 and sent_at is null and parked_at is null",
    )
    .bind(at.0)
    .bind(why.map(str::to_owned))
    .bind(claimed.organisation.0.clone())
    .bind(claimed.id.0.clone())
    .bind(i64::from(claimed.tries))
    .execute(tx.connection())
    .await?;
    put_behind(tx, claimed, at).await
}
