//! The rounds that empty the outbox: claim, send with no transaction open, mark.

use std::collections::BTreeMap;
use std::pin::pin;
use std::time::Duration;

use futures_util::future::join_all;
use pishkhan_store::{Clock, Db, Moment, OrganisationId, Result, Tx};

use crate::gateways::SendError;
use crate::outbox::{self, Claimed};
use crate::{Gateway, schedule};

/// How many messages one round carries.
const LOAD: u32 = 20;
/// How long a worker rests when nothing is due.
const REST: Duration = Duration::from_millis(250);
/// How long a claim holds at least, so that a crashed worker's messages are soon somebody else's.
const LEASE: Duration = Duration::from_mins(1);

/// A worker that carries messages from the outbox to a gateway. Any number of them may work on one database.
pub struct Courier {
    db: Db,
    clock: Clock,
    gateway: Box<dyn Gateway>,
    tries: u32,
}

/// What one round did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Round {
    /// Messages that the gateway took.
    pub sent: usize,
    /// Messages that will be tried again.
    pub retried: usize,
    /// Messages that were given up.
    pub parked: usize,
}

impl Courier {
    /// A worker that gives a message up after so many `tries`.
    pub fn new(db: Db, clock: Clock, gateway: Box<dyn Gateway>, tries: u32) -> Courier {
        Courier { db, clock, gateway, tries }
    }

    /// Works until `stop` is ready; the round that is under way then is finished first.
    ///
    /// A database that doesn't answer is logged and waited for.
    pub async fn work(self, stop: impl Future<Output = ()>) {
        let mut stop = pin!(stop);
        let mut failures = 0;
        loop {
            let pause = match self.round().await {
                Ok(round) => {
                    failures = 0;
                    if round == Round::default() { REST } else { Duration::ZERO }
                }
                Err(error) => {
                    let pause = Duration::from_secs(1 << u32::min(failures, 5));
                    failures += 1;
                    tracing::error!(%error, ?pause, "the outbox can't be worked on; trying again after a pause");
                    pause
                }
            };
            tokio::select! {
                biased;
                () = &mut stop => return,
                () = tokio::time::sleep(pause) => {}
            }
        }
    }

    /// Claims what is due, up to a load, sends it and marks it: people at once, the messages of one person in order.
    pub async fn round(&self) -> Result<Round> {
        let claimed = self.claim().await?;
        let people = join_all(by_recipient(claimed).into_iter().map(|messages| self.carry(messages))).await;
        let mut round = Round::default();
        for person in people {
            let person = person?;
            round.sent += person.sent;
            round.retried += person.retried;
            round.parked += person.parked;
        }
        Ok(round)
    }

    async fn claim(&self) -> Result<Vec<Claimed>> {
        let mut look = self.db.read(&OrganisationId::house(), self.clock.now()).await?;
        let is_any_due = outbox::is_any_due(&mut look).await?;
        drop(look);
        if !is_any_due {
            return Ok(Vec::new());
        }
        let mut tx = self.db.begin(&OrganisationId::house(), self.clock.now()).await?;
        let claimed = outbox::claim(&mut tx, LOAD, self.lease()).await?;
        tx.commit().await?;
        Ok(claimed)
    }

    /// Long enough for two sends that take as long as they may.
    fn lease(&self) -> Duration {
        LEASE.max(self.gateway.time_limit() * 2)
    }

    /// Sends the messages of one person, one after the other.
    async fn carry(&self, messages: Vec<Claimed>) -> Result<Round> {
        let mut round = Round::default();
        for message in messages {
            let now = self.clock.now();
            if message.is_expired(now) {
                self.park(&message, "expired before it could be sent").await?;
                round.parked += 1;
            } else if message.tries > self.tries {
                // Perhaps this very message is what stops the workers.
                self.park(&message, "the workers stopped during its tries").await?;
                round.parked += 1;
            } else if now.plus(self.gateway.time_limit()) > message.until {
                // Those before it took so long that the claim could run out during the send, and another worker send it too.
                self.give_back(&message).await?;
            } else {
                self.send(&message, &mut round).await?;
            }
        }
        Ok(round)
    }

    async fn send(&self, message: &Claimed, round: &mut Round) -> Result<()> {
        match self.gateway.send_text(&message.outgoing()).await {
            Ok(accepted) => {
                let mut tx = self.begin(message).await?;
                outbox::mark_sent(&mut tx, message, accepted.gateway_id.as_deref()).await?;
                tx.commit().await?;
                round.sent += 1;
            }
            Err(error) => {
                let pause = schedule::delay(message.tries, &message.id).max(error.pause().unwrap_or_default());
                let next = self.clock.now().plus(pause);
                let why = error.to_string();
                if error.is_final() || message.tries >= self.tries || message.is_expired(next) {
                    self.park(message, &why).await?;
                    round.parked += 1;
                } else {
                    self.retry(message, next, &error).await?;
                    round.retried += 1;
                }
            }
        }
        Ok(())
    }

    async fn retry(&self, message: &Claimed, next: Moment, error: &SendError) -> Result<()> {
        let (gateway, why) = (self.gateway.name(), error.to_string());
        if error.is_alarm() {
            tracing::error!(gateway, message = %message.id, message.template, message.tries, why, "a gateway needs somebody");
        } else {
            tracing::warn!(gateway, message = %message.id, message.template, message.tries, why, "a message will be tried again");
        }
        let mut tx = self.begin(message).await?;
        outbox::retry(&mut tx, message, next, &why).await?;
        tx.commit().await
    }

    async fn park(&self, message: &Claimed, why: &str) -> Result<()> {
        let organisation = message.organisation.as_str();
        tracing::error!(organisation, message = %message.id, message.template, message.tries, why, "a message was given up");
        let mut tx = self.begin(message).await?;
        outbox::park(&mut tx, message, why).await?;
        tx.commit().await
    }

    async fn give_back(&self, message: &Claimed) -> Result<()> {
        let mut tx = self.begin(message).await?;
        outbox::give_back(&mut tx, message).await?;
        tx.commit().await
    }

    async fn begin(&self, message: &Claimed) -> Result<Tx> {
        self.db.begin(&message.organisation, self.clock.now()).await
    }
}

/// The messages of each person in their order; the same number in two organisations is one person.
fn by_recipient(claimed: Vec<Claimed>) -> Vec<Vec<Claimed>> {
    let mut people: BTreeMap<String, Vec<Claimed>> = BTreeMap::new();
    for message in claimed {
        people.entry(message.to.clone()).or_default().push(message);
    }
    people.into_values().collect()
}
