//! A web service as a gateway: any JSON or form API, described by settings alone.

mod by_template;
mod questions;
mod request;
mod settings;

use std::time::Duration;

use reqwest::Client;

use super::answer::AnswerRule;
use super::exchange::{client, failure, one_by_one, pause, read};
use super::settings::LONGEST;
use super::template::{Places, Values};
use super::words::Words;
use super::{
    Abilities, Accepted, Credit, Delivery, Fault, Gateway, GatewayId, GatewaySettings, Kind, Mapping, Outgoing,
    Reports, SendError, Work,
};
use by_template::{ByTemplate, TEMPLATES};
use questions::{Account, States};
use request::{ODD, ODD_ID, Request, answer_rule};

pub use settings::{HttpCredit, HttpRequest, HttpSettings, HttpSettingsError, HttpStatus, HttpTemplate, HttpUnit};

/// A web service.
pub struct Http {
    client: Client,
    /// None where it takes templates only.
    by_text: Option<Request>,
    answer: AnswerRule,
    by_template: Option<ByTemplate>,
    /// None where it calls nobody.
    by_call: Option<ByTemplate>,
    states: Option<States>,
    account: Option<Account>,
    timeout: Duration,
    from: String,
    words: Words,
    settings: HttpSettings,
}

impl Http {
    /// Checks the settings and makes ready; nothing is sent.
    pub fn new(settings: HttpSettings) -> Result<Http, HttpSettingsError> {
        let within = |setting: &'static str| move |error| HttpSettingsError::In(setting, Box::new(error));
        if settings.templates_only && settings.template.is_none() && settings.call.is_none() {
            return Err(HttpSettingsError::NothingToSend);
        }
        if settings.timeout.is_zero() || settings.timeout > Duration::from_hours(1) {
            return Err(HttpSettingsError::Timeout);
        }
        // One that was saved when there was no such bound goes on.
        let timeout = settings.timeout.min(LONGEST);
        let from = settings.from.as_str();
        let by_template = settings.template.as_ref().map(|it| ByTemplate::new(it, from)).transpose();
        let by_call = settings.call.as_ref().map(|it| ByTemplate::calling(it, from)).transpose();
        let states = settings.status.as_ref().map(|it| States::new(it, from)).transpose();
        let account = settings.credit.as_ref().map(|it| Account::new(it, from)).transpose();
        Ok(Http {
            client: client(timeout).map_err(HttpSettingsError::Client)?,
            by_text: if settings.templates_only { None } else { Some(by_text(&settings)?) },
            answer: answer_rule(settings.success.as_deref(), settings.message_id.as_deref())?,
            by_template: by_template.map_err(within("template"))?,
            by_call: by_call.map_err(within("call"))?,
            states: states.map_err(within("status"))?,
            account: account.map_err(within("credit"))?,
            timeout,
            from: settings.from.clone(),
            words: Words::default(),
            settings,
        })
    }

    async fn text(&self, message: &Outgoing) -> Result<Accepted, SendError> {
        let Some(request) = &self.by_text else {
            return Err(SendError::Setup("the gateway takes templates only".into()));
        };
        self.answer.judge_body(&self.tell(request, &self.values(message)).await?)
    }

    async fn template(&self, message: &Outgoing, mapping: &Mapping) -> Result<Accepted, SendError> {
        let by_template = if mapping.is_call { &self.by_call } else { &self.by_template };
        let Some(by_template) = by_template else {
            let lacks = if mapping.is_call { "the gateway can't call" } else { "the gateway has no templates" };
            return Err(SendError::Setup(lacks.into()));
        };
        let placed = by_template.placed(mapping, message)?;
        let values = Values {
            pattern: mapping.template.trim(),
            placed: &placed,
            each: Some(&by_template.each),
            ..self.values(message)
        };
        by_template.answer.judge_body(&self.tell(&by_template.request, &values).await?)
    }

    async fn state(&self, states: &States, id: &GatewayId) -> Result<Option<Delivery>, SendError> {
        let values = Values { message_id: &id.0, from: &self.from, ..Values::default() };
        states.read(&self.tell(&states.request, &values).await?)
    }

    async fn statuses(&self, ids: &[GatewayId]) -> Result<Vec<(GatewayId, Delivery)>, SendError> {
        let Some(states) = &self.states else { return Ok(Vec::new()) };
        one_by_one(ids, |id| self.state(states, id)).await
    }

    async fn holds(&self) -> Result<Option<Credit>, SendError> {
        let Some(account) = &self.account else { return Ok(None) };
        let values = Values { from: &self.from, ..Values::default() };
        account.read(&self.tell(&account.request, &values).await?).map(Some)
    }

    /// Sends a request and reads the answer, if its status is a good one.
    async fn tell(&self, request: &Request, values: &Values<'_>) -> Result<Vec<u8>, SendError> {
        let request = request.fill(&self.client, values);
        let response = request.send().await.map_err(|error| failure(&error))?;
        let judged = AnswerRule::judge_status(response.status().as_u16(), pause(&response));
        let body = read(response).await;
        self.words.keep(&body);
        judged.map(|()| body)
    }

    fn values<'a>(&'a self, message: &'a Outgoing) -> Values<'a> {
        Values {
            to: &message.to,
            text: &message.text,
            id: message.id.as_str(),
            template: &message.template,
            from: &self.from,
            ..Values::default()
        }
    }
}

impl Gateway for Http {
    fn name(&self) -> &'static str {
        "http"
    }

    fn time_limit(&self) -> Duration {
        self.timeout
    }

    fn take_words(&self) -> String {
        self.words.take()
    }

    fn settings(&self) -> Option<GatewaySettings> {
        Some(GatewaySettings::Http(Box::new(self.settings.clone())))
    }

    /// What the settings say. Whoever hands our id over does so where the service wants it to know a repeat by.
    fn abilities(&self) -> Abilities {
        let mut all = [&self.by_template, &self.by_call].into_iter().flatten();
        let has_any = self.by_template.is_some() || self.by_call.is_some();
        Abilities {
            templates: has_any.then_some(&TEMPLATES),
            drops_repeated_texts: self.by_text.as_ref().is_some_and(|request| request.has("id")),
            drops_repeated_templates: has_any && all.all(|it| it.request.has("id")),
            reports: self.states.as_ref().map_or(Reports::Never, States::reports),
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

    fn faults(&self, mapping: &Mapping, kind: Option<&Kind>) -> Vec<Fault> {
        let by_call = self.by_call.as_ref().filter(|_| mapping.is_call);
        match by_call.or(self.by_template.as_ref()) {
            Some(by_template) => by_template.faults(mapping, kind, &self.from),
            None => vec![Fault::NoTemplates],
        }
    }

    fn status<'a>(&'a self, ids: &'a [GatewayId]) -> Work<'a, Result<Vec<(GatewayId, Delivery)>, SendError>> {
        Box::pin(self.statuses(ids))
    }

    fn credit(&self) -> Work<'_, Result<Option<Credit>, SendError>> {
        Box::pin(self.holds())
    }
}

/// The request that sends a text, rehearsed with a made-up message.
fn by_text(settings: &HttpSettings) -> Result<Request, HttpSettingsError> {
    let request = Request::new(&settings.request(), Places::TEXT)?;
    request.rehearse(&Values {
        to: "+989000000000",
        text: ODD,
        id: ODD_ID,
        template: "rehearsal",
        from: &settings.from,
        ..Values::default()
    })?;
    Ok(request)
}
