//! The one task that holds the session with a message centre: binds, keeps the window, answers at once, notices a dead line, and binds
//! again after growing pauses.

use std::collections::{BTreeMap, VecDeque};
use std::io;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use rusmpp::pdus::{BindTransceiver, DeliverSmResp};
use rusmpp::{CommandStatus, Pdu};
use tokio::sync::{mpsc, oneshot};
use tokio::time::{Instant, sleep, sleep_until};

use super::deliver::until_zero;
use super::link::{Frame, Link};
use super::memory::Memory;
use super::order::Order;
use super::receipt;
use super::status::{BREATH, of_bind, of_message, told};
use crate::gateways::failure::is_of_tls;
use crate::gateways::words::Words;
use crate::gateways::{Arrival, GatewayId, SendError};

const GENERIC_NACK: u32 = 0x8000_0000;
const BIND_TRANSCEIVER_RESP: u32 = 0x8000_0009;
const SUBMIT_SM_RESP: u32 = 0x8000_0004;
const DELIVER_SM: u32 = 0x0000_0005;
const DATA_SM: u32 = 0x0000_0103;
const UNBIND: u32 = 0x0000_0006;
const ENQUIRE_LINK: u32 = 0x0000_0015;
const ALERT_NOTIFICATION: u32 = 0x0000_0102;

/// The first and the longest pause before the next bind.
const PAUSES: (Duration, Duration) = (Duration::from_millis(500), Duration::from_mins(1));
/// How many arrivals wait for somebody to take them.
const REMEMBERED: usize = 20_000;

/// What has come in and nobody has taken yet.
pub(super) type Arrivals = Arc<Mutex<VecDeque<Arrival>>>;

/// How a session is to be held.
pub(super) struct Terms {
    pub(super) host: String,
    pub(super) port: u16,
    pub(super) tls: Option<Arc<rustls::ClientConfig>>,
    pub(super) bind: BindTransceiver,
    pub(super) window: usize,
    /// How long an answer may take.
    pub(super) patience: Duration,
    /// After how much silence the line is tried.
    pub(super) silence: Duration,
    /// Its codes for a message that is blocked.
    pub(super) blocked: Vec<String>,
    /// Where the message centre's own words go.
    pub(super) words: Arc<Words>,
}

/// Holds a session for ever, until nobody orders any more.
pub(super) async fn hold(terms: Terms, mut orders: mpsc::Receiver<Order>, arrivals: Arrivals) {
    let mut pause = PAUSES.0;
    let mut memory = Memory::default();
    loop {
        let why = match bound(&terms).await {
            Ok(link) => {
                tracing::info!(gateway = "smpp", "bound");
                let since = Instant::now();
                let mut session = Session::new(&terms, link, &arrivals, &mut memory);
                match session.run(&mut orders).await {
                    Ok(()) => return session.unbind().await,
                    Err(error) => {
                        session.give_up();
                        // A centre that binds and hangs up at once is not asked ever faster.
                        if since.elapsed() > PAUSES.1 {
                            pause = PAUSES.0;
                        }
                        SendError::Failed(format!("the line to the message centre broke: {}", error.kind()))
                    }
                }
            }
            Err(error) => error,
        };
        tracing::warn!(gateway = "smpp", %why, ?pause, "not bound; trying again after a pause");
        if refuse_for(pause, &mut orders, &why).await.is_none() {
            return;
        }
        pause = (pause * 2).min(PAUSES.1);
    }
}

/// Tells everybody who orders during the pause why nothing goes out. None when nobody orders any more.
async fn refuse_for(pause: Duration, orders: &mut mpsc::Receiver<Order>, why: &SendError) -> Option<()> {
    let over = sleep(pause);
    tokio::pin!(over);
    loop {
        tokio::select! {
            () = &mut over => return Some(()),
            order = orders.recv() => drop(order?.answer.send(Err(why.clone()))),
        }
    }
}

