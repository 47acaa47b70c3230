//! Vonage, once Nexmo (field guide §2.2), for organisations abroad. It always answers 200, and each part of a message has its own status.
//! What becomes of a message is called to our address, signed where the account has it so ([`callback`](super::callback)).

use std::time::Duration;

use reqwest::Method;
use serde::{Deserialize, Serialize};

use super::exchange::{Answer, Exchange, scalar, whole};
use super::failure::answered;
use super::settings::{needed, ten_seconds};
use super::{
    Abilities, Accepted, Credit, Delivery, Gateway, Key, Outgoing, Reports, SendError, SettingsError, Unit, Work,
};

/// An account at Vonage.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct VonageSettings {
    /// Where the service is.
    #[serde(default = "base")]
    pub base: String,
    /// The API key, which is the account's name.
    pub key: String,
    /// The API secret.
    pub secret: Key,
    /// The number or the name.
    pub from: String,
    /// Where it calls with what became of a message; empty for what is set there.
    #[serde(default)]
    pub callback: String,
    /// What it signs its calls with, where the account has them signed; then no other call is believed. Empty where it signs none.
    #[serde(default)]
    pub signature_secret: Key,
    /// How long an exchange may take.
    #[serde(default = "ten_seconds")]
    pub timeout_seconds: u32,
}

fn base() -> String {
    "https://rest.nexmo.com".into()
}

/// Vonage.
pub struct Vonage {
    exchange: Exchange,
    settings: VonageSettings,
}

impl Vonage {
    /// Checks the settings and makes ready; nothing is sent.
    pub fn new(settings: VonageSettings) -> Result<Vonage, SettingsError> {
        needed("key", &settings.key)?;
        needed("secret", settings.secret.reveal())?;
        needed("from", &settings.from)?;
        Ok(Vonage { exchange: Exchange::open(&settings.base, settings.timeout_seconds)?, settings })
    }

    async fn text(&self, message: &Outgoing) -> Result<Accepted, SendError> {
        let VonageSettings { key, secret, from, callback, .. } = &self.settings;
        let mut form = vec![
            ("api_key", key.as_str()),
            ("api_secret", secret.reveal()),
            ("from", from),
            ("to", message.digits()?),
            ("text", &message.text),
            ("client-ref", message.id.as_str()),
        ];
        if !message.text.is_ascii() {
            form.push(("type", "unicode"));
        }
        if !callback.is_empty() {
            form.push(("callback", callback));
        }
        let request = self.exchange.ask(Method::POST, &["sms", "json"], &[]).form(&form);
        let answer = self.exchange.tell(request).await?;
        judged(&answer)
    }
}

impl Gateway for Vonage {
    fn name(&self) -> &'static str {
        "vonage"
    }

    fn time_limit(&self) -> Duration {
        self.exchange.timeout()
    }

    fn take_words(&self) -> String {
        self.exchange.take_words()
    }

    fn abilities(&self) -> Abilities {
        Abilities { reports: Reports::Called, ..Abilities::default() }
    }

    fn send_text<'a>(&'a self, message: &'a Outgoing) -> Work<'a, Result<Accepted, SendError>> {
        Box::pin(self.text(message))
    }

    fn credit(&self) -> Work<'_, Result<Option<Credit>, SendError>> {
        Box::pin(async {
            let query = [("api_key", self.settings.key.as_str()), ("api_secret", self.settings.secret.reveal())];
            let request = self.exchange.ask(Method::GET, &["account", "get-balance"], &query);
            let answer = self.exchange.tell(request).await?;
            match answer.amount("/value") {
                Some(amount) if answer.is_good() => Ok(Some(Credit { amount, unit: Unit::Currency("EUR".into()) })),
                _ => Err(answer.unexplained()),
            }
        })
    }
}

/// The first part's id, if every part was taken.
fn judged(answer: &Answer) -> Result<Accepted, SendError> {
    let parts = answer.list("/messages");
    let mut statuses = parts.iter().map(|part| part.get("status").and_then(whole));
    match statuses.find(|status| *status != Some(0)) {
        _ if parts.is_empty() || !answer.is_good() => Err(answer.unexplained()),
        Some(Some(code)) => Err(error(code)),
        Some(None) => Err(answer.unexplained()),
        None => Ok(Accepted::under(parts[0].get("message-id").and_then(scalar).as_deref())),
    }
}

/// What one of its states means, with the code beside it (`err-code`, which is another table than that of answers) that says why a message
/// is lost.
pub(super) fn delivery(state: &str, code: Option<i64>) -> Delivery {
    let delivery = match state {
        "buffered" => Delivery::Queued,
        "accepted" => Delivery::Sent,
        "delivered" => Delivery::Delivered,
        "expired" => Delivery::Undelivered,
        "failed" | "rejected" => Delivery::Failed,
        _ => Delivery::Unknown,
    };
    // Barred by the user; the carrier's filter; a recipient who asked for none; a number that the carrier blocks.
    delivery.unless_blocked(matches!(code, Some(4 | 6 | 9 | 14)))
}

fn error(code: i64) -> SendError {
    let why = answered(code);
    match code {
        // A value that can't be, the number mostly; a text that is too long.
        3 | 12 => SendError::Refused(why),
        7 => SendError::Blocked(why),
        9 => SendError::NoCredit(why),
        // Something missing; key or secret; the account; the line.
        2 | 4 | 8 | 15 => SendError::Setup(why),
        1 | 10 => SendError::busy(why),
        _ => SendError::Failed(why),
    }
}
