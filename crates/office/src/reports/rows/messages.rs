//! The messages of days: how many went out, arrived, or were given up.

use pishkhan_store::{Result, Row, Tx, query};

use crate::reports::Period;

/// Messages of some days: how many the gateway took, and how many were given up then.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Messages {
    pub sent: i64,
    /// Of those that were sent, how many are known to have arrived.
    pub delivered: i64,
    pub parked: i64,
}

impl Messages {
    pub fn add(&mut self, other: Messages) {
        self.sent += other.sent;
        self.delivered += other.delivered;
        self.parked += other.parked;
    }
}

/// The messages of each of these days that had any, oldest first.
pub(in crate::reports) async fn by_day(tx: &mut Tx, from: Period, to: Period) -> Result<Vec<(Period, Messages)>> {
    let organisation = tx.organisation().0.clone();
    query(
        "select day, sent, delivered, parked from message_figures
         where organisation_id = $1 and day >= $2 and day <= $3 order by day",
    )
    .bind(organisation)
    .bind(from.0)
    .bind(to.0)
    .fetch_all(tx.connection())
    .await?
    .iter()
    .map(|row| {
        let messages = Messages { sent: row.try_get(1)?, delivered: row.try_get(2)?, parked: row.try_get(3)? };
        Ok((Period(row.try_get(0)?), messages))
    })
    .collect()
}

/// The last day whose messages are counted.
pub(in crate::reports) async fn last_day(tx: &mut Tx) -> Result<Option<Period>> {
    let organisation = tx.organisation().0.clone();
    let row = query("select max(day) from message_figures where organisation_id = $1")
        .bind(organisation)
        .fetch_one(tx.connection())
        .await?;
    Ok(row.try_get::<Option<i64>, _>(0)?.map(Period))
}

/// Keeps the messages of a day.
pub(in crate::reports) async fn keep(tx: &mut Tx, day: Period, messages: Messages) -> Result<()> {
    let organisation = tx.organisation().0.clone();
    query(
        "insert into message_figures (organisation_id, day, sent, delivered, parked) values ($1, $2, $3, $4, $5)
         on conflict (organisation_id, day) do update
         set sent = excluded.sent, delivered = excluded.delivered, parked = excluded.parked",
    )
    .bind(organisation)
    .bind(day.0)
    .bind(messages.sent)
    .bind(messages.delivered)
    .bind(messages.parked)
    .execute(tx.connection())
    .await?;
    Ok(())
}
