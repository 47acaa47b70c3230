//! Ghasedak (field guide §2.2; its states from its documentation and its published SDK). Our id goes with every message
//! (`ClientReferenceId`). Its answers' keys begin with a capital or a small letter, as the day will have it.

use std::time::Duration;

use reqwest::Method;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::exchange::{Answer, Exchange, scalar, whole};
use super::failure::by_status;
use super::mapping::filled;
use super::settings::{needed, ten_seconds};
use super::{
    Abilities, Accepted, Credit, Delivery, Gateway, GatewayId, Key, Mapping, Outgoing, PlaceRule, Reports, SendError,
    SettingsError, TemplateRules, Unit, Work,
};

/// An account at Ghasedak.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GhasedakSettings {
    /// Where the service is.
    #[serde(default = "base")]
    pub base: String,
    /// The API key.
    pub key: Key,
    /// The line, which templates don't need.
    #[serde(default)]
    pub line: String,
    /// How long an exchange may take.
    #[serde(default = "ten_seconds")]
    pub timeout_seconds: u32,
}

fn base() -> String {
    "https://gateway.ghasedak.me/Rest/api/v1/WebService".into()
}

/// Ghasedak.
pub struct Ghasedak {
    exchange: Exchange,
    settings: GhasedakSettings,
}

const TEMPLATES: TemplateRules = TemplateRules {
    is_numbered: false,
    places: &[],
    rule: |_| PlaceRule { longest: None, spaces: None, refused: String::new() },
    can_call: true,
};

impl Ghasedak {
    /// Checks the settings and makes ready; nothing is sent.
    pub fn new(settings: GhasedakSettings) -> Result<Ghasedak, SettingsError> {
        needed("key", settings.key.reveal())?;
        Ok(Ghasedak { exchange: Exchange::open(&settings.base, settings.timeout_seconds)?, settings })
    }

    async fn text(&self, message: &Outgoing) -> Result<Accepted, SendError> {
        let body = json!({
            "LineNumber": self.settings.line,
            "Receptor": message.national()?,
            "Message": message.text,
            "ClientReferenceId": message.id.as_str(),
            "Udh": false,
        });
        let data = self.ask(Method::POST, "SendSingleSMS", &[], Some(&body)).await?;
        Ok(Accepted::under(data.get("messageid").and_then(scalar).as_deref()))
    }

    async fn template(&self, message: &Outgoing, mapping: &Mapping) -> Result<Accepted, SendError> {
        let values = filled(&TEMPLATES, mapping, message)?;
        let inputs: Vec<Value> = values.iter().map(|(name, value)| json!({ "Param": name, "Value": value })).collect();
        let body = json!({
            "Receptors": [{ "Mobile": message.national()?, "ClientReferenceId": message.id.as_str() }],
            "TemplateName": mapping.template,
            "Inputs": inputs,
            "Udh": false,
            "IsVoice": mapping.is_call,
        });
        let data = self.ask(Method::POST, "SendOtpSMS", &[], Some(&body)).await?;
        Ok(Accepted::under(data.pointer("/items/0/messageid").and_then(scalar).as_deref()))
    }

    async fn statuses(&self, ids: &[GatewayId]) -> Result<Vec<(GatewayId, Delivery)>, SendError> {
        let ids = ids.iter().map(|id| id.0.as_str()).collect::<Vec<_>>().join(",");
        // 1: the ids are its own.
        let data = self.ask(Method::GET, "CheckSmsStatus", &[("Ids", &ids), ("Type", "1")], None).await?;
        let items = data.as_array().or_else(|| data.get("items")?.as_array());
        let known = items.into_iter().flatten().filter_map(|item| {
            let id = GatewayId(scalar(item.get("messageid")?)?);
            Some((id, delivery(whole(item.get("status")?)?)))
        });
        Ok(known.collect())
    }

    /// Asks, and answers with the data, whose keys are in small letters then.
    async fn ask(
        &self,
        method: Method,
        operation: &str,
        query: &[(&str, &str)],
        body: Option<&Value>,
    ) -> Result<Value, SendError> {
        let mut request = self.exchange.ask(method, &[operation], query).header("ApiKey", self.settings.key.reveal());
        if let Some(body) = body {
            request = request.json(body);
        }
        let answer = self.exchange.tell(request).await?;
        let json = in_small_letters(&answer.json);
        match json.get("issuccess").and_then(Value::as_bool) {
            Some(true) if answer.is_good() => Ok(json.get("data").cloned().unwrap_or_default()),
            Some(_) => Err(error(json.get("statuscode").and_then(whole), &answer)),
            None => Err(answer.unexplained()),
        }
    }
}

impl Gateway for Ghasedak {
    fn name(&self) -> &'static str {
        "ghasedak"
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
            drops_repeated_texts: true,
            drops_repeated_templates: true,
            reports: Reports::Asked { at_once: 100, within },
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
            let data = self.ask(Method::GET, "GetAccountInformation", &[], None).await?;
            let amount = data.get("credit").and_then(scalar).and_then(|credit| credit.parse().ok());
            Ok(amount.map(|amount| Credit { amount, unit: Unit::Rials }))
        })
    }
}

/// The same with its keys in small letters.
fn in_small_letters(json: &Value) -> Value {
    match json {
        Value::Object(fields) => {
            fields.iter().map(|(key, value)| (key.to_lowercase(), in_small_letters(value))).collect()
        }
        Value::Array(items) => items.iter().map(in_small_letters).collect(),
        other => other.clone(),
    }
}

/// Numbers to 8 as its documentation has them; from 9 on as its SDK has them, which counts otherwise below.
fn delivery(status: i64) -> Delivery {
    match status {
        0 | 9 | 17 => Delivery::Queued,
        3 | 10 | 11 => Delivery::Sent,
        5 | 14 => Delivery::Delivered,
        4 | 13 => Delivery::Undelivered,
        // 1: cancelled; 15: filtered.
        1 | 6 | 15 | 16 => Delivery::Failed,
        2 | 12 => Delivery::Blocked,
        // 7: a trial that went nowhere.
        _ => Delivery::Unknown,
    }
}

/// Its codes are those of HTTP, whatever the HTTP line says.
fn error(code: Option<i64>, answer: &Answer) -> SendError {
    match code.and_then(|code| u16::try_from(code).ok()) {
        Some(code @ 400..=599) => by_status(code, answer.pause),
        _ if answer.is_good() => SendError::Failed("the gateway said no".into()),
        _ => answer.unexplained(),
    }
}
