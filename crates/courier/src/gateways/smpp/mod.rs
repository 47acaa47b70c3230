//! A message centre by SMPP 3.4 (field guide §2.4): one session, bound as transceiver, over which texts go out and receipts and texts come
//! in. PDUs are built with `rusmpp`; the session is our own, since it must bind again, count its window and tell what is unsure.

mod build;
mod deliver;
mod link;
mod memory;
mod order;
mod parts;
mod receipt;
mod session;
mod settings;
mod status;
mod taken;
mod written;

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use rusmpp::pdus::SubmitSm;
use tokio::sync::{mpsc, oneshot};
use tokio::time::timeout;

pub use self::parts::{sms_parts, ucs2_parts};
pub use self::settings::SmppSettings;

use self::build::{bind, submits};
use self::order::{Order, Turn};
use self::parts::{Parts, cut};
use self::session::{Arrivals, Terms};
use self::settings::tls;
use super::settings::{needed, waited};
use super::words::Words;
use super::{Abilities, Accepted, Arrival, Gateway, GatewayId, Outgoing, Reports, SendError, SettingsError, Work};

/// A message centre.
pub struct Smpp {
    settings: SmppSettings,
    orders: mpsc::Sender<Order>,
    arrivals: Arrivals,
    words: Arc<Words>,
    /// What begins with the first use. Who only checks the settings must not bind: many centres allow one session.
    begins: Mutex<Option<(Terms, mpsc::Receiver<Order>)>>,
}

impl Smpp {
    /// Checks the settings and makes ready; it binds when it is used first, in a task that ends with this gateway.
    pub fn new(settings: SmppSettings) -> Result<Smpp, SettingsError> {
        needed("host", &settings.host)?;
        needed("from", &settings.from)?;
        if settings.window == 0 || settings.silence_seconds == 0 || settings.timeout_seconds == 0 {
            return Err(SettingsError::Bad("window, silence_seconds or timeout_seconds", "must not be nothing"));
        }
        let words = Arc::new(Words::default());
        let terms = Terms {
            words: words.clone(),
            host: settings.host.clone(),
            port: settings.port,
            tls: settings.tls.then(|| tls(&settings)).transpose()?,
            bind: bind(&settings)?,
            window: usize::try_from(settings.window).unwrap_or(usize::MAX),
            patience: waited(settings.timeout_seconds),
            silence: Duration::from_secs(settings.silence_seconds.into()),
            blocked: settings.blocked.clone(),
        };
        // A message that can't be built isn't found out by the first person who waits for it.
        let empty = Parts { coding: 0, have_headers: false, octets: vec![Vec::new()] };
        submits(&settings, "989000000000", &empty, None)?;
        let (orders, receiver) = mpsc::channel(1);
        let arrivals = Arc::new(Mutex::new(VecDeque::new()));
        Ok(Smpp { settings, orders, arrivals, words, begins: Mutex::new(Some((terms, receiver))) })
    }

    /// Begins to bind, unless it has begun before. Within a runtime only.
    fn begin(&self) {
        let begins = self.begins.lock().unwrap_or_else(PoisonError::into_inner).take();
        if let Some((terms, orders)) = begins {
            tokio::spawn(session::hold(terms, orders, self.arrivals.clone()));
        }
    }

    /// Sends all parts, in order. The message is known by the id of its last part, for which alone a receipt is asked: when that has
    /// arrived, they all have.
    async fn text(&self, message: &Outgoing) -> Result<Accepted, SendError> {
        let reference = u8::try_from(message.number() & 0xff).unwrap_or_default();
        let parts = cut(&message.text, reference, !self.settings.only_ucs2)
            .ok_or_else(|| SendError::Refused("the text has too many parts".into()))?;
        let to = message.digits()?;
        let submits =
            submits(&self.settings, to, &parts, message.life()).map_err(|error| SendError::Setup(error.to_string()))?;
        let mut last = None;
        for (at, part) in submits.into_iter().enumerate() {
            last = Some(self.part(part).await.map_err(|error| if at == 0 { error } else { torn(error) })?);
        }
        Ok(Accepted::under(last.map(|id| id.0).as_deref()))
    }

    async fn part(&self, part: SubmitSm) -> Result<GatewayId, SendError> {
        self.begin();
        let (answer, answered) = oneshot::channel();
        let turn = Arc::new(Turn::default());
        let ordering = async {
            self.orders.send(Order { part, turn: turn.clone(), answer }).await.map_err(|_| stopped())?;
            answered.await.map_err(|_| stopped())?
        };
        match timeout(self.patience() * 2, ordering).await {
            Ok(result) => result,
            // It was in the queue all the time, and now it won't be sent any more.
            Err(_) if turn.take() => Err(SendError::busy("the window is full")),
            Err(_) => Err(SendError::Unsure("the message centre didn't answer in time".into())),
        }
    }

    fn patience(&self) -> Duration {
        waited(self.settings.timeout_seconds)
    }
}

impl Gateway for Smpp {
    fn name(&self) -> &'static str {
        "smpp"
    }

    /// Some parts of a message, each with its wait for the window and for its answer.
    fn time_limit(&self) -> Duration {
        self.patience() * 4
    }

    fn abilities(&self) -> Abilities {
        Abilities { reports: Reports::Arriving, ..Abilities::default() }
    }

    fn take_words(&self) -> String {
        self.words.take()
    }

    fn send_text<'a>(&'a self, message: &'a Outgoing) -> Work<'a, Result<Accepted, SendError>> {
        Box::pin(async {
            let limit = timeout(self.time_limit(), self.text(message));
            limit.await.unwrap_or_else(|_| Err(SendError::Unsure("the message centre took too long".into())))
        })
    }

    fn take_arrivals(&self) -> Vec<Arrival> {
        self.begin();
        let mut arrivals = self.arrivals.lock().unwrap_or_else(PoisonError::into_inner);
        arrivals.drain(..).collect()
    }
}

/// The ids under which a message may have been taken that a receipt names: message centres write the same number to different bases.
pub fn id_forms(id: &GatewayId) -> Vec<GatewayId> {
    receipt::forms(&receipt::normal(&id.0))
}

fn stopped() -> SendError {
    SendError::Failed("the session was stopped".into())
}

/// An error after the first part went out: the rest may go another time, under the same reference.
fn torn(error: SendError) -> SendError {
    match error {
        SendError::Refused(why) | SendError::Blocked(why) => SendError::Failed(why),
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::super::Key;
    use super::*;

    fn settings() -> SmppSettings {
        serde_json::from_str(r#"{"host":"127.0.0.1","name":"pishkhan","password":"s3cret","from":"3000"}"#)
            .expect("the rest has defaults")
    }

    #[tokio::test]
    async fn bad_settings_are_named_and_no_secret_is_shown() {
        let bad = [
            (SmppSettings { password: Key::new("more than eight"), ..settings() }, "password has at most 8"),
            (SmppSettings { name: "a name that is too long".into(), ..settings() }, "name has at most 15"),
            (SmppSettings { from: "3".repeat(21), ..settings() }, "from has at most 20"),
            (SmppSettings { host: String::new(), ..settings() }, "host is missing"),
            (SmppSettings { window: 0, ..settings() }, "window, silence_seconds"),
            (SmppSettings { tls: true, certificates: "/nowhere".into(), ..settings() }, "certificates can't be read"),
        ];
        for (settings, begins) in bad {
            assert!(!format!("{settings:?}").contains("s3cret"));
            let said = Smpp::new(settings).err().expect("it is refused").to_string();
            assert!(said.starts_with(begins), "{said:?} doesn't begin with {begins:?}");
        }
    }
}
