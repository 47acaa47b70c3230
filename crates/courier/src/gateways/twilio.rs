//! Twilio (field guide §2.2; its codes from own knowledge, those of blocks from its list of errors), for organisations abroad. What becomes
//! of a message is called to our address, signed ([`callback`](super::callback)); the first state never is. All can be asked for, too, and are where no
//! call comes.

use std::time::Duration;

use reqwest::Method;
use serde::{Deserialize, Serialize};

use super::exchange::{Answer, Exchange, one_by_one};
use super::failure::answered;
use super::settings::{needed, ten_seconds};
use super::{
    Abilities, Accepted, Credit, Delivery, Gateway, GatewayId, Key, Outgoing, Reports, SendError, SettingsError, Unit,
    Work,
};

/// The longest text.
const LONGEST: usize = 1_600;

/// An account at Twilio.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TwilioSettings {
    /// Where the service is.
    #[serde(default = "base")]
    pub base: String,
    /// The account's id, `AC…`.
    pub account: String,
    /// The name to sign in by: empty for the account's id, or an API key's, `SK…`.
    #[serde(default)]
    pub user: String,
    /// The token or the API key's secret.
    pub secret: Key,
    /// The account's token, by which its calls are signed whoever signs in; empty where `secret` is that token.
    #[serde(default)]
    pub token: Key,
    /// The number, or the id of a messaging service, `MG…`.
    pub from: String,
    /// Where it calls with what became of a message; empty for nowhere.
    #[serde(default)]
    pub callback: String,
    /// How long an exchange may take.
    #[serde(default = "ten_seconds")]
    pub timeout_seconds: u32,
}

impl TwilioSettings {
    /// What it signs its calls with: always the account's token, never the secret of an API key.
    pub fn signing_token(&self) -> &Key {
        if self.token.is_empty() { &self.secret } else { &self.token }
    }

    /// What would let every one of its calls look like a stranger's. Messages go out all the same, so it is told when a route is saved.
    pub fn fault_of_calls(&self) -> Option<SettingsError> {
        let is_api_key = self.user.trim().starts_with("SK");
        (is_api_key && self.token.is_empty() && !self.callback.is_empty()).then_some(SettingsError::Bad(
            "token",
            "is missing: Twilio signs its calls with the account's auth token, not with the secret of an API key (SK…); \
             give that token beside the secret, or leave callback out",
        ))
    }
}

fn base() -> String {
    "https://api.twilio.com/2010-04-01".into()
}

/// Twilio.
pub struct Twilio {
    exchange: Exchange,
    settings: TwilioSettings,
}

impl Twilio {
    /// Checks the settings and makes ready; nothing is sent.
    pub fn new(settings: TwilioSettings) -> Result<Twilio, SettingsError> {
        needed("account", &settings.account)?;
        needed("secret", settings.secret.reveal())?;
        needed("from", &settings.from)?;
        Ok(Twilio { exchange: Exchange::open(&settings.base, settings.timeout_seconds)?, settings })
    }

    async fn text(&self, message: &Outgoing) -> Result<Accepted, SendError> {
        if message.text.chars().count() > LONGEST {
            return Err(SendError::Refused("the text is longer than 1600 signs".into()));
        }
        let from = if self.settings.from.starts_with("MG") { "MessagingServiceSid" } else { "From" };
        let mut form =
            vec![("To", message.international()?), (from, &self.settings.from), ("Body", message.text.as_str())];
        if !self.settings.callback.is_empty() {
            form.push(("StatusCallback", &self.settings.callback));
        }
        let answer = self.ask(Method::POST, &["Messages.json"], &form).await?;
        let code = answer.number("/error_code");
        match answer.text("/status").map(|state| delivery(&state, code)) {
            Some(Delivery::Failed | Delivery::Undelivered | Delivery::Blocked) => {
                Err(error(code.unwrap_or_default(), &answer))
            }
            _ => Ok(Accepted::under(answer.text("/sid").as_deref())),
        }
    }

    async fn statuses(&self, ids: &[GatewayId]) -> Result<Vec<(GatewayId, Delivery)>, SendError> {
        one_by_one(ids, |id| async move {
            let answer = self.ask(Method::GET, &["Messages", &format!("{}.json", id.0)], &[]).await?;
            Ok(Some(delivery(&answer.text("/status").unwrap_or_default(), answer.number("/error_code"))))
        })
        .await
    }

