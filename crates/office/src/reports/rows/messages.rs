//! The SQL of the figures of messages: what is to be counted of those that have changed, and what was counted.

use pishkhan_store::{Moment, Result, Row, StoreError, Tx, query};
use sqlx::any::AnyRow;

use crate::ids::LetterId;
use crate::reports::Fate;
use crate::reports::facts::Facts;
use crate::reports::messages::MessageFacts;

/// A message about a letter that is counted, with what was counted of the message before.
pub(in crate::reports) struct ChangedMessage {
    pub id: String,
    pub letter: String,
    /// When it last changed.
    pub at: i64,
    /// None of one that waits.
    pub facts: Option<MessageFacts>,
    pub counted: Option<MessageFacts>,
}

impl ChangedMessage {
    /// Whether its figures are not what they were.
    pub fn is_news(&self) -> bool {
        self.counted != self.facts
    }
}

/// Until which change the messages are counted.
pub(in crate::reports) async fn counted_until(tx: &mut Tx) -> Result<Option<Moment>> {
    let organisation = tx.organisation().0.clone();
    let row = query("select messages_changed_at from counted_until where organisation_id = $1")
        .bind(organisation)
        .fetch_optional(tx.connection())
        .await?;
    row.map(|row| Ok(Moment(row.try_get(0)?))).transpose()
}

/// Notes how far the messages are counted. Of two who count, the second waits here for the first, as with the letters.
pub(in crate::reports) async fn note_counted_until(tx: &mut Tx, at: i64) -> Result<()> {
    let organisation = tx.organisation().0.clone();
    query(
        "insert into counted_until (organisation_id, changed_at, messages_changed_at) values ($1, 0, $2)
         on conflict (organisation_id) do update
         set messages_changed_at = case when counted_until.messages_changed_at > excluded.messages_changed_at
                                        then counted_until.messages_changed_at else excluded.messages_changed_at end",
    )
    .bind(organisation)
    .bind(at)
    .execute(tx.connection())
    .await?;
    Ok(())
}

/// Messages to numbers about letters that are counted. The letter's own counted facts say where they belong: when these change, its messages
/// follow. By `cross` SQLite begins with the messages; from the letters on it would sort them all.
macro_rules! about_counted_letters {
    () => {
        "select o.id, o.about, o.changed_at, o.sent_at, o.delivered_at, o.parked_at, o.delivery, o.last_error, c.facts,
                m.unit_id, m.classification, m.at, m.fate
         from outbox o
         cross join counted_letters c
         left join counted_messages m on m.organisation_id = o.organisation_id and m.message_id = o.id
         where o.organisation_id = $1 and o.about <> '' and o.recipient not like '%@%'
           and c.organisation_id = o.organisation_id and c.letter_id = o.about and "
    };
}

/// The messages that changed after this place, in the order in which they did.
pub(in crate::reports) async fn changed(tx: &mut Tx, after: (i64, &str), limit: u32) -> Result<Vec<ChangedMessage>> {
    let organisation = tx.organisation().0.clone();
    query(concat!(about_counted_letters!(), "(o.changed_at, o.id) > ($2, $3) order by o.changed_at, o.id limit $4"))
        .bind(organisation)
        .bind(after.0)
        .bind(after.1.to_owned())
        .bind(i64::from(limit))
        .fetch_all(tx.connection())
        .await?
        .iter()
        .map(changed_message)
        .collect()
}

/// The messages about a letter, in no order: for one by their ids SQLite would go through all messages.
pub(in crate::reports) async fn of_letter(tx: &mut Tx, letter: &LetterId) -> Result<Vec<ChangedMessage>> {
    let organisation = tx.organisation().0.clone();
    query(concat!(about_counted_letters!(), "o.about = $2"))
        .bind(organisation)
        .bind(letter.as_str())
        .fetch_all(tx.connection())
        .await?
        .iter()
        .map(changed_message)
        .collect()
}

fn changed_message(row: &AnyRow) -> Result<ChangedMessage> {
    let letter: String = row.try_get("facts")?;
    let letter: Facts = serde_json::from_str(&letter).map_err(|_| StoreError::Unreadable("facts"))?;
    let fate = Fate::of(&pishkhan_courier::fate_of(row)?);
    Ok(ChangedMessage {
        id: row.try_get("id")?,
        letter: row.try_get("about")?,
        at: row.try_get("changed_at")?,
        facts: fate.map(|(at, fate)| MessageFacts {
            unit: letter.acting,
            classification: letter.classification,
            at: at.0,
            fate,
        }),
        counted: counted(row)?,
    })
}

fn counted(row: &AnyRow) -> Result<Option<MessageFacts>> {
    let Some(fate) = row.try_get::<Option<String>, _>("fate")? else { return Ok(None) };
    Ok(Some(MessageFacts {
        unit: row.try_get("unit_id")?,
        classification: row.try_get("classification")?,
        at: row.try_get("at")?,
        fate: Fate::parse(&fate).ok_or(StoreError::Unreadable("fate"))?,
    }))
}

/// Keeps what was counted of a message.
pub(in crate::reports) async fn note_counted(tx: &mut Tx, message: &ChangedMessage) -> Result<()> {
    let organisation = tx.organisation().0.clone();
    let Some(facts) = &message.facts else { return forget(tx, &message.id).await };
    query(
        "insert into counted_messages (organisation_id, message_id, letter_id, unit_id, classification, at, fate, lost)
         values ($1, $2, $3, $4, $5, $6, $7, $8)
         on conflict (organisation_id, message_id) do update
         set unit_id = excluded.unit_id, classification = excluded.classification, at = excluded.at, fate = excluded.fate,
             lost = excluded.lost",
    )
    .bind(organisation)
    .bind(message.id.clone())
    .bind(message.letter.clone())
    .bind(facts.unit.clone())
    .bind(facts.classification)
    .bind(facts.at)
    .bind(facts.fate.as_str())
    .bind(i64::from(facts.fate.is_lost()))
    .execute(tx.connection())
    .await?;
    Ok(())
}

/// It waits again, since somebody put it on its way once more.
async fn forget(tx: &mut Tx, message: &str) -> Result<()> {
    let organisation = tx.organisation().0.clone();
    query("delete from counted_messages where organisation_id = $1 and message_id = $2")
        .bind(organisation)
        .bind(message.to_owned())
        .execute(tx.connection())
        .await?;
    Ok(())
}