/// A connection that is bound.
async fn bound(terms: &Terms) -> Result<Link, SendError> {
    let unreachable = |error: io::Error| {
        if is_of_tls(&error) {
            return SendError::Setup("the line to the message centre can't be made safe".into());
        }
        SendError::Failed(format!("the message centre can't be reached: {}", error.kind()))
    };
    let mut link = Link::open(&terms.host, terms.port, terms.tls.clone()).await.map_err(unreachable)?;
    link.write(CommandStatus::EsmeRok, 1, terms.bind.clone().into()).await.map_err(unreachable)?;
    let answered = tokio::time::timeout(terms.patience, async {
        loop {
            let frame = link.read().await?;
            if matches!(frame.id, BIND_TRANSCEIVER_RESP | GENERIC_NACK) {
                return io::Result::Ok(frame.status);
            }
        }
    });
    match answered.await {
        Ok(Ok(0)) => Ok(link),
        Ok(Ok(status)) => {
            terms.words.say(told("bind_transceiver_resp", status));
            Err(of_bind(status))
        }
        Ok(Err(error)) => Err(unreachable(error)),
        Err(_) => Err(SendError::Failed("the message centre didn't answer the bind".into())),
    }
}

struct Session<'a> {
    terms: &'a Terms,
    link: Link,
    arrivals: &'a Arrivals,
    memory: &'a mut Memory,
    /// What has no answer yet, by its number, with the moment when it is waited for no longer.
    waiting: BTreeMap<u32, (Instant, oneshot::Sender<Result<GatewayId, SendError>>)>,
    sequence: u32,
    heard: Instant,
    /// Until when the line must have been heard, since it was tried.
    tried: Option<Instant>,
    quiet_until: Instant,
}

