//! Asking what became of messages: each gateway in turns of its own, so that one that hangs keeps nobody else's questions waiting.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::pin::pin;
use std::time::Duration;

use futures_util::future::join_all;
use pishkhan_store::{OrganisationId, Result};
use tokio::task::{AbortHandle, JoinSet};

use crate::gateways::{Delivery, GatewayId, SendError};
use crate::outbox::{self, Question};
use crate::round::Courier;
use crate::routes::{self, Carrier, RouteId};
use crate::watch::{GRACE, late};

/// How often gateways are asked, and each about how many messages in one turn.
const ASKING: Duration = Duration::from_secs(5);
const QUESTIONS: u32 = 500;
/// How many questions one gateway has at once.
const AT_ONCE: usize = 4;
/// How long a turn goes on asking; what is left is asked in the next one.
const TURN: Duration = Duration::from_secs(30);
/// How long the most forgetful gateway that is asked remembers; each is asked no longer than it does.
const REMEMBERED: Duration = Duration::from_hours(48);

impl Courier {
    /// Asks until `stop` is ready. A gateway whose turn isn't over has none meanwhile; the others have theirs.
    pub(crate) async fn ask_on(&self, stop: impl Future<Output = ()> + Clone) {
        let mut stopped = pin!(stop.clone());
        // Tasks of their own: one that holds the writer must go on while the next look waits for it.
        let mut turns = JoinSet::new();
        let mut under_way: BTreeMap<RouteId, AbortHandle> = BTreeMap::new();
        loop {
            let carriers = tokio::select! {
                biased;
                carriers = self.askable() => carriers,
                () = late(stop.clone()) => return,
            };
            let carriers = carriers.unwrap_or_else(|error| {
                tracing::warn!(%error, "what became of messages could not be looked after");
                Vec::new()
            });
            while turns.try_join_next().is_some() {}
            under_way.retain(|_, turn| !turn.is_finished());
            for carrier in carriers {
                if let Entry::Vacant(free) = under_way.entry(carrier.id()) {
                    free.insert(turns.spawn(self.clone().take_turn(carrier)));
                }
            }
            tokio::select! {
                biased;
                () = &mut stopped => break,
                () = tokio::time::sleep(ASKING) => {}
            }
        }
        let ending = async { while turns.join_next().await.is_some() {} };
        // Whoever is silent for longer is let go.
        let _ = tokio::time::timeout(GRACE, ending).await;
    }

    /// Asks each gateway that must be asked what became of its messages, once, and all of them at the same time.
    pub async fn ask(&self) -> Result<()> {
        let carriers = self.askable().await?;
        join_all(carriers.iter().map(|carrier| self.ask_one(carrier))).await.into_iter().collect()
    }

    /// The ways whose gateways must be asked, once what came by itself is taken.
    async fn askable(&self) -> Result<Vec<Carrier>> {
        self.board.refresh(&self.db, &self.clock).await?;
        let mut tx = self.db.begin(&OrganisationId::house(), self.clock.now()).await?;
        outbox::take_late(&mut tx).await?;
        outbox::forget_questions(&mut tx, REMEMBERED).await?;
        tx.commit().await?;
        let mut carriers = self.board.with_default();
        carriers.retain(Carrier::is_asked);
        Ok(carriers)
    }

    /// One turn: as much as is due and as the gateway answers in time, a few questions side by side.
    async fn ask_one(&self, carrier: &Carrier) -> Result<()> {
        let Some((at_once, within)) = carrier.gateway.abilities().reports.questions() else { return Ok(()) };
        let began = self.clock.now();
        let mut look = self.db.read(&OrganisationId::house(), began).await?;
        let is_any_due = outbox::is_any_to_ask(&mut look, &carrier.id()).await?;
        drop(look);
        if !is_any_due {
            return Ok(());
        }
        let mut tx = self.db.begin(&OrganisationId::house(), began).await?;
        let questions = outbox::questions(&mut tx, &carrier.id(), QUESTIONS, within.min(REMEMBERED)).await?;
        tx.commit().await?;
        let mut left: &[Question] = &questions;
        while !left.is_empty() {
            if self.clock.now().since(began) >= TURN {
                return self.unanswered(carrier, left).await;
            }
            let (now, later) = left.split_at(left.len().min(at_once.max(1) * AT_ONCE));
            let Answers { told, unanswered, is_over } = asked(carrier, now, at_once.max(1)).await;
            self.note_answers(carrier, now, told).await?;
            if is_over {
                return self.unanswered(carrier, &[unanswered.as_slice(), later].concat()).await;
            }
            left = later;
        }
        Ok(())
    }

    async fn take_turn(self, carrier: Carrier) {
        if let Err(error) = self.ask_one(&carrier).await {
            tracing::warn!(route = carrier.name(), %error, "what became of messages could not be looked after");
        }
    }

    async fn note_answers(
        &self,
        carrier: &Carrier,
        questions: &[Question],
        told: Vec<(GatewayId, Delivery)>,
    ) -> Result<()> {
        if told.is_empty() {
            return Ok(());
        }
        let mut tx = self.db.begin(&carrier.organisation(), self.clock.now()).await?;
        for (id, delivery) in told {
            if let Some(route) = &carrier.route {
                outbox::receive(&mut tx, &route.id, &[id], delivery).await?;
            } else {
                for question in questions.iter().filter(|question| question.id == id) {
                    outbox::answered(&mut tx, question, delivery).await?;
                }
            }
        }
        tx.commit().await
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
}

/// What a gateway said to questions that it had side by side.
struct Answers {
    told: Vec<(GatewayId, Delivery)>,
    /// What it said nothing to.
    unanswered: Vec<Question>,
    /// Whether it is of no use to ask on now.
    is_over: bool,
}

async fn asked(carrier: &Carrier, questions: &[Question], at_once: usize) -> Answers {
    let asking = questions.chunks(at_once).map(|some| async move {
        let ids: Vec<GatewayId> = some.iter().map(|question| question.id.clone()).collect();
        (some, carrier.gateway.status(&ids).await)
    });
    let mut answers = Answers { told: Vec::new(), unanswered: Vec::new(), is_over: false };
    let mut is_answered = false;
    for (some, said) in join_all(asking).await {
        match said {
            Ok(told) => {
                is_answered = true;
                answers.told.extend(told);
            }
            Err(error) => {
                tracing::warn!(route = carrier.name(), %error, "a gateway doesn't say what became of messages");
                // It may be about the first of them alone, which then waits for its next time and holds up no other.
                let is_of_one = error.is_final() || matches!(error, SendError::Setup(_));
                answers.unanswered.extend_from_slice(some.get(usize::from(is_of_one)..).unwrap_or_default());
            }
        }
    }
    answers.is_over = !is_answered || !answers.unanswered.is_empty();
    answers
}
