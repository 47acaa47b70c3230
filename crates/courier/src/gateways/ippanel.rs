//! IPPanel Edge (field guide §2.2, its own documentation): one address for everything, whose body says what kind of sending it is.

use std::time::Duration;

use reqwest::Method;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

use super::exchange::{Answer, Exchange, one_by_one};
use super::failure::answered;
use super::mapping::filled;
use super::settings::{needed, ten_seconds};
use super::{
    Abilities, Accepted, Credit, Delivery, Gateway, GatewayId, Key, Mapping, Outgoing, PlaceRule, Reports, SendError,
    SettingsError, TemplateRules, Unit, Work,
};

/// An account at IPPanel.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct IppanelSettings {
    /// Where the service is.
    #[serde(default = "base")]
    pub base: String,
    /// The access key, which doesn't run out as a token does.
    pub key: Key,
    /// The line, as `+983000505`.
    pub from: String,
    /// How long an exchange may take.
    #[serde(default = "ten_seconds")]
    pub timeout_seconds: u32,
}

fn base() -> String {
    "https://edge.ippanel.com/v1".into()
}

/// IPPanel Edge.
pub struct Ippanel {
    exchange: Exchange,
    settings: IppanelSettings,
}

// A variable's length and type are declared with the pattern, so they are in the mapping's parameters.
const TEMPLATES: TemplateRules = TemplateRules {
    is_numbered: false,
    places: &[],
    rule: |_| PlaceRule { longest: Some(40), spaces: None, refused: String::new() },
    can_call: false,
};

impl Ippanel {
    /// Checks the settings and makes ready; nothing is sent.
    pub fn new(settings: IppanelSettings) -> Result<Ippanel, SettingsError> {
        needed("key", settings.key.reveal())?;
        needed("from", &settings.from)?;
        Ok(Ippanel { exchange: Exchange::open(&settings.base, settings.timeout_seconds)?, settings })
    }

    async fn text(&self, message: &Outgoing) -> Result<Accepted, SendError> {
        self.send(&json!({
            "sending_type": "webservice",
            "from_number": self.settings.from,
            "message": message.text,
            "params": { "recipients": [message.international()?] },
        }))
        .await
    }

    async fn template(&self, message: &Outgoing, mapping: &Mapping) -> Result<Accepted, SendError> {
        let params: Map<String, Value> = filled(&TEMPLATES, mapping, message)?
            .into_iter()
            .zip(&mapping.parameters)
            .map(|((name, value), parameter)| (name, typed(value, parameter.is_number)))
            .collect();
        self.send(&json!({
            "sending_type": "pattern",
            "from_number": self.settings.from,
            "code": mapping.template,
            "recipients": [message.international()?],
            "params": params,
        }))
        .await
    }

    async fn send(&self, body: &Value) -> Result<Accepted, SendError> {
        let answer = self.ask(Method::POST, &["api", "send"], &[], Some(body)).await?;
        Ok(Accepted::under(answer.text("/data/message_outbox_ids/0").as_deref()))
    }

    /// A sending has one recipient here, so its recipient's state is the message's; before there is one, the sending's own counts.
    async fn statuses(&self, ids: &[GatewayId]) -> Result<Vec<(GatewayId, Delivery)>, SendError> {
        one_by_one(ids, |id| async move { self.delivery(id).await.map(Some) }).await
    }

    async fn delivery(&self, id: &GatewayId) -> Result<Delivery, SendError> {
        let answer = self.ask(Method::GET, &["api", "report", "recipients"], &[("bulk_id", &id.0)], None).await?;
        if let Some(state) = answer.number("/data/0/message_status") {
            return Ok(of_recipient(state));
        }
        let answer =
            self.ask(Method::GET, &["api", "report", "by_bulk"], &[("messages_outbox_id", &id.0)], None).await?;
        Ok(answer.number("/data/state_id").map_or(Delivery::Unknown, of_sending))
    }

    async fn ask(
        &self,
        method: Method,
        path: &[&str],
        query: &[(&str, &str)],
        body: Option<&Value>,
    ) -> Result<Answer, SendError> {
        // The key as it is, without "Bearer".
        let mut request = self.exchange.ask(method, path, query).header("Authorization", self.settings.key.reveal());
        if let Some(body) = body {
            request = request.json(body);
        }
        let answer = self.exchange.tell(request).await?;
        match (answer.text("/meta/status").as_deref(), answer.text("/meta/message_code")) {
            (Some("true"), _) if answer.is_good() => Ok(answer),
            (Some(_), Some(code)) => Err(error(&code, &answer)),
            _ => Err(answer.unexplained()),
        }
    }
}

impl Gateway for Ippanel {
    fn name(&self) -> &'static str {
        "ippanel"
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
            let answer = self.ask(Method::GET, &["api", "payment", "credit", "mine"], &[], None).await?;
            Ok(answer.amount("/data/credit").map(|amount| Credit { amount, unit: Unit::Rials }))
        })
    }
}

/// A variable that was declared as a number goes as one, as long as that is the same: a code may begin with zeros.
fn typed(value: String, is_number: bool) -> Value {
    match value.parse::<u64>() {
        Ok(number) if is_number && number.to_string() == value => Value::from(number),
        _ => Value::from(value),
    }
}

fn of_recipient(state: i64) -> Delivery {
    match state {
        0 | 1 => Delivery::Sent,
        2 => Delivery::Delivered,
        3 => Delivery::Undelivered,
        4 => Delivery::Blocked,
        _ => Delivery::Unknown,
    }
}

fn of_sending(state: i64) -> Delivery {
    match state {
        0 | 1 | 2 | 5 => Delivery::Queued,
        6 => Delivery::Sent,
        // 3: rejected by their review; 8: no credit.
        3 | 4 | 7..=9 => Delivery::Failed,
        _ => Delivery::Unknown,
    }
}

fn error(code: &str, answer: &Answer) -> SendError {
    match code {
        "400-1" => SendError::Setup(answered("400-1, the key")),
        "404-1" => SendError::Template(answered("404-1, the pattern")),
        // What was wrong stands in the names of the fields; their sentences may repeat number and text.
        "400-2" => match answer.json.pointer("/meta/errors").and_then(Value::as_object) {
            Some(fields) if fields.contains_key("from_number") => SendError::Setup(answered("400-2, the line")),
            Some(fields) if fields.contains_key("code") => SendError::Template(answered("400-2, the pattern")),
            _ => SendError::Refused(answered("400-2")),
        },
        _ if answer.is_good() => SendError::Failed("the gateway said no".into()),
        _ => answer.unexplained(),
    }
}
