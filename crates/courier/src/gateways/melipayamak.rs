//! Melipayamak by its REST service (field guide §2.2; the meaning of its refusals from public code and own knowledge). A template's
//! values go joined by semicolons, so none may have one.

use std::time::Duration;

use reqwest::Method;
use serde::{Deserialize, Serialize};

use super::exchange::{Answer, Exchange, one_by_one};
use super::failure::answered;
use super::mapping::filled;
use super::settings::{needed, ten_seconds};
use super::{
    Abilities, Accepted, Credit, Delivery, Gateway, GatewayId, Key, Mapping, Outgoing, PlaceRule, Reports, SendError,
    SettingsError, TemplateRules, Unit, Work,
};

/// An account at Melipayamak.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MelipayamakSettings {
    /// Where the service is.
    #[serde(default = "base")]
    pub base: String,
    /// The account's name.
    pub username: String,
    /// Its password, or the key that stands for it.
    pub password: Key,
    /// The line, which templates don't need.
    #[serde(default)]
    pub from: String,
    /// How long an exchange may take.
    #[serde(default = "ten_seconds")]
    pub timeout_seconds: u32,
}

fn base() -> String {
    "https://rest.payamak-panel.com/api/SendSMS".into()
}

/// Melipayamak.
pub struct Melipayamak {
    exchange: Exchange,
    settings: MelipayamakSettings,
}

const TEMPLATES: TemplateRules = TemplateRules {
    is_numbered: true,
    places: &[],
    rule: |_| PlaceRule { longest: None, spaces: None, refused: ";".into() },
    can_call: false,
};

impl Melipayamak {
    /// Checks the settings and makes ready; nothing is sent.
    pub fn new(settings: MelipayamakSettings) -> Result<Melipayamak, SettingsError> {
        needed("username", &settings.username)?;
        needed("password", settings.password.reveal())?;
        Ok(Melipayamak { exchange: Exchange::open(&settings.base, settings.timeout_seconds)?, settings })
    }

    async fn text(&self, message: &Outgoing) -> Result<Accepted, SendError> {
        let (to, from) = (message.national()?, self.settings.from.as_str());
        let form = [("to", to.as_str()), ("from", from), ("text", &message.text), ("isFlash", "false")];
        taken(&self.ask("SendSMS", &form).await?)
    }

    async fn template(&self, message: &Outgoing, mapping: &Mapping) -> Result<Accepted, SendError> {
        let values: Vec<String> = filled(&TEMPLATES, mapping, message)?.into_iter().map(|(_, value)| value).collect();
        let (to, joined) = (message.national()?, values.join(";"));
        let form = [("to", to.as_str()), ("bodyId", mapping.template.trim()), ("text", &joined)];
        taken(&self.ask("BaseServiceNumber", &form).await?)
    }

    async fn statuses(&self, ids: &[GatewayId]) -> Result<Vec<(GatewayId, Delivery)>, SendError> {
        one_by_one(ids, |id| async move {
            let answer = self.ask("GetDeliveries2", &[("recID", &id.0)]).await?;
            Ok(answer.number("/Value").map(delivery))
        })
        .await
    }

    async fn ask(&self, operation: &str, form: &[(&str, &str)]) -> Result<Answer, SendError> {
        let mut all =
            vec![("username", self.settings.username.as_str()), ("password", self.settings.password.reveal())];
        all.extend(form);
        let answer = self.exchange.tell(self.exchange.ask(Method::POST, &[operation], &[]).form(&all)).await?;
        match answer.number("/RetStatus") {
            Some(1) if answer.is_good() => Ok(answer),
            Some(code) => Err(error(code, &answer)),
            None => Err(answer.unexplained()),
        }
    }
}

impl Gateway for Melipayamak {
    fn name(&self) -> &'static str {
        "melipayamak"
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
            let answer = self.ask("GetCredit", &[]).await?;
            Ok(answer.amount("/Value").map(|amount| Credit { amount, unit: Unit::Messages }))
        })
    }
}

/// Its ids are long; a short or negative number in their place is an error although the status says otherwise.
fn taken(answer: &Answer) -> Result<Accepted, SendError> {
    match answer.text("/Value") {
        Some(id) if id.len() > 5 && id.bytes().all(|byte| byte.is_ascii_digit()) => Ok(Accepted::under(Some(&id))),
        Some(_) => Err(match answer.number("/Value") {
            Some(code) => error(code, answer),
            None => SendError::Failed("the gateway told no id".into()),
        }),
        None => Err(answer.unexplained()),
    }
}

fn delivery(status: i64) -> Delivery {
    match status {
        400 => Delivery::Queued,
        0 | 8 => Delivery::Sent,
        1 => Delivery::Delivered,
        2 | 16 => Delivery::Undelivered,
        // 300: filtered; 500: refused.
        3 | 5 | 300 | 500 => Delivery::Failed,
        35 => Delivery::Blocked,
        // 9 and 100.
        _ => Delivery::Unknown,
    }
}

fn error(code: i64, answer: &Answer) -> SendError {
    let why = answered(code);
    match code {
        // A word that is filtered; a link; a text that lacks the way to unsubscribe; no number, no text, no mobile's number.
        7 | 14..=18 => SendError::Refused(why),
        35 => SendError::Blocked(why),
        2 => SendError::NoCredit(why),
        // The template is missing or not approved; its places.
        -5 | -4 => SendError::Template(why),
        // Name or password; the line, or one for people only; an account that sleeps or lacks its papers; this server's address, or a password
        // where it wants the key; the service of templates.
        0 | 5 | 9 | 10 | 12 | 108..=110 | -3..=-1 => SendError::Setup(why),
        // The day's number; the most at once; the service is being mended.
        3 | 4 | 6 => SendError::Busy { why, after: answer.pause },
        _ if answer.is_good() => SendError::Failed(why),
        _ => answer.unexplained(),
    }
}
