//! The table of messages on their way: post, claim, hand over, mark sent, retry, park.
//!
//! Whoever claims a message moves its `due_at` on, so that nobody else sees it for a while; that is all the locking there is.

use std::time::Duration;

use pishkhan_store::{Moment, Result, Row, Tx, query};

use crate::gateways::Urgency;
use crate::routes::RouteId;
use crate::rules::day_of;
use crate::{Message, MessageId};

mod claimed;
mod claims;
mod line;
mod many;
#[cfg(test)]
mod plans;
mod questions;
mod receipts;
mod refusals;
pub use claimed::Claimed;
pub use claims::{Reached, claim, claim_behind, look_on};
pub use many::{
    forget_ended, forget_expired, keep_until, readdress, recall, settle, unpark, withdraw, withdraw_from, withdraw_kind,
};
pub(crate) use questions::{
    Question, are_behind, ask_again, first_question, forget_questions, is_any_to_ask, questions,
};
pub(crate) use receipts::{answered, take_late};
pub use receipts::{forget_early, receive};
pub use refusals::forget_refusals;
pub(crate) use refusals::{note_refusal, take_up};
#[cfg(test)]
pub(crate) use {plans::plan, refusals::REFUSED};

/// Posts a message of this transaction's organisation, due now or when its hold is over: it goes out if, and only if, the transaction is committed.
pub async fn post(tx: &mut Tx, message: Message) -> Result<MessageId> {
    let id = MessageId::random();
    let (organisation, now) = (tx.organisation().0.clone(), tx.now());
    let places = serde_json::to_string(&message.values).expect("names and texts are always writable as JSON");
    query(
        "insert into outbox (organisation_id, id, recipient, template, text, created_at, due_at, tries, expires_at,
                             about, places, urgency, language)
         values ($1, $2, $3, $4, $5, $6, $7, 0, $8, $9, $10, $11, $12)",
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
    .bind(message.language.code())
    .execute(tx.connection())
    .await?;
    Ok(id)
}

/// Whether a message of that kind about something, posted since then, has left or is on its way: it can't be taken back any more.
pub async fn has_left(tx: &mut Tx, about: &str, template: &str, since: Moment) -> Result<bool> {
    let organisation = tx.organisation().0.clone();
    let row = query(
        "select count(*) from outbox
         where organisation_id = $1 and about = $2 and about <> '' and template = $3 and created_at >= $4",
    )
    .bind(organisation)
    .bind(about.to_owned())
    .bind(template.to_owned())
    .bind(since.0)
    .fetch_one(tx.connection())
    .await?;
    Ok(row.try_get::<i64, _>(0)? > 0)
}

/// Whether a message of that kind about something, posted since then, has still to leave, and none has left: nobody was told yet. What was
/// given up has nothing to wait for.
pub async fn waits(tx: &mut Tx, about: &str, template: &str, since: Moment) -> Result<bool> {
    let organisation = tx.organisation().0.clone();
    let rows = query(
        "select sent_at, parked_at from outbox
         where organisation_id = $1 and about = $2 and about <> '' and template = $3 and created_at >= $4",
    )
    .bind(organisation)
    .bind(about.to_owned())
    .bind(template.to_owned())
    .bind(since.0)
    .fetch_all(tx.connection())
    .await?;
    let mut waits = false;
    for row in &rows {
        let (sent_at, parked_at): (Option<i64>, Option<i64>) = (row.try_get(0)?, row.try_get(1)?);
        if sent_at.is_some() {
            return Ok(false);
        }
        waits |= parked_at.is_none();
    }
    Ok(waits)
}

const ANY_DUE: &str = "select organisation_id from outbox
     where urgency = $1 and due_at <= $2 and sent_at is null and parked_at is null limit 1";

/// Whether any organisation has a message of that urgency to send now. A look that takes no lock, to spare the writer an idle worker.
pub async fn is_any_due(tx: &mut Tx, urgency: Urgency) -> Result<bool> {
    let now = tx.now().0;
    let found = query(ANY_DUE).bind(urgency.number()).bind(now).fetch_optional(tx.connection()).await?;
    Ok(found.is_some())
}

/// How many messages other than codes the organisation has sent to numbers since the day began in Tehran, or perhaps has: so much of its day's
/// budget is spent.
pub async fn sent_today(tx: &mut Tx) -> Result<i64> {
    let day = day_of(tx.now());
    sent_since(tx, day).await
}

