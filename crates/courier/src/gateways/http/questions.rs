//! What a web service is asked besides: what became of a message, and what the account holds.

use std::collections::BTreeMap;
use std::time::Duration;

use serde_json::Value;

use super::super::answer::{AnswerRule, at, showable};
use super::super::template::{Places, Values};
use super::super::{Credit, Delivery, Reports, SendError, Unit};
use super::request::{ODD, Request, answer_rule, pointer};
use super::settings::{HttpCredit, HttpSettingsError, HttpStatus, HttpUnit};

/// The question what became of a message.
pub(super) struct States {
    pub(super) request: Request,
    answer: AnswerRule,
    state: String,
    known: BTreeMap<String, Delivery>,
    within: Duration,
}

impl States {
    /// Checks the settings, and rehearses them with a made-up id.
    pub(super) fn new(settings: &HttpStatus, from: &str) -> Result<States, HttpSettingsError> {
        let request = Request::new(&settings.request, Places::STATUS)?;
        if !request.has("message_id") {
            return Err(HttpSettingsError::Lacks("message_id"));
        }
        if settings.states.is_empty() {
            return Err(HttpSettingsError::States);
        }
        request.rehearse(&Values { message_id: ODD, from, ..Values::default() })?;
        Ok(States {
            request,
            answer: answer_rule(settings.success.as_deref(), None)?,
            state: pointer("state", &settings.state)?,
            known: settings.states.clone(),
            within: Duration::from_hours(settings.within_hours.into()),
        })
    }

    /// How it tells.
    pub(super) fn reports(&self) -> Reports {
        Reports::Asked { at_once: 1, within: self.within }
    }

    /// What an answer says; None when it says nothing of this message, which holds up none of the others.
    pub(super) fn read(&self, body: &[u8]) -> Result<Option<Delivery>, SendError> {
        let json = readable(body)?;
        if let Err(error) = self.answer.judge_success(&json) {
            tracing::warn!(gateway = "http", %error, "a gateway says nothing of a message");
            return Ok(None);
        }
        let found = json.pointer(&self.state);
        let word = if found.is_some_and(Value::is_null) { Some("null".into()) } else { at(&json, &self.state) };
        Ok(word.map(|word: String| self.delivery(word.trim())))
    }

    fn delivery(&self, word: &str) -> Delivery {
        self.known.get(word).copied().unwrap_or_else(|| {
            let state = showable(word);
            tracing::warn!(gateway = "http", state, "a gateway tells a state that its settings don't list");
            Delivery::Unknown
        })
    }
}

/// The question what the account holds.
pub(super) struct Account {
    pub(super) request: Request,
    answer: AnswerRule,
    amount: String,
    unit: HttpUnit,
}

impl Account {
    /// Checks the settings, and rehearses them.
    pub(super) fn new(settings: &HttpCredit, from: &str) -> Result<Account, HttpSettingsError> {
        let request = Request::new(&settings.request, Places::CREDIT)?;
        request.rehearse(&Values { from, ..Values::default() })?;
        Ok(Account {
            request,
            answer: answer_rule(settings.success.as_deref(), None)?,
            amount: pointer("amount", &settings.amount)?,
            unit: settings.unit,
        })
    }

    /// What an answer says.
    pub(super) fn read(&self, body: &[u8]) -> Result<Credit, SendError> {
        let json = readable(body)?;
        self.answer.judge_success(&json)?;
        let amount = at(&json, &self.amount).and_then(|text| text.replace(',', "").trim().parse::<f64>().ok());
        let Some(amount) = amount.filter(|amount| amount.is_finite()) else {
            return Err(SendError::Failed(format!("the gateway's answer had no number at {}", self.amount)));
        };
        Ok(match self.unit {
            HttpUnit::Messages => Credit { amount, unit: Unit::Messages },
            HttpUnit::Rials => Credit { amount, unit: Unit::Rials },
            HttpUnit::Tomans => Credit { amount: amount * 10.0, unit: Unit::Rials },
        })
    }
}

fn readable(body: &[u8]) -> Result<Value, SendError> {
    serde_json::from_slice(body).map_err(|_| SendError::Failed("the gateway's answer can't be read".into()))
}
