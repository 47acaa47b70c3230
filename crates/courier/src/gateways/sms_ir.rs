//! SMS.ir, version 1 (field guide §2.2, its own documentation). Templates have numbers, and a value of theirs has 25 signs at most.

use std::time::Duration;

use reqwest::Method;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::exchange::{Answer, Exchange, one_by_one};
use super::failure::answered;
use super::mapping::filled;
use super::settings::{needed, ten_seconds};
use super::{
    Abilities, Accepted, Credit, Delivery, Gateway, GatewayId, Key, Mapping, Outgoing, PlaceRule, Reports, SendError,
    SettingsError, TemplateRules, Unit, Work,
};

/// An account at SMS.ir.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SmsIrSettings {
    /// Where the service is.
    #[serde(default = "base")]
    pub base: String,
    /// The API key.
    pub key: Key,
    /// The line, which templates don't need.
    #[serde(default)]
    pub line: Option<u64>,
    /// How long an exchange may take.
    #[serde(default = "ten_seconds")]
    pub timeout_seconds: u32,
}

fn base() -> String {
    "https://api.sms.ir/v1".into()
}

/// SMS.ir.
pub struct SmsIr {
    exchange: Exchange,
    settings: SmsIrSettings,
}

const TEMPLATES: TemplateRules = TemplateRules {
    is_numbered: true,
    places: &[],
    rule: |_| PlaceRule { longest: Some(25), spaces: None, refused: String::new() },
    can_call: false,
};

impl SmsIr {
    /// Checks the settings and makes ready; nothing is sent.
    pub fn new(settings: SmsIrSettings) -> Result<SmsIr, SettingsError> {
        needed("key", settings.key.reveal())?;
        Ok(SmsIr { exchange: Exchange::open(&settings.base, settings.timeout_seconds)?, settings })
    }

    async fn text(&self, message: &Outgoing) -> Result<Accepted, SendError> {
        let line = self.settings.line.ok_or_else(|| SendError::Setup("the line is missing".into()))?;
        let body = json!({ "lineNumber": line, "messageText": message.text, "mobiles": [message.national()?] });
        let answer = self.ask(Method::POST, &["send", "bulk"], Some(&body)).await?;
        Ok(Accepted::under(answer.text("/data/messageIds/0").as_deref()))
    }

    async fn template(&self, message: &Outgoing, mapping: &Mapping) -> Result<Accepted, SendError> {
        let number: u32 =
            mapping.template.trim().parse().map_err(|_| SendError::Template("the template has no number".into()))?;
        let values = filled(&TEMPLATES, mapping, message)?;
        let parameters: Vec<Value> =
            values.iter().map(|(name, value)| json!({ "name": name, "value": value })).collect();
        let body = json!({ "mobile": message.national()?, "templateId": number, "parameters": parameters });
        let answer = self.ask(Method::POST, &["send", "verify"], Some(&body)).await?;
        Ok(Accepted::under(answer.text("/data/messageId").as_deref()))
    }

    async fn statuses(&self, ids: &[GatewayId]) -> Result<Vec<(GatewayId, Delivery)>, SendError> {
        one_by_one(ids, |id| async move {
            let answer = self.ask(Method::GET, &["send", &id.0], None).await?;
            Ok(Some(delivery(answer.number("/data/deliveryState"))))
        })
        .await
    }

    async fn ask(&self, method: Method, path: &[&str], body: Option<&Value>) -> Result<Answer, SendError> {
        let mut request = self.exchange.ask(method, path, &[]).header("X-API-KEY", self.settings.key.reveal());
        if let Some(body) = body {
            request = request.json(body);
        }
        let answer = self.exchange.tell(request).await?;
        match answer.number("/status") {
            Some(1) if answer.is_good() => Ok(answer),
            Some(code) => Err(error(code, &answer)),
            None => Err(answer.unexplained()),
        }
    }
}

impl Gateway for SmsIr {
    fn name(&self) -> &'static str {
        "sms_ir"
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
            let answer = self.ask(Method::GET, &["credit"], None).await?;
            Ok(answer.amount("/data").map(|amount| Credit { amount, unit: Unit::Messages }))
        })
    }
}

fn delivery(state: Option<i64>) -> Delivery {
    match state {
        None => Delivery::Queued,
        Some(3 | 5) => Delivery::Sent,
        Some(1) => Delivery::Delivered,
        Some(2 | 4) => Delivery::Undelivered,
        Some(6) => Delivery::Failed,
        Some(7) => Delivery::Blocked,
        Some(_) => Delivery::Unknown,
    }
}

fn error(code: i64, answer: &Answer) -> SendError {
    let why = answered(code);
    match code {
        // A parameter; the number; a value of more than 25 signs; a text that wasn't approved for this line.
        16 | 104 | 114 | 117 => SendError::Refused(why),
        115 => SendError::Blocked(why),
        102 => SendError::NoCredit(why),
        // The template, a place of it, or one that isn't for codes.
        113 | 116 | 124 => SendError::Template(why),
        // Key and account; the line, or one that sleeps; the plan.
        10..=15 | 101 | 123 | 119 => SendError::Setup(why),
        20 => SendError::Busy { why, after: answer.pause },
        _ if answer.is_good() => SendError::Failed(why),
        _ => answer.unexplained(),
    }
}
