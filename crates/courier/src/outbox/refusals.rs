//! What routes turned away: so that one that refuses everybody is noticed, and what it refused until then goes after all.

use std::time::Duration;

use pishkhan_store::{Moment, OrganisationId, Result, Row, Tx, query};

use super::Claimed;
use crate::MessageId;
use crate::gateways::{Purpose, SendError};
use crate::routes::RouteId;
use crate::schedule;

/// A refusal is kept so long; it counts for less.
const KEPT: Duration = Duration::from_hours(1);
/// So many messages are put on their way again at most.
const AT_ONCE: i64 = 500;

/// Notes that a route turned this message away, at this moment.
pub(crate) async fn note_refusal(tx: &mut Tx, message: &Claimed, route: &RouteId, error: &SendError) -> Result<()> {
    let now = tx.now().0;
    let kind = if matches!(error, SendError::Blocked(_)) { "blocked" } else { "refused" };
    query(
        "insert into refusals (organisation_id, message_id, route_id, kind, at) values ($1, $2, $3, $4, $5)
         on conflict (organisation_id, message_id, route_id) do update set kind = excluded.kind, at = excluded.at",
    )
    .bind(message.organisation.0.clone())
    .bind(message.id.0.clone())
    .bind(route.0.clone())
    .bind(kind)
    .bind(now)
    .execute(tx.connection())
    .await?;
    Ok(())
}

// What another route has refused, too, which doesn't refuse everybody, is refused for itself.
pub(crate) const REFUSED: &str = "select o.organisation_id, o.id, o.template, o.tries from refusals r
     join outbox o on o.organisation_id = r.organisation_id and o.id = r.message_id
     where r.route_id = $1 and r.route_id <> '' and r.at >= $2 and r.kind = 'refused'
       and o.parked_at is not null and o.sent_at is null and o.text <> '' and o.last_error like 'refused: %'
       and o.tries < $3 and (o.expires_at is null or o.expires_at > $4)
       and not exists (
           select 1 from refusals b
           where b.organisation_id = r.organisation_id and b.message_id = r.message_id and b.route_id <> r.route_id
             and not exists (
                 select 1 from routes t
                 where t.organisation_id >= '' and t.id = b.route_id and t.demoted_for = 'refusing' and t.demotions > 0))
     order by r.at desc, o.organisation_id, o.id limit $5";

/// Puts the notices on their way again that were given up since a moment for this route's refusal: it refuses whatever it is given, and that
/// says nothing of them. Whoever waited for a code has been told, and has another one by now. Answers how many there were.
pub(crate) async fn take_up(tx: &mut Tx, route: &RouteId, from: Moment, tries: u32) -> Result<usize> {
    let now = tx.now();
    let rows = query(REFUSED)
        .bind(route.0.clone())
        .bind(from.0)
        .bind(i64::from(tries))
        .bind(now.0)
        .bind(AT_ONCE)
        .fetch_all(tx.connection())
        .await?;
    let mut taken_up = 0;
    for row in rows {
        let template: String = row.try_get(2)?;
        if Purpose::of(&template) == Purpose::Notice {
            let (organisation, id) = (OrganisationId(row.try_get(0)?), MessageId(row.try_get(1)?));
            let tries = u32::try_from(row.try_get::<i64, _>(3)?).unwrap_or(u32::MAX);
            put_off(tx, &organisation, &id, now.plus(schedule::delay(tries, &id))).await?;
            taken_up += 1;
        }
    }
    Ok(taken_up)
}

async fn put_off(tx: &mut Tx, organisation: &OrganisationId, id: &MessageId, at: Moment) -> Result<()> {
    let now = tx.now().0;
    query(
        "update outbox set parked_at = null, due_at = $1, changed_at = $4
         where organisation_id = $2 and id = $3 and parked_at is not null and sent_at is null",
    )
    .bind(at.0)
    .bind(organisation.0.clone())
    .bind(id.0.clone())
    .bind(now)
    .execute(tx.connection())
    .await?;
    Ok(())
}

/// Forgets refusals of this organisation's messages that count no more.
pub async fn forget_refusals(tx: &mut Tx) -> Result<()> {
    let organisation = tx.organisation().0.clone();
    let before = tx.now().minus(KEPT).0;
    query("delete from refusals where organisation_id = $1 and at < $2")
        .bind(organisation)
        .bind(before)
        .execute(tx.connection())
        .await?;
    Ok(())
}
