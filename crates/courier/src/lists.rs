//! Reading the outbox: what was sent, for the demo's page, how much waits, for the doctor, and what became of messages.

use std::time::Duration;

use pishkhan_store::{Moment, Result, Row, Tx, query};
use sqlx::any::AnyRow;

use crate::MessageId;
use crate::gateways::{Channel, Delivery};

/// A message that has gone out.
#[derive(Clone, PartialEq, Eq)]
pub struct SentMessage {
    /// The id that its post answered with.
    pub id: MessageId,
    /// The mobile number, `+989…`, or an e-mail address.
    pub to: String,
    /// Which kind of message it is.
    pub template: String,
    /// The text, whole.
    pub text: String,
    /// When the gateway had it.
    pub at: Moment,
}

/// How much is in the outbox.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Waiting {
    /// Messages that should go out now.
    pub due: i64,
    /// Messages that are being sent, or wait for their next try.
    pub later: i64,
    /// Messages that were given up and can be sent again: somebody decides.
    pub parked: i64,
    /// Messages that were given up in the last day and night and that nobody needs any more, as a code that ran out.
    pub ended: i64,
    /// When the oldest message that still waits was posted.
    pub oldest: Option<Moment>,
}

/// What became of a message so far.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fate {
    /// When a gateway took it.
    pub sent_at: Option<Moment>,
    /// When a gateway said that it arrived; some never say so.
    pub delivered_at: Option<Moment>,
    /// How far its gateway says that it came, or that it took it not at all since its recipient blocks such messages; None as long as it says
    /// nothing.
    pub delivery: Option<Delivery>,
    /// When it was given up.
    pub parked_at: Option<Moment>,
    /// Whether it was given up because nobody knows whether it went out.
    pub is_unsure: bool,
}

/// What became of this message; None when there is none of that id.
pub async fn fate(tx: &mut Tx, id: &MessageId) -> Result<Option<Fate>> {
    let organisation = tx.organisation().0.clone();
    let row =
        query("select sent_at, delivered_at, parked_at, delivery, last_error from outbox where organisation_id = $1 and id = $2")
            .bind(organisation)
            .bind(id.0.clone())
            .fetch_optional(tx.connection())
            .await?;
    row.as_ref().map(fate_of).transpose()
}

/// What became of the message whose `sent_at`, `delivered_at`, `parked_at`, `delivery` and `last_error` stand in this row.
pub fn fate_of(row: &AnyRow) -> Result<Fate> {
    let at = |column: &str| -> Result<Option<Moment>> { Ok(row.try_get::<Option<i64>, _>(column)?.map(Moment)) };
    let parked_at = at("parked_at")?;
    let error = row.try_get::<Option<String>, _>("last_error")?.unwrap_or_default();
    // Who refuses a message for this reason takes none, and so reports nothing later.
    let is_blocked = parked_at.is_some() && error.starts_with("blocked");
    let reported = Delivery::parse(&row.try_get::<String, _>("delivery")?);
    Ok(Fate {
        sent_at: at("sent_at")?,
        delivered_at: at("delivered_at")?,
        delivery: reported.or(is_blocked.then_some(Delivery::Blocked)),
        parked_at,
        is_unsure: error.starts_with("unsure"),
    })
}

/// A message about something, and how far it came.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Progress {
    /// Which kind of message it is.
    pub template: String,
    /// By what it goes. To whom is nobody's business who reads how far it came.
    pub channel: Channel,
    /// When the act posted it.
    pub posted_at: Moment,
    /// What became of it.
    pub fate: Fate,
}

/// The messages about something, the newest first, and one to a number before the e-mail that says the same.
pub async fn messages_about(tx: &mut Tx, about: &str, limit: u32) -> Result<Vec<Progress>> {
    let organisation = tx.organisation().0.clone();
    let rows = query(
        "select template, recipient, created_at, sent_at, delivered_at, parked_at, delivery, last_error from outbox
         where organisation_id = $1 and about = $2 and about <> ''
         order by created_at desc, case when recipient like '%@%' then 1 else 0 end, id limit $3",
    )
    .bind(organisation)
    .bind(about.to_owned())
    .bind(i64::from(limit))
    .fetch_all(tx.connection())
    .await?;
    let progress = |row: &AnyRow| {
        Ok(Progress {
            template: row.try_get("template")?,
            channel: Channel::of(&row.try_get::<String, _>("recipient")?),
            posted_at: Moment(row.try_get("created_at")?),
            fate: fate_of(row)?,
        })
    };
    rows.iter().map(progress).collect()
}

/// What became of the last message about something that went to a number; None when there is none.
pub async fn last_fate(tx: &mut Tx, about: &str) -> Result<Option<Fate>> {
    let organisation = tx.organisation().0.clone();
    let row = query(
        "select id from outbox where organisation_id = $1 and about = $2 and about <> '' and recipient not like '%@%'
         order by created_at desc, id limit 1",
    )
    .bind(organisation)
    .bind(about.to_owned())
    .fetch_optional(tx.connection())
    .await?;
    match row {
        Some(row) => fate(tx, &MessageId(row.try_get(0)?)).await,
        None => Ok(None),
    }
}

/// The last messages that have gone out of this transaction's organisation, newest first.
pub async fn sent_messages(tx: &mut Tx, limit: u32) -> Result<Vec<SentMessage>> {
    let organisation = tx.organisation().0.clone();
    let rows = query(
        "select id, recipient, template, text, sent_at from outbox
         where organisation_id = $1 and sent_at is not null
         order by sent_at desc, created_at desc, id limit $2",
    )
    .bind(organisation)
    .bind(i64::from(limit))
    .fetch_all(tx.connection())
    .await?;
    let mut sent = Vec::with_capacity(rows.len());
    for row in rows {
        sent.push(SentMessage {
            id: MessageId(row.try_get("id")?),
            to: row.try_get("recipient")?,
            template: row.try_get("template")?,
            text: row.try_get("text")?,
            at: Moment(row.try_get("sent_at")?),
        });
    }
    Ok(sent)
}

/// For how long what ended is counted.
const LATELY: Duration = Duration::from_hours(24);

/// How much waits in this transaction's organisation; in all of them together when it is the house's.
pub async fn waiting(tx: &mut Tx) -> Result<Waiting> {
    let (organisation, now) = (tx.organisation().0.clone(), tx.now());
    let row = query(
        "select count(*) filter (where due_at <= $2) as due, count(*) filter (where due_at > $2) as later,
                min(created_at) as oldest
         from outbox where sent_at is null and parked_at is null and ($1 = '' or organisation_id = $1)",
    )
    .bind(organisation.clone())
    .bind(now.0)
    .fetch_one(tx.connection())
    .await?;
    let parked = query(
        "select count(*) from outbox
         where parked_at is not null and sent_at is null and text <> '' and (expires_at is null or expires_at > $2)
           and ($1 = '' or organisation_id = $1)",
    )
    .bind(organisation.clone())
    .bind(now.0)
    .fetch_one(tx.connection())
    .await?;
    let ended = query(
        "select count(*) from outbox
         where parked_at is not null and parked_at >= $3 and sent_at is null and (text = '' or expires_at <= $2)
           and ($1 = '' or organisation_id = $1)",
    )
    .bind(organisation)
    .bind(now.0)
    .bind(now.minus(LATELY).0)
    .fetch_one(tx.connection())
    .await?;
    Ok(Waiting {
        due: row.try_get("due")?,
        later: row.try_get("later")?,
        parked: parked.try_get(0)?,
        ended: ended.try_get(0)?,
        oldest: row.try_get::<Option<i64>, _>("oldest")?.map(Moment),
    })
}
