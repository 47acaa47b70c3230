//! The rounds that empty the outbox: claim, send with no transaction open, mark.

use std::collections::BTreeMap;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use futures_util::future::{FutureExt, join_all};
use pishkhan_store::{Clock, Db, OrganisationId, Result};
use tokio::task::JoinSet;

use crate::budget::Budget;
use crate::gateways::{Kind, Urgency};
use crate::outbox::{self, Claimed, Reached};
use crate::routes::{Board, Lines};
use crate::{CourierRules, Gateway, Hears};

/// How many messages of each urgency are on their way at once.
const LOAD: usize = 20;
/// How long a worker rests when nothing is due.
const REST: Duration = Duration::from_millis(250);
/// How long a claim holds, so that a crashed worker's messages are soon somebody else's. Each way that a message goes holds it for as long as that
/// one may take, and no other's.
const LEASE: Duration = Duration::from_mins(1);
/// How often one claim looks at most, when all that it finds waits for something else; the next looks on.
const LOOKS: usize = 10;
/// How long a worker claims what lies behind such before it looks from the front again: who waited there may be free by then, and comes first.
const BEHIND: Duration = Duration::from_secs(10);
/// How many ways one try goes at most.
pub(crate) const WAYS: usize = 3;

/// A worker that carries messages from the outbox to their gateways. Any number of them may work on one database. Clones are the same.
#[derive(Clone)]
pub struct Courier {
    pub(crate) db: Db,
    pub(crate) clock: Clock,
    pub(crate) board: Arc<Board>,
    pub(crate) budget: Arc<Budget>,
    pub(crate) rules: CourierRules,
    pub(crate) hears: Option<Arc<dyn Hears>>,
}

/// What one round did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Round {
    /// Messages that a gateway took.
    pub sent: usize,
    /// Messages that will be tried again.
    pub retried: usize,
    /// Messages that were given up.
    pub parked: usize,
}

impl Round {
    pub(crate) const SENT: Round = Round { sent: 1, retried: 0, parked: 0 };
    pub(crate) const RETRIED: Round = Round { sent: 0, retried: 1, parked: 0 };
    pub(crate) const PARKED: Round = Round { sent: 0, retried: 0, parked: 1 };

    pub(crate) fn add(&mut self, other: Round) {
        self.sent += other.sent;
        self.retried += other.retried;
        self.parked += other.parked;
    }
}

impl Courier {
    /// A worker whose messages go by the routes of the table, and by `gateway` where there are none. `kinds` are the messages that
    /// templates may be of.
    pub fn new(db: Db, clock: Clock, gateway: Box<dyn Gateway>, kinds: &[Kind], rules: CourierRules) -> Courier {
        let board = Arc::new(Board::new(gateway, kinds));
        Courier { db, clock, board, budget: Arc::default(), rules, hears: None }
    }

    /// The same worker, which tells somebody of the texts that come in; others drop them.
    #[must_use]
    pub fn heard_by(self, hears: Arc<dyn Hears>) -> Courier {
        Courier { hears: Some(hears), ..self }
    }

    /// The links that it holds open, for trials.
    pub fn lines(&self) -> Lines {
        Lines::of(&self.board)
    }

    /// Works until `stop` is ready; what is on its way then is finished first.
    ///
    /// A database that doesn't answer is logged and waited for.
    pub async fn work(self, stop: impl Future<Output = ()>) {
        let stop = stop.shared();
        futures_util::join!(self.carry_on(stop.clone()), self.watch_on(stop));
    }

    /// Claims and sends, at most a load of each urgency at once. A gateway that hangs takes no more than its own places.
    async fn carry_on(&self, stop: impl Future<Output = ()>) {
        let mut stop = pin!(stop);
        // Tasks of their own: one that holds the writer must go on while the next claim waits for it.
        let mut flying: [JoinSet<()>; 3] = Default::default();
        let mut reached = [None, None, None];
        let mut failures = 0;
        loop {
            let pause = match self.set_off(&mut flying, &mut reached).await {
                Ok(0) => {
                    failures = 0;
                    REST
                }
                Ok(_) => {
                    failures = 0;
                    Duration::ZERO
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
                () = &mut stop => break,
                () = tokio::time::sleep(pause) => {}
            }
        }
        for flying in &mut flying {
            while flying.join_next().await.is_some() {}
        }
    }

    /// Claims as much as there are places free and lets it go. Answers how much that was.
    async fn set_off(&self, flying: &mut [JoinSet<()>; 3], reached: &mut [Option<Reached>; 3]) -> Result<usize> {
        let mut claimed = 0;
        for ((urgency, flying), reached) in Urgency::ALL.into_iter().zip(flying).zip(reached) {
            while flying.try_join_next().is_some() {}
            for messages in by_person(urgency, self.claim(urgency, LOAD - flying.len(), reached).await?) {
                claimed += messages.len();
                let courier = self.clone();
                flying.spawn(async move {
                    // What can't be marked runs out of its claim, and goes again under its id.
                    if let Err(error) = courier.carry_all(messages).await {
                        tracing::error!(%error, "what became of a message could not be written down");
                    }
                });
            }
        }
        Ok(claimed)
    }

    /// Claims what is due, up to a load of each urgency, sends it and marks it.
    pub async fn round(&self) -> Result<Round> {
        let mut round = Round::default();
        for urgency in Urgency::ALL {
            let claimed = self.claim(urgency, LOAD, &mut None).await?;
            let people = by_person(urgency, claimed);
            for carried in join_all(people.into_iter().map(|messages| self.carry_all(messages))).await {
                round.add(carried?);
            }
        }
        Ok(round)
    }

    /// Claims at most so many, looking on from where it could claim nothing before.
    async fn claim(&self, urgency: Urgency, limit: usize, reached: &mut Option<Reached>) -> Result<Vec<Claimed>> {
        let now = self.clock.now();
        if limit == 0 || !self.rules.is_awake(urgency, now) {
            return Ok(Vec::new());
        }
        let mut look = self.db.read(&OrganisationId::house(), now).await?;
        let is_any_due = outbox::is_any_due(&mut look, urgency).await?;
        drop(look);
        if !is_any_due {
            *reached = None;
            return Ok(Vec::new());
        }
        self.board.refresh(&self.db, &self.clock).await?;
        let limit = u32::try_from(limit).unwrap_or(u32::MAX);
        for _ in 0..LOOKS {
            let mut tx = self.db.begin(&OrganisationId::house(), self.clock.now()).await?;
            let claimed = outbox::claim_behind(&mut tx, urgency, limit, LEASE, reached.as_ref()).await?;
            if !claimed.is_empty() {
                tx.commit().await?;
                let is_long = reached.as_mut().is_some_and(|reached| now.since(reached.claims_since(now)) >= BEHIND);
                if is_long {
                    *reached = None;
                }
                return Ok(claimed);
            }
            let next = outbox::look_on(&mut tx, urgency, reached.as_ref()).await?;
            tx.commit().await?;
            *reached = next;
            if reached.is_none() {
                break;
            }
        }
        Ok(Vec::new())
    }
}

/// The messages of each person in their order; codes each for themselves.
fn by_person(urgency: Urgency, claimed: Vec<Claimed>) -> Vec<Vec<Claimed>> {
    if urgency == Urgency::Awaited {
        return claimed.into_iter().map(|message| vec![message]).collect();
    }
    let mut people: BTreeMap<(OrganisationId, String), Vec<Claimed>> = BTreeMap::new();
    for message in claimed {
        people.entry((message.organisation.clone(), message.to.clone())).or_default().push(message);
    }
    people.into_values().collect()
}
