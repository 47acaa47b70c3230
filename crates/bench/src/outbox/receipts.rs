//! What a receipt costs when much was sent: the same ones of a short record and of a long one, by calls and as answers, in turns.

use std::path::Path;
use std::time::Duration;

use pishkhan_courier::gateways::{Abilities, Accepted, Delivery, GatewayId, Reports, SendError, Work};
use pishkhan_courier::{Courier, CourierRules, Gateway, Outgoing};
use pishkhan_office::courier::routes::RouteId;
use pishkhan_office::courier::{MessageId, outbox};

use super::{LOAD, LONG, ROUNDS, SHORT, close, median, milliseconds, now, open, post_all, rows};
use crate::house::House;
use crate::{Outcome, archive};

/// How much was sent, the shortest record first.
pub const RECORDS: [usize; 2] = [SHORT, LONG];
/// The route by which it was.
const ROUTE: &str = "bench";

/// Milliseconds of the median twenty receipts.
pub struct Receipts {
    /// Called by their gateway, each in a commit of its own.
    pub called: f64,
    /// Answered by a gateway that the courier asked, which took no time for it.
    pub asked: f64,
}

/// What they cost in each record. With a URL the databases are made beside that one of PostgreSQL, and removed.
pub async fn measure(folder: &Path, postgres: Option<&str>) -> Outcome<Vec<Receipts>> {
    let mut records = Vec::new();
    for size in RECORDS {
        let house = open(folder, postgres, &name(size)).await?;
        records.push(Record::fill(house, size).await?);
    }
    let took = in_turns(&mut records).await;
    for (record, size) in records.iter().zip(RECORDS) {
        close(&record.house, postgres, &name(size)).await?;
    }
    took
}

fn name(size: usize) -> String {
    format!("receipts_{size}")
}

async fn in_turns(records: &mut [Record]) -> Outcome<Vec<Receipts>> {
    let mut times = vec![(Vec::new(), Vec::new()); records.len()];
    for _ in 0..ROUNDS {
        for (record, (called, asked)) in records.iter_mut().zip(&mut times) {
            called.push(record.calls().await?);
            asked.push(record.asks().await?);
        }
    }
    Ok(times.into_iter().map(|(called, asked)| Receipts { called: median(called), asked: median(asked) }).collect())
}

/// What was sent by a house.
struct Record {
    house: House,
    courier: Courier,
    /// Messages from all over it of which nothing is known yet.
    left: Vec<MessageId>,
}

impl Record {
    async fn fill(house: House, size: usize) -> Outcome<Record> {
        let posted = post_all(&house, size, |number| format!("+98912{number:07}")).await?;
        let mut tx = house.begin().await?;
        rows::send_all(&mut tx, ROUTE).await?;
        tx.commit().await?;
        let mut tx = house.begin().await?;
        archive::look_at_all(&mut tx).await?;
        tx.commit().await?;
        let left = posted.into_iter().step_by(size / SHORT).collect();
        let gateway = Box::new(Knowing);
        let courier = Courier::new(house.db.clone(), house.clock.clone(), gateway, &[], CourierRules::default());
        Ok(Record { house, courier, left })
    }

    /// As many as a round takes.
    fn some(&mut self) -> Outcome<Vec<MessageId>> {
        let rest = self.left.len().checked_sub(LOAD as usize).ok_or("the record is used up")?;
        Ok(self.left.split_off(rest))
    }

    async fn calls(&mut self) -> Outcome<f64> {
        let (some, route) = (self.some()?, RouteId(ROUTE.to_owned()));
        let began = now();
        for MessageId(id) in some {
            let mut tx = self.house.begin().await?;
            let is_news = outbox::receive(&mut tx, &route, &[GatewayId(id)], Delivery::Delivered).await?;
            tx.commit().await?;
            if !is_news {
                return Err("a receipt was no news".into());
            }
        }
        Ok(milliseconds(began))
    }

    async fn asks(&mut self) -> Outcome<f64> {
        let some = self.some()?;
        let mut tx = self.house.begin().await?;
        for MessageId(id) in &some {
            rows::let_ask(&mut tx, id).await?;
        }
        tx.commit().await?;
        let began = now();
        self.courier.ask().await?;
        let took = milliseconds(began);
        let mut tx = self.house.begin().await?;
        for MessageId(id) in &some {
            let delivery = rows::delivery(&mut tx, id).await?;
            if delivery != Delivery::Delivered.as_str() {
                return Err(format!("a message that was asked about is {delivery:?}").into());
            }
        }
        Ok(took)
    }
}

/// A gateway that knows at once what became of everything: it arrived.
struct Knowing;

impl Gateway for Knowing {
    fn name(&self) -> &'static str {
        "bench"
    }

    fn time_limit(&self) -> Duration {
        Duration::from_secs(1)
    }

    fn abilities(&self) -> Abilities {
        let reports = Reports::Asked { at_once: LOAD as usize, within: Duration::from_hours(48) };
        Abilities { reports, ..Abilities::default() }
    }

    fn send_text<'a>(&'a self, _message: &'a Outgoing) -> Work<'a, Result<Accepted, SendError>> {
        Box::pin(async { Ok(Accepted::default()) })
    }

    fn status<'a>(&'a self, ids: &'a [GatewayId]) -> Work<'a, Result<Vec<(GatewayId, Delivery)>, SendError>> {
        let told: Vec<_> = ids.iter().map(|id| (id.clone(), Delivery::Delivered)).collect();
        Box::pin(async { Ok(told) })
    }
}
