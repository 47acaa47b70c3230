//! What the courier does besides sending: it takes receipts and texts, and looks after credit.

use std::pin::pin;
use std::time::Duration;

use futures_util::future::{FutureExt, join_all};
use pishkhan_store::Result;

use crate::gateways::{Arrival, Delivery, GatewayId, IncomingText, smpp};
use crate::outbox;
use crate::round::Courier;
use crate::routes::{self, Carrier};

/// How often receipts and texts are taken.
const TAKING: Duration = Duration::from_millis(500);
/// How often it is looked how routes do.
const JUDGING: Duration = Duration::from_secs(30);
/// How often credit is asked for.
const COUNTING: Duration = Duration::from_mins(15);

/// How long what is under way may still take when the courier is told to stop: no database and no gateway that is silent holds it up.
pub(crate) const GRACE: Duration = Duration::from_secs(10);

/// What is looked after.
#[derive(Clone, Copy)]
enum Duty {
    Arrivals,
    Speed,
    Credit,
}

impl Courier {
    /// Looks after everything until `stop` is ready, each at its own pace: a gateway that is slow to answer holds up no receipt of another.
    pub(crate) async fn watch_on(&self, stop: impl Future<Output = ()>) {
        let stop = stop.shared();
        futures_util::join!(
            self.keep_on(Duty::Arrivals, stop.clone()),
            self.ask_on(stop.clone()),
            self.keep_on(Duty::Speed, stop.clone()),
            self.keep_on(Duty::Credit, stop),
        );
    }

    async fn keep_on(&self, duty: Duty, stop: impl Future<Output = ()> + Clone) {
        let mut stopped = pin!(stop.clone());
        loop {
            let (done, pace) = tokio::select! {
                biased;
                done = self.perform(duty) => done,
                () = late(stop.clone()) => return,
            };
            if let Err(error) = done {
                tracing::warn!(%error, "receipts and routes could not be looked after");
            }
            tokio::select! {
                biased;
                () = &mut stopped => return,
                () = tokio::time::sleep(pace) => {}
            }
        }
    }

    /// Performs it once. Answers also how long it may rest afterwards.
    async fn perform(&self, duty: Duty) -> (Result<()>, Duration) {
        match duty {
            Duty::Arrivals => (self.take_arrivals().await, TAKING),
            Duty::Speed => (self.judge().await, JUDGING),
            Duty::Credit => (self.count_credit().await, COUNTING),
        }
    }

    /// Takes what came in by itself over links that stay open.
    pub async fn take_arrivals(&self) -> Result<()> {
        for carrier in self.board.all() {
            for arrival in carrier.gateway.take_arrivals() {
                // The centre won't say it again.
                while let Err(error) = self.take_in(&carrier, &arrival).await {
                    tracing::warn!(%error, "a receipt or a text could not be taken yet");
                    tokio::time::sleep(TAKING).await;
                    if self.db.has_stopped() {
                        return Err(error);
                    }
                }
            }
        }
        Ok(())
    }

    async fn take_in(&self, carrier: &Carrier, arrival: &Arrival) -> Result<()> {
        match arrival {
            Arrival::Receipt { id, is_as_taken: true, delivery } => {
                self.receive(carrier, std::slice::from_ref(id), *delivery).await
            }
            Arrival::Receipt { id, is_as_taken: false, delivery } => {
                self.receive(carrier, &smpp::id_forms(id), *delivery).await
            }
            Arrival::Text(text) => self.tell(carrier, text).await,
        }
    }

    /// Tells of a text. One that the database is not at fault for would fail again and again, and hold up all receipts behind it.
    async fn tell(&self, carrier: &Carrier, text: &IncomingText) -> Result<()> {
        let (Some(route), Some(hears)) = (&carrier.route, &self.hears) else { return Ok(()) };
        match hears.hear(route, text).await {
            Err(error) if !error.is_outage() => {
                tracing::error!(route = carrier.name(), %error, "a text that came in can't be taken, and is dropped");
                Ok(())
            }
            done => done,
        }
    }

    async fn receive(&self, carrier: &Carrier, ids: &[GatewayId], delivery: Delivery) -> Result<()> {
        let Some(route) = &carrier.route else { return Ok(()) };
        let mut tx = self.db.begin(&route.organisation, self.clock.now()).await?;
        outbox::receive(&mut tx, &route.id, ids, delivery).await?;
        tx.commit().await
    }

    /// Asks every route's gateway what its account holds.
    pub async fn count_credit(&self) -> Result<()> {
        self.board.refresh(&self.db, &self.clock).await?;
        join_all(self.board.all().iter().map(|carrier| self.count_one(carrier))).await.into_iter().collect()
    }

    async fn count_one(&self, carrier: &Carrier) -> Result<()> {
        let Some(route) = &carrier.route else { return Ok(()) };
        let credit = match carrier.gateway.credit().await {
            Ok(Some(credit)) => credit,
            Ok(None) => return Ok(()),
            Err(error) => {
                tracing::warn!(route = carrier.name(), %error, "a gateway doesn't say what its account holds");
                return Ok(());
            }
        };
        if route.definition.credit_alarm.is_some_and(|alarm| credit.amount < alarm) {
            tracing::error!(route = carrier.name(), amount = credit.amount, "a gateway's account runs empty");
        }
        let mut tx = self.db.begin(&route.organisation, self.clock.now()).await?;
        routes::keep_credit(&mut tx, &route.id, &credit).await?;
        tx.commit().await
    }
}

/// When what is under way may take no longer.
pub(crate) async fn late(stop: impl Future<Output = ()>) {
    stop.await;
    tokio::time::sleep(GRACE).await;
}