    async fn ask(&self, method: Method, path: &[&str], form: &[(&str, &str)]) -> Result<Answer, SendError> {
        let TwilioSettings { account, user, secret, .. } = &self.settings;
        let path = [&["Accounts", account.as_str()], path].concat();
        let user = if user.is_empty() { account } else { user };
        let mut request = self.exchange.ask(method, &path, &[]).basic_auth(user, Some(secret.reveal()));
        if !form.is_empty() {
            request = request.form(form);
        }
        let answer = self.exchange.tell(request).await?;
        match answer.number("/code") {
            _ if answer.is_good() && answer.json.is_object() => Ok(answer),
            Some(code) if !answer.is_good() => Err(error(code, &answer)),
            _ => Err(answer.unexplained()),
        }
    }
}

impl Gateway for Twilio {
    fn name(&self) -> &'static str {
        "twilio"
    }

    fn time_limit(&self) -> Duration {
        self.exchange.timeout()
    }

    fn take_words(&self) -> String {
        self.exchange.take_words()
    }

    fn abilities(&self) -> Abilities {
        let (at_once, within) = (1, Duration::from_hours(48));
        let reports = if self.settings.callback.is_empty() {
            Reports::Asked { at_once, within }
        } else {
            Reports::CalledOrAsked { at_once, within }
        };
        Abilities { reports, ..Abilities::default() }
    }

    fn send_text<'a>(&'a self, message: &'a Outgoing) -> Work<'a, Result<Accepted, SendError>> {
        Box::pin(self.text(message))
    }

    fn status<'a>(&'a self, ids: &'a [GatewayId]) -> Work<'a, Result<Vec<(GatewayId, Delivery)>, SendError>> {
        Box::pin(self.statuses(ids))
    }

    fn credit(&self) -> Work<'_, Result<Option<Credit>, SendError>> {
        Box::pin(async {
            let answer = self.ask(Method::GET, &["Balance.json"], &[]).await?;
            let unit = Unit::Currency(answer.text("/currency").unwrap_or_default());
            Ok(answer.amount("/balance").map(|amount| Credit { amount, unit }))
        })
    }
}

/// What one of its states means, with the code beside it that says why a message is lost.
pub(super) fn delivery(state: &str, code: Option<i64>) -> Delivery {
    let delivery = match state {
        "accepted" | "scheduled" | "queued" | "sending" => Delivery::Queued,
        "sent" | "partially_delivered" => Delivery::Sent,
        "delivered" | "read" => Delivery::Delivered,
        "undelivered" => Delivery::Undelivered,
        "failed" | "canceled" => Delivery::Failed,
        // "receiving" and "received" are of messages to us.
        _ => Delivery::Unknown,
    };
    delivery.unless_blocked(code.is_some_and(is_block))
}

/// Whether a code says that nothing comes through to this recipient: who has written "stop", blocked by the carrier or the recipient, or
/// filtered on the way.
fn is_block(code: i64) -> bool {
    matches!(code, 21610 | 30004 | 30007)
}

fn error(code: i64, answer: &Answer) -> SendError {
    let why = answered(code);
    match code {
        _ if is_block(code) => SendError::Blocked(why),
        // The number, or one that can't have messages; the text, missing or too long.
        21211 | 21214 | 21614 | 21602 | 21617 | 30003 | 30005 | 30006 => SendError::Refused(why),
        // The key; the line, or a country that it may not write to; the account.
        20003 | 21212 | 21603 | 21606 | 21608 | 21408 | 21612 | 30002 => SendError::Setup(why),
        // Too much at once; a queue that is full, the number's or the account's.
        20429 | 21611 | 30001 => SendError::Busy { why, after: answer.pause },
        _ if answer.is_good() => SendError::Failed(why),
        _ => answer.unexplained(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn settings(more: &str) -> TwilioSettings {
        serde_json::from_str(&format!(r#"{{"account":"AC1","secret":"s3cret","from":"+1500"{more}}}"#))
            .expect("the rest has defaults")
    }

    #[test]
    fn calls_are_signed_with_the_accounts_token() {
        assert_eq!(settings("").signing_token().reveal(), "s3cret");
        assert_eq!(settings(r#","user":"SK1","token":"t0ken""#).signing_token().reveal(), "t0ken");
    }

    #[test]
    fn an_api_key_needs_the_token_where_it_is_called_by() {
        let callback = r#","callback":"https://desk.example.org/gateways/1/2""#;
        let key = r#","user":"SK1""#;
        for good in ["", key, callback, &format!(r#"{callback}{key},"token":"t0ken""#)] {
            assert!(settings(good).fault_of_calls().is_none(), "{good}");
        }
        let said = settings(&format!("{callback}{key}")).fault_of_calls().expect("it is refused").to_string();
        assert!(said.starts_with("token is missing") && !said.contains("s3cret"), "{said}");
    }
}
