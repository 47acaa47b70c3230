//! What the courier does besides sending: it takes receipts and texts, asks what became of messages, looks how routes do, and looks after
//! credit.

use std::pin::pin;
use std::time::Duration;

use futures_util::future::{FutureExt, join_all};
use pishkhan_store::{Moment, Result};

use crate::gateways::{Arrival, Delivery, GatewayId, IncomingText, SendError, smpp};
use crate::outbox::{self, Question};
use crate::round::Courier;
use crate::routes::{self, Carrier};

/// How often receipts and texts are taken.
const TAKING: Duration = Duration::from_millis(500);
/// How often gateways are asked, and each about how many messages at once.
const ASKING: Duration = Duration::from_secs(5);
const QUESTIONS: u32 = 500;
/// How long the most forgetful gateway that is asked remembers; each is asked no longer than it does.
const REMEMBERED: Duration = Duration::from_hours(48);
/// How often it is looked how routes do.
const JUDGING: Duration = Duration::from_secs(30);
/// How often credit is asked for.
const COUNTING: Duration = Duration::from_mins(15);

/// How long what is under way may still take when the courier is told to stop: no database and no gateway that is silent holds it up.
const GRACE: Duration = Duration::from_secs(10);

/// What is looked after.
#[derive(Clone, Copy)]
enum Duty {
    Arrivals,
    Questions,
    Speed,
    Credit,
}

impl Courier {
    /// Looks after everything until `stop` is ready, each at its own pace: a gateway that is slow to answer holds up no receipt of another.
    pub(crate) async fn watch_on(&self, stop: impl Future<Output = ()>) {
        let stop = stop.shared();
        futures_util::join!(
            self.keep_on(Duty::Arrivals, stop.clone()),
            self.keep_on(Duty::Questions, stop.clone()),
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
            Duty::Questions => (self.ask().await, ASKING),
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

    /// Asks the gateways that must be asked what became of their messages.
    pub async fn ask(&self) -> Result<()> {
        self.board.refresh(&self.db, &self.clock).await?;
        let mut tx = self.db.begin(&pishkhan_store::OrganisationId::house(), self.clock.now()).await?;
        outbox::take_late(&mut tx).await?;
        let questions = outbox::questions(&mut tx, QUESTIONS, REMEMBERED).await?;
        tx.commit().await?;
        let asked = self.board.with_default().into_iter().filter_map(|carrier| {
            let (at_once, within) = carrier.gateway.abilities().reports.questions()?;
            let remembers = |sent_at: Moment| self.clock.now().since(sent_at) <= within;
            let own = questions.iter().filter(|it| it.route == carrier.id() && remembers(it.sent_at));
            let own: Vec<Question> = own.cloned().collect();
            (!own.is_empty()).then(|| self.ask_one(carrier, own, at_once.max(1)))
        });
        join_all(asked).await.into_iter().collect()
    }

    async fn ask_one(&self, carrier: Carrier, questions: Vec<Question>, at_once: usize) -> Result<()> {
        for (round, some) in questions.chunks(at_once).enumerate() {
            let ids: Vec<GatewayId> = some.iter().map(|question| question.id.clone()).collect();
            match carrier.gateway.status(&ids).await {
                Ok(told) => {
                    let mut tx = self.db.begin(&carrier.organisation(), self.clock.now()).await?;
                    for (id, delivery) in told {
                        if let Some(route) = &carrier.route {
                            outbox::receive(&mut tx, &route.id, &[id], delivery).await?;
                        } else {
                            for question in some.iter().filter(|question| question.id == id) {
                                outbox::answered(&mut tx, question, delivery).await?;
                            }
                        }
                    }
                    tx.commit().await?;
                }
                Err(error) => {
                    tracing::warn!(route = carrier.name(), %error, "a gateway doesn't say what became of messages");
                    // It may be about the first of them alone, which then waits for its next turn and holds up no other.
                    let first = usize::from(error.is_final() || matches!(error, SendError::Setup(_)));
                    return self
                        .unanswered(&carrier, questions.get(round * at_once + first..).unwrap_or_default())
                        .await;
                }
            }
        }
        Ok(())
    }

    /// What a gateway leaves unanswered is asked again soon. When that goes on, nobody knows how quick what it took until now was, also
    /// once it answers again: it tells what arrived, and not when.
    async fn unanswered(&self, carrier: &Carrier, questions: &[Question]) -> Result<()> {
        let now = self.clock.now();
        let mut tx = self.db.begin(&carrier.organisation(), now).await?;
        outbox::ask_again(&mut tx, questions).await?;
        let is_behind = questions.iter().any(|question| question.is_behind(now));
        if let Some(route) = carrier.route.as_ref().filter(|_| is_behind) {
            routes::note_unanswered(&mut tx, &route.id).await?;
        }
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

async fn late(stop: impl Future<Output = ()>) {
    stop.await;
    tokio::time::sleep(GRACE).await;
}
