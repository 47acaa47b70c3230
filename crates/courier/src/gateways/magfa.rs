//! Magfa, version 2 (field guide §2.2, its published SDK). Everything is a list, and each message has a status of its own. It keeps our
//! number of a message (`uid`), by which it can be asked whether a send that broke off arrived.

use std::time::Duration;

use reqwest::Method;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::exchange::{Answer, Exchange, scalar, whole};
use super::failure::answered;
use super::settings::{needed, ten_seconds};
use super::{
    Abilities, Accepted, Credit, Delivery, Gateway, GatewayId, Key, Outgoing, Reports, SendError, SettingsError, Unit,
    Work,
};

/// An account at Magfa.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MagfaSettings {
    /// Where the service is.
    #[serde(default = "base")]
    pub base: String,
    /// The account's name.
    pub username: String,
    /// Its domain.
    pub domain: String,
    /// Its password.
    pub password: Key,
    /// The line.
    pub sender: String,
    /// How long an exchange may take.
    #[serde(default = "ten_seconds")]
    pub timeout_seconds: u32,
}

fn base() -> String {
    "https://sms.magfa.com/api/http/sms/v2".into()
}

/// Magfa.
pub struct Magfa {
    exchange: Exchange,
    settings: MagfaSettings,
}

impl Magfa {
    /// Checks the settings and makes ready; nothing is sent.
    pub fn new(settings: MagfaSettings) -> Result<Magfa, SettingsError> {
        needed("username", &settings.username)?;
        needed("domain", &settings.domain)?;
        needed("password", settings.password.reveal())?;
        needed("sender", &settings.sender)?;
        Ok(Magfa { exchange: Exchange::open(&settings.base, settings.timeout_seconds)?, settings })
    }

    /// Sends, and where nobody knows whether it arrived, asks.
    async fn text(&self, message: &Outgoing) -> Result<Accepted, SendError> {
        match self.send(message).await {
            Err(SendError::Unsure(why)) => match self.find(message).await {
                Some(accepted) => Ok(accepted),
                None => Err(SendError::Unsure(why)),
            },
            known => known,
        }
    }

    async fn send(&self, message: &Outgoing) -> Result<Accepted, SendError> {
        let body = json!({
            "senders": [self.settings.sender],
            "recipients": [message.national()?],
            "messages": [message.text],
            "uids": [message.number()],
        });
        let answer = self.ask(Method::POST, &["send"], Some(&body)).await?;
        match answer.number("/messages/0/status") {
            Some(0) => Ok(Accepted::under(answer.text("/messages/0/id").as_deref())),
            Some(code) => Err(error(code, &answer)),
            None => Err(answer.unexplained()),
        }
    }

    /// The message under our number, if it is there.
    async fn find(&self, message: &Outgoing) -> Option<Accepted> {
        let answer = self.ask(Method::GET, &["mid", &message.number().to_string()], None).await.ok()?;
        let id = answer.number("/mid").filter(|id| *id > 0)?;
        Some(Accepted::under(Some(&id.to_string())))
    }

    /// Of many at once, with commas between them: so four public clients ask, each its author's own, and the provider's `dlrs` is a list.
    async fn statuses(&self, ids: &[GatewayId]) -> Result<Vec<(GatewayId, Delivery)>, SendError> {
        let ids = ids.iter().map(|id| id.0.as_str()).collect::<Vec<_>>().join(",");
        let answer = self.ask(Method::GET, &["statuses", &ids], None).await?;
        let known = answer.list("/dlrs").iter().filter_map(|entry| {
            let id = GatewayId(scalar(entry.get("mid")?)?);
            Some((id, delivery(whole(entry.get("status")?)?)))
        });
        Ok(known.collect())
    }

    async fn ask(&self, method: Method, path: &[&str], body: Option<&Value>) -> Result<Answer, SendError> {
        let user = format!("{}/{}", self.settings.username, self.settings.domain);
        let mut request = self.exchange.ask(method, path, &[]).basic_auth(user, Some(self.settings.password.reveal()));
        if let Some(body) = body {
            request = request.json(body);
        }
        let answer = self.exchange.tell(request).await?;
        match answer.number("/status") {
            Some(0) if answer.is_good() => Ok(answer),
            Some(code) => Err(error(code, &answer)),
            None => Err(answer.unexplained()),
        }
    }
}

impl Gateway for Magfa {
    fn name(&self) -> &'static str {
        "magfa"
    }

    /// Twice the exchange's, since a send may be asked for.
    fn time_limit(&self) -> Duration {
        self.exchange.timeout() * 2
    }

    fn take_words(&self) -> String {
        self.exchange.take_words()
    }

    fn abilities(&self) -> Abilities {
        // A day later it knows no id any more.
        let within = Duration::from_hours(24);
        Abilities { reports: Reports::Asked { at_once: 100, within }, ..Abilities::default() }
    }

    fn send_text<'a>(&'a self, message: &'a Outgoing) -> Work<'a, Result<Accepted, SendError>> {
        Box::pin(self.text(message))
    }

    fn status<'a>(&'a self, ids: &'a [GatewayId]) -> Work<'a, Result<Vec<(GatewayId, Delivery)>, SendError>> {
        Box::pin(self.statuses(ids))
    }

    fn credit(&self) -> Work<'_, Result<Option<Credit>, SendError>> {
        Box::pin(async {
            let answer = self.ask(Method::GET, &["balance"], None).await?;
            Ok(answer.amount("/balance").map(|amount| Credit { amount, unit: Unit::Rials }))
        })
    }
}

fn delivery(status: i64) -> Delivery {
    match status {
        0 => Delivery::Queued,
        8 => Delivery::Sent,
        1 => Delivery::Delivered,
        2 | 16 => Delivery::Undelivered,
        27 => Delivery::Blocked,
        // -1: an id that it never had, or has no longer.
        _ => Delivery::Unknown,
    }
}

fn error(code: i64, answer: &Answer) -> SendError {
    let why = answered(code);
    match code {
        1 => SendError::Refused(why),
        27 | 33 => SendError::Blocked(why),
        14 => SendError::NoCredit(why),
        // The line; the account; this server's address; papers that aren't approved.
        2 | 16..=19 | 29 | 34 => SendError::Setup(why),
        // 8: advertising goes out from 7 to 22 o'clock only.
        8 | 15 | 23 => SendError::Busy { why, after: answer.pause },
        _ if answer.is_good() => SendError::Failed(why),
        _ => answer.unexplained(),
    }
}
