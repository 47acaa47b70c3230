//! Kavenegar (field guide §2.2, its published SDKs; 402 and 426 to 428 from own knowledge). The key is part of the address; a text carries our
//! number for it (`localid`), and a repeat under the same number isn't sent again.

use std::time::Duration;

use reqwest::Method;
use serde::{Deserialize, Serialize};

use super::exchange::{Answer, Exchange, scalar, whole};
use super::failure::answered;
use super::mapping::filled;
use super::settings::{needed, ten_seconds};
use super::{
    Abilities, Accepted, Credit, Delivery, Gateway, GatewayId, Key, Mapping, Outgoing, PlaceRule, Reports, SendError,
    SettingsError, TemplateRules, Unit, Work,
};

/// An account at Kavenegar.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct KavenegarSettings {
    /// Where the service is.
    #[serde(default = "base")]
    pub base: String,
    /// The API key.
    pub key: Key,
    /// The line; empty for the account's own.
    #[serde(default)]
    pub sender: String,
    /// How long an exchange may take.
    #[serde(default = "ten_seconds")]
    pub timeout_seconds: u32,
}

fn base() -> String {
    "https://api.kavenegar.com/v1".into()
}

/// Kavenegar.
pub struct Kavenegar {
    exchange: Exchange,
    settings: KavenegarSettings,
}

const TEMPLATES: TemplateRules = TemplateRules {
    is_numbered: false,
    places: &["token", "token2", "token3", "token10", "token20"],
    rule: |place| {
        let (spaces, refused) = match place {
            "token10" => (5, "\r\n"),
            "token20" => (8, "\r\n"),
            _ => (0, "\r\n_"),
        };
        PlaceRule { longest: Some(100), spaces: Some(spaces), refused: refused.into() }
    },
    can_call: true,
};

impl Kavenegar {
    /// Checks the settings and makes ready; nothing is sent.
    pub fn new(settings: KavenegarSettings) -> Result<Kavenegar, SettingsError> {
        needed("key", settings.key.reveal())?;
        Ok(Kavenegar { exchange: Exchange::open(&settings.base, settings.timeout_seconds)?, settings })
    }

    async fn text(&self, message: &Outgoing) -> Result<Accepted, SendError> {
        let (receptor, local) = (message.national()?, message.number().to_string());
        let mut form = vec![("receptor", receptor.as_str()), ("message", &message.text), ("localid", &local)];
        if !self.settings.sender.is_empty() {
            form.push(("sender", &self.settings.sender));
        }
        taken(&self.ask(["sms", "send.json"], &form).await?)
    }

    async fn template(&self, message: &Outgoing, mapping: &Mapping) -> Result<Accepted, SendError> {
        let (receptor, tokens) = (message.national()?, filled(&TEMPLATES, mapping, message)?);
        let mut form = vec![("receptor", receptor.as_str()), ("template", &mapping.template)];
        form.extend(tokens.iter().map(|(place, value)| (place.as_str(), value.as_str())));
        form.push(("type", if mapping.is_call { "call" } else { "sms" }));
        taken(&self.ask(["verify", "lookup.json"], &form).await?)
    }

    async fn statuses(&self, ids: &[GatewayId]) -> Result<Vec<(GatewayId, Delivery)>, SendError> {
        let ids = ids.iter().map(|id| id.0.as_str()).collect::<Vec<_>>().join(",");
        let answer = self.ask(["sms", "status.json"], &[("messageid", &ids)]).await?;
        let known = answer.list("/entries").iter().filter_map(|entry| {
            let id = GatewayId(scalar(entry.get("messageid")?)?);
            Some((id, delivery(whole(entry.get("status")?)?)))
        });
        Ok(known.collect())
    }

    async fn ask(&self, path: [&str; 2], form: &[(&str, &str)]) -> Result<Answer, SendError> {
        let path = [self.settings.key.reveal(), path[0], path[1]];
        let answer = self.exchange.tell(self.exchange.ask(Method::POST, &path, &[]).form(form)).await?;
        match answer.number("/return/status") {
            Some(200) if answer.is_good() => Ok(answer),
            Some(code) => Err(error(code, &answer)),
            None => Err(answer.unexplained()),
        }
    }
}

impl Gateway for Kavenegar {
    fn name(&self) -> &'static str {
        "kavenegar"
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
            drops_repeated_templates: false,
            reports: Reports::Asked { at_once: 500, within },
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
            let answer = self.ask(["account", "info.json"], &[]).await?;
            Ok(answer.amount("/entries/remaincredit").map(|amount| Credit { amount, unit: Unit::Rials }))
        })
    }
}

/// The id of the one message; it may be lost already.
fn taken(answer: &Answer) -> Result<Accepted, SendError> {
    let status = answer.number("/entries/0/status");
    match status.map(delivery) {
        Some(Delivery::Blocked) => Err(SendError::Blocked("the recipient takes no messages of this line".into())),
        Some(Delivery::Failed) => Err(SendError::Failed("the gateway took the message and gave it up".into())),
        _ => Ok(Accepted::under(answer.text("/entries/0/messageid").as_deref())),
    }
}

fn delivery(status: i64) -> Delivery {
    match status {
        1 | 2 => Delivery::Queued,
        4 | 5 => Delivery::Sent,
        10 => Delivery::Delivered,
        11 => Delivery::Undelivered,
        6 | 13 => Delivery::Failed,
        14 => Delivery::Blocked,
        // 0, and 100: an id that it never had, or had too long ago.
        _ => Delivery::Unknown,
    }
}

fn error(code: i64, answer: &Answer) -> SendError {
    let why = answered(code);
    match code {
        // The number; the text, empty or too long; a link in it; a token that breaks the rules.
        411 | 413 | 420 | 431 => SendError::Refused(why),
        418 => SendError::NoCredit(why),
        // The template is missing or not approved; a place of it.
        424 | 432 => SendError::Template(why),
        // The key; this server's address; the line, or one that isn't for this account; an account not verified, or on trial, or without this
        // service or its calls; the tag.
        403 | 407 | 416 | 412 | 427 | 430 | 501 | 426 | 428 | 607 => SendError::Setup(why),
        409 | 429 | 451 => SendError::Busy { why, after: answer.pause },
        // Its own "didn't work", and not that of HTTP, which is about money.
        402 => SendError::Failed(why),
        _ if answer.is_good() => SendError::Failed(why),
        _ => answer.unexplained(),
    }
}
