//! One message on its way: by the first of its ways that takes it.

use std::collections::VecDeque;
use std::time::Duration;

use pishkhan_store::{Result, Tx};

use crate::budget::Place;
use crate::gateways::{Accepted, Channel, Purpose, SendError, Urgency};
use crate::noes::Noes;
use crate::outbox::{self, Claimed};
use crate::permit::{self, Permit};
use crate::round::{Courier, Round, WAYS};
use crate::routes::{self, Carrier, Verdict};
use crate::schedule;

/// How long is waited before it is written down again that a gateway took a message.
const MARKING: Duration = Duration::from_secs(1);
/// How long a claim holds at least after a send has taken as long as it may, so that what came of it can be written down.
const MARGIN: Duration = Duration::from_secs(30);
/// How long a message is put off whose only way took the one before it not either.
const PROBING: Duration = Duration::from_secs(5);

impl Courier {
    /// Sends the messages of one person, one after the other. When one must wait, those behind it wait with it.
    pub(crate) async fn carry_all(&self, messages: Vec<Claimed>) -> Result<Round> {
        let mut round = Round::default();
        let mut waits = false;
        for message in messages {
            if waits {
                let mut tx = self.begin(&message).await?;
                outbox::give_back(&mut tx, &message, self.clock.now(), None).await?;
                tx.commit().await?;
                continue;
            }
            let carried = self.carry(message).await?;
            waits = carried.sent + carried.parked == 0;
            round.add(carried);
        }
        Ok(round)
    }

    /// Sends a message that was claimed, or says why not.
    async fn carry(&self, mut message: Claimed) -> Result<Round> {
        let now = self.clock.now();
        if message.is_expired(now) {
            return self.park(&message, None, "expired before it could be sent").await;
        }
        if message.tries > self.rules.tries {
            // Perhaps this very message is what stops the workers.
            return self.park(&message, None, "the workers stopped during its tries").await;
        }
        let Some(ways) = self.ways(&message).await? else {
            return self.without_way(&message).await;
        };
        match self.permit(&message).await? {
            Permit::Goes(place) => self.go(&mut message, &ways, place).await,
            Permit::Waits(until, why) => {
                let mut tx = self.begin(&message).await?;
                outbox::give_back(&mut tx, &message, until, Some(why)).await?;
                tx.commit().await?;
                Ok(Round::default())
            }
        }
    }

    /// Tries one of its ways after the other. Its place of the day is given back, unless it goes out or nobody knows whether it did.
    async fn go(&self, message: &mut Claimed, ways: &[Carrier], place: Option<Place>) -> Result<Round> {
        let mut noes = Noes::default();
        let (probes, urgency) = (&self.board.probes, Urgency::of(&message.template));
        let mut again = Duration::ZERO;
        let mut line: VecDeque<(&Carrier, bool)> = ways.iter().take(WAYS).map(|carrier| (carrier, false)).collect();
        while let Some((carrier, waits)) = line.pop_front() {
            let turn = if waits {
                probes.wait(carrier, urgency, message.until.since(self.clock.now())).await
            } else {
                probes.take(carrier, urgency)
            };
            let Some(turn) = turn else {
                if waits {
                    again = PROBING;
                    noes.add_one_that_is_left();
                } else {
                    // Another message tries it: the other ways come first.
                    line.push_back((carrier, true));
                }
                continue;
            };
            if !self.hand_over(message, carrier).await? {
                // Nobody is to get it any more, or another worker has it, since the claim ran out.
                return Ok(Round::default());
            }
            match carrier.send(&message.outgoing()).await {
                Ok(accepted) => {
                    probes.came_through(carrier);
                    drop(turn);
                    return self.sent(message, carrier, &accepted, place).await;
                }
                Err(error) => {
                    if Verdict::of(&error) == Verdict::Well {
                        probes.came_through(carrier);
                    } else {
                        probes.failed(carrier);
                    }
                    let is_unsure = matches!(error, SendError::Unsure(_));
                    let carried = if is_unsure { Some(self.unsure(message, carrier, &error).await) } else { None };
                    // A counter that can't be moved must not send anything twice.
                    if let Err(why) = self.note(message, carrier, &error).await {
                        tracing::warn!(error = %why, "a failure of a route could not be counted");
                    }
                    if let Some(carried) = carried {
                        permit::keep(message, place);
                        return carried;
                    }
                    noes.add(message, carrier, error);
                }
            }
        }
        match noes.outcome() {
            Some(error) => self.failed(message, &error).await,
            None if ways.is_empty() => {
                self.failed(message, &SendError::Setup("there is no way for this kind of message".into())).await
            }
            // Another message tries the only way: nothing was tried.
            None => {
                let mut tx = self.begin(message).await?;
                outbox::give_back(&mut tx, message, self.clock.now().plus(again), None).await?;
                tx.commit().await?;
                Ok(Round::default())
            }
        }
    }

    /// The ways that it may take. None when the only one is that which may have it, and it can't get it again.
    async fn ways(&self, message: &Claimed) -> Result<Option<Vec<Carrier>>> {
        if message.is_bound() {
            let way = self.board.way(&message.route).filter(|carrier| carrier.takes_again(message));
            return Ok(way.map(|carrier| vec![carrier]));
        }
        let now = self.clock.now();
        let last = if Purpose::of(&message.template) == Purpose::Code {
            let mut tx = self.db.read(&message.organisation, now).await?;
            routes::last_of(&mut tx, &message.to, &message.about, &message.id).await?
        } else {
            None
        };
        let channel = Channel::of(&message.to);
        Ok(Some(self.board.ways(
            &message.organisation,
            &message.template,
            message.language,
            channel,
            now,
            last.as_ref(),
        )))
    }