impl<'a> Session<'a> {
    fn new(terms: &'a Terms, link: Link, arrivals: &'a Arrivals, memory: &'a mut Memory) -> Session<'a> {
        let now = Instant::now();
        let waiting = BTreeMap::new();
        Session { terms, link, arrivals, memory, waiting, sequence: 1, heard: now, tried: None, quiet_until: now }
    }

    /// Works until the line breaks, or well when nobody orders any more.
    async fn run(&mut self, orders: &mut mpsc::Receiver<Order>) -> io::Result<()> {
        loop {
            let now = Instant::now();
            let is_open = self.waiting.len() < self.terms.window && now >= self.quiet_until;
            let next_look = self.next_look();
            tokio::select! {
                frame = self.link.read() => {
                    self.heard = Instant::now();
                    self.tried = None;
                    self.handle(frame?).await?;
                }
                order = orders.recv(), if is_open => match order {
                    Some(order) => self.submit(order).await?,
                    None => return Ok(()),
                },
                () = sleep_until(next_look) => self.look().await?,
            }
        }
    }

    async fn submit(&mut self, order: Order) -> io::Result<()> {
        // Whoever gave up waiting will order again: sending it now would send it twice.
        if order.answer.is_closed() || !order.turn.take() {
            return Ok(());
        }
        let number = self.next_number();
        let until = Instant::now() + self.terms.patience;
        self.waiting.insert(number, (until, order.answer));
        self.link.write(CommandStatus::EsmeRok, number, order.part.into()).await
    }

    async fn handle(&mut self, frame: Frame) -> io::Result<()> {
        match frame.id {
            SUBMIT_SM_RESP | GENERIC_NACK => {
                self.answered(&frame);
                Ok(())
            }
            DELIVER_SM => {
                // At once, and well: a centre sends again what isn't answered so, for ever if need be.
                let answer = DeliverSmResp::default();
                self.link.write(CommandStatus::EsmeRok, frame.sequence, answer.into()).await?;
                self.arrived(&frame);
                Ok(())
            }
            ENQUIRE_LINK => self.link.write(CommandStatus::EsmeRok, frame.sequence, Pdu::EnquireLinkResp).await,
            UNBIND => {
                self.link.write(CommandStatus::EsmeRok, frame.sequence, Pdu::UnbindResp).await?;
                Err(io::ErrorKind::ConnectionAborted.into())
            }
            ALERT_NOTIFICATION => Ok(()),
            DATA_SM => self.link.write(CommandStatus::EsmeRinvcmdid, frame.sequence, Pdu::GenericNack).await,
            // Answers to what nobody waits for any more, and what nobody knows.
            id if id & 0x8000_0000 != 0 => Ok(()),
            _ => self.link.write(CommandStatus::EsmeRinvcmdid, frame.sequence, Pdu::GenericNack).await,
        }
    }

    fn answered(&mut self, frame: &Frame) {
        let Some((_, answer)) = self.waiting.remove(&frame.sequence) else { return };
        let answer_is = told(if frame.id == GENERIC_NACK { "generic_nack" } else { "submit_sm_resp" }, frame.status);
        let result = if frame.status == 0 {
            let as_it_came = until_zero(&frame.body);
            self.terms.words.say(format!("{answer_is}, message_id {as_it_came}"));
            let id = receipt::normal(&as_it_came);
            self.memory.taken.remember(&id);
            Ok(id)
        } else {
            self.terms.words.say(answer_is);
            Err(of_message(frame.status))
        };
        if matches!(result, Err(SendError::Busy { .. })) {
            self.quiet_until = Instant::now() + BREATH;
        }
        // Whoever ordered may have gone.
        let _ = answer.send(result);
    }

    fn arrived(&mut self, frame: &Frame) {
        let Some(arrival) = self.memory.arrival(&frame.body, &self.terms.blocked) else { return };
        let mut arrivals = self.arrivals.lock().unwrap_or_else(PoisonError::into_inner);
        if arrivals.len() >= REMEMBERED {
            arrivals.pop_front();
        }
        arrivals.push_back(arrival);
    }

    /// When something may be due besides what comes in.
    fn next_look(&self) -> Instant {
        let line = self.tried.unwrap_or(self.heard + self.terms.silence);
        let answers = self.waiting.values().map(|(until, _)| *until);
        let quiet = Some(self.quiet_until).filter(|until| *until > Instant::now());
        answers.chain(quiet).fold(line, Instant::min)
    }

    /// Gives up on answers that didn't come, and tries a line that is silent.
    async fn look(&mut self) -> io::Result<()> {
        let now = Instant::now();
        let late: Vec<u32> =
            self.waiting.iter().filter(|(_, (until, _))| *until <= now).map(|(number, _)| *number).collect();
        for number in late {
            if let Some((_, answer)) = self.waiting.remove(&number) {
                let _ = answer.send(Err(SendError::Unsure("the message centre didn't answer in time".into())));
            }
        }
        match self.tried {
            Some(until) if until <= now => Err(io::ErrorKind::TimedOut.into()),
            None if self.heard + self.terms.silence <= now => {
                self.tried = Some(now + self.terms.patience);
                let number = self.next_number();
                self.link.write(CommandStatus::EsmeRok, number, Pdu::EnquireLink).await
            }
            _ => Ok(()),
        }
    }

    /// The line broke: the centre may have what it hasn't answered.
    fn give_up(&mut self) {
        for (_, (_, answer)) in std::mem::take(&mut self.waiting) {
            let _ = answer.send(Err(SendError::Unsure("the line broke before the message centre answered".into())));
        }
    }

    /// Says goodbye; what comes of it matters to nobody.
    async fn unbind(&mut self) {
        let number = self.next_number();
        let _ = self.link.write(CommandStatus::EsmeRok, number, Pdu::Unbind).await;
    }

    fn next_number(&mut self) -> u32 {
        self.sequence = if self.sequence >= 0x7fff_ffff { 1 } else { self.sequence + 1 };
        self.sequence
    }
}
