//! FarazSMS, whose service is called IranPayamak (field guide §2.2, its published SDK). Its states have no published numbers, so only
//! words that say it plainly are believed.

use std::time::Duration;

use reqwest::Method;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

use super::exchange::{Answer, Exchange, one_by_one, scalar};
use super::failure::by_status;
use super::mapping::filled;
use super::settings::{needed, ten_seconds};
use super::{
    Abilities, Accepted, Credit, Delivery, Gateway, GatewayId, Key, Mapping, Outgoing, PlaceRule, Reports, SendError,
    SettingsError, TemplateRules, Unit, Work,
};

/// An account at FarazSMS.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct IranpayamakSettings {
    /// Where the service is.
    #[serde(default = "base")]
    pub base: String,
    /// The API key.
    pub key: Key,
    /// The line.
    pub line: String,
    /// How long an exchange may take.
    #[serde(default = "ten_seconds")]
    pub timeout_seconds: u32,
}

fn base() -> String {
    "https://api.iranpayamak.com".into()
}

/// FarazSMS.
pub struct Iranpayamak {
    exchange: Exchange,
    settings: IranpayamakSettings,
}

const TEMPLATES: TemplateRules = TemplateRules {
    is_numbered: false,
    places: &[],
    rule: |_| PlaceRule { longest: None, spaces: None, refused: String::new() },
    can_call: false,
};

impl Iranpayamak {
    /// Checks the settings and makes ready; nothing is sent.
    pub fn new(settings: IranpayamakSettings) -> Result<Iranpayamak, SettingsError> {
        needed("key", settings.key.reveal())?;
        needed("line", &settings.line)?;
        Ok(Iranpayamak { exchange: Exchange::open(&settings.base, settings.timeout_seconds)?, settings })
    }

    async fn text(&self, message: &Outgoing) -> Result<Accepted, SendError> {
        let body = json!({
            "text": message.text,
            "recipients": [message.national()?],
            "line_number": self.settings.line,
            "number_format": "english",
        });
        self.send("simple", &body).await
    }

    async fn template(&self, message: &Outgoing, mapping: &Mapping) -> Result<Accepted, SendError> {
        let values = filled(&TEMPLATES, mapping, message)?;
        let attributes: Map<String, Value> =
            values.into_iter().map(|(name, value)| (name, Value::from(value))).collect();
        let body = json!({
            "code": mapping.template,
            "recipient": message.national()?,
            "attributes": attributes,
            "line_number": self.settings.line,
            "number_format": "english",
        });
        self.send("pattern", &body).await
    }

    async fn send(&self, what: &str, body: &Value) -> Result<Accepted, SendError> {
        let answer = self.ask(Method::POST, &["ws", "v1", "sms", what], Some(body)).await?;
        // The number of the request stands there, or 0 when there is none to tell.
        let id = answer.text("/data").or_else(|| answer.text("/data/id"));
        Ok(Accepted::under(id.filter(|id| id != "0").as_deref()))
    }

    async fn statuses(&self, ids: &[GatewayId]) -> Result<Vec<(GatewayId, Delivery)>, SendError> {
        one_by_one(ids, |id| async move {
            let answer = self.ask(Method::GET, &["ws", "v1", "send_request", &id.0, "items"], None).await?;
            Ok(Some(first_item(&answer)))
        })
        .await
    }

    async fn ask(&self, method: Method, path: &[&str], body: Option<&Value>) -> Result<Answer, SendError> {
        let mut request = self.exchange.ask(method, path, &[]).header("Api-Key", self.settings.key.reveal());
        if let Some(body) = body {
            request = request.json(body);
        }
        let answer = self.exchange.tell(request).await?;
        match answer.text("/status").as_deref() {
            Some("error") if answer.is_good() => {
                // The envelope may hold the status that the HTTP line doesn't.
                let code = answer.number("/code").and_then(|code| u16::try_from(code).ok());
                Err(match code {
                    Some(code @ 400..=599) => by_status(code, answer.pause),
                    _ => SendError::Failed("the gateway said no".into()),
                })
            }
            Some(_) if answer.is_good() => Ok(answer),
            _ => Err(answer.unexplained()),
        }
    }
}

impl Gateway for Iranpayamak {
    fn name(&self) -> &'static str {
        "iranpayamak"
    }

    fn time_limit(&self) -> Duration {
        self.exchange.timeout()
    }

    fn take_words(&self) -> String {
        self.exchange.take_words()
    }

    fn abilities(&self) -> Abilities {
        let within = Duration::from_hours(48);
        Abilities {
            templates: Some(&TEMPLATES),
            reports: Reports::Asked { at_once: 1, within },
            ..Abilities::default()
        }
    }

    fn send_text<'a>(&'a self, message: &'a Outgoing) -> Work<'a, Result<Accepted, SendError>> {
        Box::pin(self.text(message))
    }

    fn send_template<'a>(
        &'a self,
        message: &'a Outgoing,
        mapping: &'a Mapping,
    ) -> Work<'a, Result<Accepted, SendError>> {
        Box::pin(self.template(message, mapping))
    }

    fn status<'a>(&'a self, ids: &'a [GatewayId]) -> Work<'a, Result<Vec<(GatewayId, Delivery)>, SendError>> {
        Box::pin(self.statuses(ids))
    }

    fn credit(&self) -> Work<'_, Result<Option<Credit>, SendError>> {
        Box::pin(async {
            let answer = self.ask(Method::GET, &["ws", "v1", "account", "balance"], None).await?;
            let amount = ["/data/balance", "/data/credit", "/data"].iter().find_map(|at| answer.amount(at));
            Ok(amount.map(|amount| Credit { amount, unit: Unit::Rials }))
        })
    }
}

/// The state of a request's one item, wherever the list stands.
fn first_item(answer: &Answer) -> Delivery {
    let item = ["/data/0", "/data/items/0", "/data/data/0"].iter().find_map(|at| answer.json.pointer(at));
    let state = item.and_then(|item| ["status", "delivery_status"].iter().find_map(|key| scalar(item.get(*key)?)));
    state.map_or(Delivery::Unknown, |state| delivery(&state.to_lowercase()))
}

fn delivery(state: &str) -> Delivery {
    match state {
        "pending" | "queued" | "scheduled" => Delivery::Queued,
        "sending" | "sent" => Delivery::Sent,
        "delivered" => Delivery::Delivered,
        "undelivered" | "not_delivered" | "expired" => Delivery::Undelivered,
        "failed" | "rejected" | "canceled" | "cancelled" => Delivery::Failed,
        "blacklist" | "blacklisted" | "blocked" => Delivery::Blocked,
        _ => Delivery::Unknown,
    }
}