    /// What becomes of a message that only one way may take, and not now. A notice waits for a route that can't be opened at this moment; whoever
    /// waits for a code is told at once, and asks for a new one.
    async fn without_way(&self, message: &Claimed) -> Result<Round> {
        if Purpose::of(&message.template) == Purpose::Notice && self.board.is_closed_to(message) {
            return self.again(message, &SendError::Failed("its route can't be opened now".into()), None).await;
        }
        self.park(message, None, "its route is gone, was changed, or doesn't drop repeats").await
    }

    /// Writes down which way it goes before it goes, and holds the claim for as long as that may take. Answers whether it may go.
    async fn hand_over(&self, message: &mut Claimed, carrier: &Carrier) -> Result<bool> {
        let tx = self.begin(message).await?;
        let now = self.clock.now();
        let until = message.until.max(now.plus(carrier.gateway.time_limit() + MARGIN));
        let mut tx = tx.at(now);
        let is_ours = outbox::hand_over(&mut tx, message, &carrier.pin(), until).await?;
        tx.commit().await?;
        message.until = until;
        Ok(is_ours)
    }

    async fn sent(
        &self,
        message: &Claimed,
        carrier: &Carrier,
        accepted: &Accepted,
        place: Option<Place>,
    ) -> Result<Round> {
        let marked = self.mark(message, carrier, accepted).await;
        // Written down or not, it went out.
        permit::keep(message, place);
        marked?;
        let (kind, language) = (&message.template, message.language);
        let ill = carrier
            .route
            .as_ref()
            .filter(|route| route.failures > 0 || route.demotions > 0 || route.kind_back(kind, language).is_some());
        if let Some(route) = ill {
            let mut tx = self.db.begin(&route.organisation, self.clock.now()).await?;
            routes::note_success(&mut tx, &route.id).await?;
            routes::take_kind_back(&mut tx, &route.id, kind, language).await?;
            tx.commit().await?;
        }
        Ok(Round::SENT)
    }

    /// The gateway has it: as long as the claim holds, nothing else may be made of it. A store that has stopped takes nothing ever.
    async fn mark(&self, message: &Claimed, carrier: &Carrier, accepted: &Accepted) -> Result<()> {
        while let Err(error) = self.mark_once(message, carrier, accepted).await {
            if self.db.has_stopped() || self.clock.now().plus(MARKING) >= message.until {
                return Err(error);
            }
            tracing::warn!(%error, message = %message.id, "that a message was taken could not be written down yet");
            tokio::time::sleep(MARKING).await;
        }
        Ok(())
    }

    async fn mark_once(&self, message: &Claimed, carrier: &Carrier, accepted: &Accepted) -> Result<()> {
        let mut tx = self.begin(message).await?;
        let ask_at = outbox::first_question(carrier.gateway.abilities().reports, tx.now());
        outbox::mark_sent(&mut tx, message, &carrier.id(), accepted.gateway_id.as_deref(), ask_at).await?;
        tx.commit().await
    }

    /// Nobody knows whether the gateway has it. A code is given up at once, so that whoever waits is told and asks for a new one, which takes
    /// another way; the same one would only go to the same gateway. Of the rest it goes again only where a second one is dropped, and otherwise
    /// somebody decides.
    async fn unsure(&self, message: &Claimed, carrier: &Carrier, error: &SendError) -> Result<Round> {
        let is_code = Purpose::of(&message.template) == Purpose::Code;
        if is_code || !carrier.drops_repeated(&message.template, message.language) {
            return self.park(message, Some(carrier), &error.to_string()).await;
        }
        self.again(message, error, Some(carrier)).await
    }

    async fn failed(&self, message: &Claimed, error: &SendError) -> Result<Round> {
        if error.is_final() {
            return self.park(message, None, &error.to_string()).await;
        }
        self.again(message, error, None).await
    }

    async fn again(&self, message: &Claimed, error: &SendError, only_by: Option<&Carrier>) -> Result<Round> {
        let pause = schedule::delay(message.tries, &message.id).max(error.pause().unwrap_or_default());
        let (next, why) = (self.clock.now().plus(pause), error.to_string());
        if message.tries >= self.rules.tries || message.is_expired(next) {
            return self.park(message, only_by, &why).await;
        }
        let route = only_by.map(Carrier::pin);
        let mut tx = self.begin(message).await?;
        outbox::retry(&mut tx, message, next, route.as_ref(), &why).await?;
        tx.commit().await?;
        Ok(Round::RETRIED)
    }

    /// Gives a message up; `perhaps_by` is the way that may have taken it.
    async fn park(&self, message: &Claimed, perhaps_by: Option<&Carrier>, why: &str) -> Result<Round> {
        let why = &reason(message, why);
        let organisation = message.organisation.as_str();
        tracing::error!(organisation, message = %message.id, message.template, message.tries, why, "a message was given up");
        let route = perhaps_by.map(Carrier::id);
        let mut tx = self.begin(message).await?;
        outbox::park(&mut tx, message, route.as_ref(), why).await?;
        tx.commit().await?;
        Ok(Round::PARKED)
    }

    async fn begin(&self, message: &Claimed) -> Result<Tx> {
        self.db.begin(&message.organisation, self.clock.now()).await
    }
}

/// Why a message was given up. One that a gateway may have from an earlier try stays unsure, whatever came after that: also a refusal may be of
/// the second one only. That its recipient blocks such messages is true of the first one, too.
fn reason(message: &Claimed, why: &str) -> String {
    let is_known = why.starts_with("blocked") || why.starts_with("unsure");
    if message.is_bound() && !is_known {
        format!("unsure of an earlier try; since then: {why}")
    } else {
        why.to_owned()
    }
}
