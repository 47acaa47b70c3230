//! What the outbox knows of routes: how quick they are, and what went by them.

use std::time::Duration;

use pishkhan_store::{Moment, Result, Row, Tx, query};
use sqlx::any::AnyRow;

use super::RouteId;
use super::health::{LATE, Lately, Seen};
use crate::MessageId;

/// A message that was given up.
#[derive(Clone, PartialEq, Eq)]
pub struct Parked {
    /// Its id.
    pub id: MessageId,
    /// To whom: the mobile number, `+989…`, or an e-mail address.
    pub to: String,
    /// Which kind of message it is.
    pub template: String,
    /// When the act posted it.
    pub posted_at: Moment,
    /// When it was given up.
    pub at: Moment,
    /// Why, in the courier's words or the gateway's.
    pub why: String,
}

impl Parked {
    fn read(row: &AnyRow) -> Result<Parked> {
        Ok(Parked {
            id: MessageId(row.try_get("id")?),
            to: row.try_get("recipient")?,
            template: row.try_get("template")?,
            posted_at: Moment(row.try_get("created_at")?),
            at: Moment(row.try_get("parked_at")?),
            why: row.try_get("why")?,
        })
    }
}

/// The organisation's messages that were given up and can be sent again, the newest first: those behind a place in that order, or the first.
pub async fn put_aside(tx: &mut Tx, behind: Option<(Moment, &MessageId)>, limit: u32) -> Result<Vec<Parked>> {
    let (organisation, now) = (tx.organisation().0.clone(), tx.now().0);
    let (at, id) = behind.map_or((i64::MAX, String::new()), |(at, id)| (at.0, id.0.clone()));
    let rows = query(
        "select id, recipient, template, created_at, parked_at, coalesce(last_error, '') as why from outbox
         where organisation_id = $1 and parked_at is not null and sent_at is null and text <> ''
           and (expires_at is null or expires_at > $2) and (parked_at, id) < ($3, $4)
         order by parked_at desc, id desc limit $5",
    )
    .bind(organisation)
    .bind(now)
    .bind(at)
    .bind(id)
    .bind(i64::from(limit))
    .fetch_all(tx.connection())
    .await?;
    rows.iter().map(Parked::read).collect()
}

/// Whether any of them is there.
pub async fn is_any_put_aside(tx: &mut Tx) -> Result<bool> {
    let (organisation, now) = (tx.organisation().0.clone(), tx.now().0);
    let found = query(LAST_PUT_ASIDE).bind(organisation).bind(now).fetch_optional(tx.connection()).await?;
    Ok(found.is_some())
}

/// In the order of the index of what can be sent again, by which SQLite then goes, and not by that of all that was given up.
pub(crate) const LAST_PUT_ASIDE: &str = "select id from outbox
     where organisation_id = $1 and parked_at is not null and sent_at is null and text <> ''
       and (expires_at is null or expires_at > $2)
     order by parked_at desc, id desc limit 1";

/// The organisation's messages that were given up since a moment and that nobody needs any more, as a code that ran out; the newest first.
pub async fn ended(tx: &mut Tx, since: Moment, limit: u32) -> Result<Vec<Parked>> {
    let (organisation, now) = (tx.organisation().0.clone(), tx.now().0);
    let rows = query(
        "select id, recipient, template, created_at, parked_at, coalesce(last_error, '') as why from outbox
         where organisation_id = $1 and parked_at is not null and parked_at >= $2 and sent_at is null
           and (text = '' or expires_at <= $3)
         order by parked_at desc, id desc limit $4",
    )
    .bind(organisation)
    .bind(since.0)
    .bind(now)
    .bind(i64::from(limit))
    .fetch_all(tx.connection())
    .await?;
    rows.iter().map(Parked::read).collect()
}

/// A route of which nothing was said to have arrived for so long is taken for one that never says so.
const TELLING: Duration = Duration::from_hours(7 * 24);
/// Receipts of what was sent so long before are looked for, too.
const LAST_RECEIPTS: Duration = Duration::from_hours(1);
/// How many messages are looked at for a median.
const LOOKED_AT: i64 = 1_000;