/// So long after it was handed over nobody waits for an answer about a message any more: no claim is longer.
const HANDING: Duration = Duration::from_mins(5);

const SENT_SINCE: &str = "select (select count(*) from outbox
             where organisation_id = $1 and sent_at >= $2 and sent_at is not null
               and urgency > 0 and recipient not like '%@%')
          + (select count(*) from outbox
             where organisation_id = $1 and parked_at >= $2 and parked_at is not null and sent_at is null
               and last_error like 'unsure%' and urgency > 0 and recipient not like '%@%')
          + (select count(*) from outbox
             where organisation_id = $1 and sent_at is null and parked_at is null and route_id <> ''
               and (handed_at is null or handed_at < $3) and urgency > 0 and recipient not like '%@%')";

/// How many messages other than codes the organisation has sent to numbers since a moment. What a gateway may have counts, too: what was put
/// aside as unsure since then, and what waits to go to such a gateway again. What is on its way for the first time doesn't: whoever sends it
/// holds its place.
pub(crate) async fn sent_since(tx: &mut Tx, since: Moment) -> Result<i64> {
    let (organisation, now) = (tx.organisation().0.clone(), tx.now());
    let row = query(SENT_SINCE)
        .bind(organisation)
        .bind(since.0)
        .bind(now.minus(HANDING).0)
        .fetch_one(tx.connection())
        .await?;
    Ok(row.try_get(0)?)
}

/// How many messages other than codes the organisation may send in a day, where that is said of it alone.
pub(crate) async fn own_budget(tx: &mut Tx) -> Result<Option<u32>> {
    let organisation = tx.organisation().0.clone();
    let row = query("select messages_per_day from organisations where organisation_id = $1")
        .bind(organisation)
        .fetch_optional(tx.connection())
        .await?;
    let most = row.map(|row| row.try_get::<Option<i64>, _>(0)).transpose()?.flatten();
    Ok(most.and_then(|most| u32::try_from(most).ok()))
}

/// Writes down, before a message is handed to a route's gateway, that it is, and that nobody else claims it until then: if this worker stops, it
/// goes again by that route only. What that one may have already keeps the moment at which it first got it. Answers whether it may be handed over:
/// not what was withdrawn meanwhile, or claimed by somebody else.
pub async fn hand_over(tx: &mut Tx, claimed: &Claimed, route: &RouteId, until: Moment) -> Result<bool> {
    let handed_at = if claimed.is_bound() { claimed.handed_at } else { Some(tx.now()) };
    let handed = query(
        "update outbox set route_id = $1, handed_at = $2, due_at = $3
         where organisation_id = $4 and id = $5 and tries = $6 and sent_at is null and parked_at is null",
    )
    .bind(route.0.clone())
    .bind(handed_at.map(|moment| moment.0))
    .bind(until.0)
    .bind(claimed.organisation.0.clone())
    .bind(claimed.id.0.clone())
    .bind(i64::from(claimed.tries))
    .execute(tx.connection())
    .await?;
    Ok(handed.rows_affected() > 0)
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
        "update outbox set sent_at = $1, changed_at = $1, gateway_id = $2, route_id = $3, ask_at = $4, handed_at = null,
                           parked_at = null, last_error = null
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
/// that this try had to take, and for the same reason.
pub async fn retry(tx: &mut Tx, claimed: &Claimed, at: Moment, route: Option<&RouteId>, error: &str) -> Result<()> {
    query(
        "update outbox set due_at = $1, last_error = $2, route_id = $3, handed_at = $7
         where organisation_id = $4 and id = $5 and tries = $6 and sent_at is null and parked_at is null",
    )
    .bind(at.0)
    .bind(error.to_owned())
    .bind(route.unwrap_or(&claimed.route).0.clone())
    .bind(claimed.organisation.0.clone())
    .bind(claimed.id.0.clone())
    .bind(i64::from(claimed.tries))
    .bind(claimed.handed_at.map(|moment| moment.0))
    .execute(tx.connection())
    .await?;
    line::put_behind(tx, claimed, at).await
}

/// Gives a message up for good, unless somebody else has claimed it meanwhile. Perhaps `route` has it all the same, if one is given.
pub async fn park(tx: &mut Tx, claimed: &Claimed, route: Option<&RouteId>, error: &str) -> Result<()> {
    let now = tx.now().0;
    query(
        "update outbox set parked_at = $1, changed_at = $1, last_error = $2, route_id = $3, handed_at = null
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
    line::put_behind(tx, claimed, at).await
}