/// What a route did since some moment.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Figures {
    /// Messages that its gateway took.
    pub sent: i64,
    /// Those of them that arrived.
    pub delivered: i64,
    /// Those of which the gateway says that they never will.
    pub lost: i64,
    /// The time from taking to arriving that half of the last thousand kept to.
    pub median: Option<Duration>,
}

/// What a route did for this transaction's organisation since a moment; for all together when it is the house's.
pub async fn figures(tx: &mut Tx, id: &RouteId, since: Moment) -> Result<Figures> {
    let organisation = tx.organisation().0.clone();
    let row = query(
        "select count(*), count(delivered_at), count(*) filter (where delivery in ('undelivered', 'failed', 'blocked'))
         from outbox where route_id = $2 and route_id <> '' and sent_at >= $3 and ($1 = '' or organisation_id = $1)",
    )
    .bind(organisation.clone())
    .bind(id.0.clone())
    .bind(since.0)
    .fetch_one(tx.connection())
    .await?;
    let rows = query(
        "select delivered_at - sent_at from outbox
         where route_id = $2 and route_id <> '' and sent_at >= $3 and ($1 = '' or organisation_id = $1)
           and delivered_at is not null
         order by sent_at desc limit $4",
    )
    .bind(organisation)
    .bind(id.0.clone())
    .bind(since.0)
    .bind(LOOKED_AT)
    .fetch_all(tx.connection())
    .await?;
    let times = rows.iter().map(|row| Ok(row.try_get(0)?)).collect::<Result<Vec<i64>>>()?;
    Ok(Figures { sent: row.try_get(0)?, delivered: row.try_get(1)?, lost: row.try_get(2)?, median: median(times) })
}

/// What the gateway of the settings did for the organisation since a moment.
pub async fn sent_by_settings(tx: &mut Tx, since: Moment) -> Result<Figures> {
    let mut tally = Tally::default();
    tally.add_settings(tx, since).await?;
    Ok(tally.figures())
}

/// What the gateway of the settings did for one organisation after the other.
#[derive(Default)]
pub struct Tally {
    counted: Figures,
    times: Vec<i64>,
}

impl Tally {
    /// Counts what it did for this transaction's organisation since a moment.
    pub async fn add_settings(&mut self, tx: &mut Tx, since: Moment) -> Result<()> {
        let organisation = tx.organisation().0.clone();
        let row = query(
            "select count(*), count(delivered_at), count(*) filter (where delivery in ('undelivered', 'failed', 'blocked'))
             from outbox where organisation_id = $1 and sent_at >= $2 and sent_at is not null and route_id = ''",
        )
        .bind(organisation.clone())
        .bind(since.0)
        .fetch_one(tx.connection())
        .await?;
        let rows = query(
            "select delivered_at - sent_at from outbox
             where organisation_id = $1 and sent_at >= $2 and sent_at is not null and route_id = '' and delivered_at is not null
             order by sent_at desc limit $3",
        )
        .bind(organisation)
        .bind(since.0)
        .bind(LOOKED_AT)
        .fetch_all(tx.connection())
        .await?;
        for row in &rows {
            self.times.push(row.try_get(0)?);
        }
        self.counted.sent += row.try_get::<i64, _>(0)?;
        self.counted.delivered += row.try_get::<i64, _>(1)?;
        self.counted.lost += row.try_get::<i64, _>(2)?;
        Ok(())
    }

    /// All of it together; the median is that of the last thousand of each organisation.
    pub fn figures(self) -> Figures {
        Figures { median: median(self.times), ..self.counted }
    }
}

fn median(mut times: Vec<i64>) -> Option<Duration> {
    times.sort_unstable();
    let middle = times.get(times.len() / 2)?;
    Some(Duration::from_millis(u64::try_from(*middle).unwrap_or_default()))
}

pub(super) const SENT_LATELY: &str =
    "select count(*), count(*) filter (where delivered_at is null or delivered_at - sent_at > $1),
            cast(case when exists (select 1 from outbox r where r.route_id = $2 and r.route_id <> '' and r.sent_at >= $6
                                     and (r.delivered_at >= $3 or r.sent_at >= $3 and r.delivery <> ''))
                 then 1 else 0 end as bigint)
     from outbox
     where route_id = $2 and route_id <> '' and sent_at >= $3 and sent_at < $4
       and delivery not in ('undelivered', 'failed', 'blocked')
       and exists (select 1 from outbox t where t.route_id = $2 and t.route_id <> '' and t.sent_at >= $5
                     and t.delivered_at is not null)";

/// What a route sent between these moments, and how much of it came late or is still on its way. What is known never to come says nothing of
/// how quick it is, and is looked at by [`seen_lately`]. Nor does anything where nobody ever tells what arrived, or tells nothing any more.
pub(crate) async fn sent_lately(tx: &mut Tx, id: &RouteId, (from, until): (Moment, Moment)) -> Result<Lately> {
    let late = i64::try_from(LATE.as_millis()).unwrap_or(i64::MAX);
    let row = query(SENT_LATELY)
        .bind(late)
        .bind(id.0.clone())
        .bind(from.0)
        .bind(until.0)
        .bind(from.minus(TELLING).0)
        .bind(from.minus(LAST_RECEIPTS).0)
        .fetch_one(tx.connection())
        .await?;
    Ok(Lately { sent: row.try_get(0)?, late: row.try_get(1)?, is_told: row.try_get::<i64, _>(2)? == 1 })
}

pub(super) const SEEN_LATELY: &str = "select count(distinct recipient),
            count(distinct recipient) filter (where outcome = 'refused'),
            count(distinct recipient) filter (where outcome not in ('refused', 'undelivered', 'blocked')),
            count(distinct recipient) filter (where outcome = 'failed'),
            count(distinct recipient) filter (where outcome in ('delivered', 'undelivered', 'failed', 'blocked')),
            count(distinct recipient) filter (where outcome = 'delivered')
     from (
         select recipient, delivery as outcome from outbox where route_id = $1 and route_id <> '' and sent_at >= $2
         union all
         select o.recipient, r.kind from refusals r
         join outbox o on o.organisation_id = r.organisation_id and o.id = r.message_id
         where r.route_id = $1 and r.at >= $2
     ) as seen";

/// The people for whom a route was given messages since a moment, and what it made of them, whosever messages they were. One dead number
/// counts once, however often it is tried.
pub(crate) async fn seen_lately(tx: &mut Tx, id: &RouteId, from: Moment) -> Result<Seen> {
    let row = query(SEEN_LATELY).bind(id.0.clone()).bind(from.0).fetch_one(tx.connection()).await?;
    Ok(Seen {
        tried: row.try_get(0)?,
        refused: row.try_get(1)?,
        sent: row.try_get(2)?,
        failed: row.try_get(3)?,
        known: row.try_get(4)?,
        arrived: row.try_get(5)?,
    })
}

/// A code that came no longer ago says by which way the next one to that number rather doesn't go, whatever it is for.
const LATELY: Duration = Duration::from_mins(15);

/// By which route the last code to somebody went, or may have gone, if it is not known to have arrived: the next one rather takes another.
/// Looked at are those of a quarter of an hour, since who waits in vain begins anew as often as they ask again, and all about the same.
pub(crate) async fn last_of(tx: &mut Tx, to: &str, about: &str, but: &MessageId) -> Result<Option<RouteId>> {
    let (organisation, since) = (tx.organisation().0.clone(), tx.now().minus(LATELY));
    let row = query(
        "select route_id, delivered_at from outbox
         where organisation_id = $1 and recipient = $2 and urgency = 0 and id <> $3
           and (created_at >= $4 or (about = $5 and about <> ''))
           and (sent_at is not null or route_id <> '')
         order by created_at desc, id limit 1",
    )
    .bind(organisation)
    .bind(to.to_owned())
    .bind(but.0.clone())
    .bind(since.0)
    .bind(about.to_owned())
    .fetch_optional(tx.connection())
    .await?;
    let Some(row) = row else { return Ok(None) };
    let is_there = row.try_get::<Option<i64>, _>(1)?.is_some();
    Ok((!is_there).then_some(RouteId(row.try_get(0)?)))
}
