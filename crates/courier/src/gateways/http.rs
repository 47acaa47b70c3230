//! A web service as a gateway: any JSON or form API, described by settings alone.

use std::collections::BTreeMap;
use std::fmt;
use std::time::Duration;

use reqwest::header::{CONTENT_TYPE, HeaderName, HeaderValue};
use reqwest::{Client, Method, Url};
use serde::{Deserialize, Serialize};

use super::answer::AnswerRule;
use super::exchange::{client, failure, pause, read};
use super::template::{Escape, Template, Values};
use super::words::Words;
use super::{Abilities, Accepted, Gateway, Outgoing, SendError, Work};

/// How a web service wants its messages. URL, header values and body are templates: `{to}` (`+989…`), `{to_digits}` (`989…`),
/// `{to_national}` (`09…`), `{text}`, `{id}` (ours, the same over all tries), `{template}` and `{from}`.
#[derive(Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HttpSettings {
    /// The address; values are percent-encoded in it.
    pub url: String,
    /// `POST`, `GET`, …
    pub method: String,
    /// Headers, keys among them; values are percent-encoded, which leaves ids as they are.
    pub headers: BTreeMap<String, String>,
    /// The body; empty for none. In JSON the places stand inside quotes: `"text": "{text}"`.
    pub body: String,
    /// `application/json` or `application/x-www-form-urlencoded`, which decides how values are escaped.
    pub content_type: String,
    /// A JSON pointer to the gateway's id of the message in the answer.
    pub message_id: Option<String>,
    /// What the answer must say besides a 2xx status, as `pointer=value`: `/return/status=200`.
    pub success: Option<String>,
    /// How long the whole exchange may take.
    #[serde(with = "super::settings::seconds")]
    pub timeout: Duration,
    /// The line that messages come from.
    pub from: String,
}

impl fmt::Debug for HttpSettings {
    /// Address, headers and body are where providers want their keys.
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        to.debug_struct("HttpSettings").field("method", &self.method).finish_non_exhaustive()
    }
}

/// What is wrong with the settings; it names the setting and never its value, which may hold a key.
#[derive(Debug, thiserror::Error)]
pub enum HttpSettingsError {
    /// Not an address.
    #[error("url is not the address of a web service, by http or https")]
    Url,
    /// Not a method.
    #[error("method is not an HTTP method")]
    Method,
    /// A header's name or value can't be sent.
    #[error("the header {0:?} has a name or a value that can't be sent")]
    Header(String),
    /// A content type whose escaping isn't known.
    #[error("content_type must be application/json or application/x-www-form-urlencoded")]
    ContentType,
    /// The body would not be JSON.
    #[error("body is not JSON once its places are filled; places stand inside quotes, as in \"text\": \"{{text}}\"")]
    Body,
    /// Not a JSON pointer.
    #[error("{0} must begin with a JSON pointer, as in /return/status")]
    Pointer(&'static str),
    /// No `=` in the success rule.
    #[error("success must be a JSON pointer and a value, as in /return/status=200")]
    Success,
    /// The system's certificates, or the like, can't be used.
    #[error("the HTTP client can't be started: {0}")]
    Client(String),
}

/// A web service.
pub struct Http {
    client: Client,
    method: Method,
    url: Template,
    headers: Vec<(HeaderName, Template)>,
    body: Option<Template>,
    content_type: HeaderValue,
    escape: Escape,
    answer: AnswerRule,
    timeout: Duration,
    from: String,
    words: Words,
}

impl Http {
    /// Checks the settings and makes ready; nothing is sent.
    pub fn new(settings: HttpSettings) -> Result<Http, HttpSettingsError> {
        let escape = match media_type(&settings.content_type).as_str() {
            "application/json" => Escape::Json,
            "application/x-www-form-urlencoded" => Escape::Percent,
            _ => return Err(HttpSettingsError::ContentType),
        };
        let http = Http {
            client: client(settings.timeout).map_err(HttpSettingsError::Client)?,
            method: settings.method.parse().map_err(|_| HttpSettingsError::Method)?,
            url: Template::parse(&settings.url),
            headers: headers(&settings.headers)?,
            body: (!settings.body.is_empty()).then(|| Template::parse(&settings.body)),
            content_type: settings.content_type.parse().map_err(|_| HttpSettingsError::ContentType)?,
            escape,
            answer: AnswerRule {
                success: settings.success.as_deref().map(success).transpose()?,
                message_id: settings.message_id.map(|it| pointer("message_id", it)).transpose()?,
            },
            timeout: settings.timeout,
            from: settings.from,
            words: Words::default(),
        };
        http.rehearse()?;
        Ok(http)
    }

    async fn hand_over(&self, message: &Outgoing) -> Result<Accepted, SendError> {
        let values = Values {
            to: &message.to,
            text: &message.text,
            id: message.id.as_str(),
            template: &message.template,
            from: &self.from,
        };
        let mut request = self.client.request(self.method.clone(), self.url.fill(&values, Escape::Percent));
        for (name, value) in &self.headers {
            request = request.header(name, value.fill(&values, Escape::Percent));
        }
        if let Some(body) = &self.body {
            request = request.header(CONTENT_TYPE, &self.content_type).body(body.fill(&values, self.escape));
        }
        let response = request.send().await.map_err(|error| failure(&error))?;
        let judged = AnswerRule::judge_status(response.status().as_u16(), pause(&response));
        let body = read(response).await;
        self.words.keep(&body);
        judged?;
        self.answer.judge_body(&body)
    }

    /// Fills all templates with a made-up message, so that bad settings are told at start and not at the first message.
    fn rehearse(&self) -> Result<(), HttpSettingsError> {
        let values =
            Values { to: "+989000000000", text: "«\"\n\"»", id: "0", template: "rehearsal", from: &self.from };
        let url: Url = self.url.fill(&values, Escape::Percent).parse().map_err(|_| HttpSettingsError::Url)?;
        if !matches!(url.scheme(), "http" | "https") || url.host().is_none() {
            return Err(HttpSettingsError::Url);
        }
        for (name, value) in &self.headers {
            let value = HeaderValue::try_from(value.fill(&values, Escape::Percent));
            value.map_err(|_| HttpSettingsError::Header(name.to_string()))?;
        }
        match (&self.body, self.escape) {
            (Some(body), Escape::Json) => serde_json::from_str::<serde_json::Value>(&body.fill(&values, Escape::Json))
                .map(drop)
                .map_err(|_| HttpSettingsError::Body),
            (Some(_), Escape::Percent) | (None, Escape::Json | Escape::Percent) => Ok(()),
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

    /// Whoever hands our id over does so where the service wants it to know a repeat by.
    fn abilities(&self) -> Abilities {
        let parts = self.body.iter().chain([&self.url]).chain(self.headers.iter().map(|(_, value)| value));
        let drops_repeated_texts = parts.into_iter().any(Template::has_id);
        Abilities { drops_repeated_texts, ..Abilities::default() }
    }

    fn send_text<'a>(&'a self, message: &'a Outgoing) -> Work<'a, Result<Accepted, SendError>> {
        Box::pin(self.hand_over(message))
    }
}

fn headers(settings: &BTreeMap<String, String>) -> Result<Vec<(HeaderName, Template)>, HttpSettingsError> {
    let parsed = settings.iter().map(|(name, value)| {
        let parsed = name.parse().map_err(|_| HttpSettingsError::Header(name.clone()))?;
        Ok((parsed, Template::parse(value)))
    });
    parsed.collect()
}

fn media_type(content_type: &str) -> String {
    content_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase()
}

fn success(rule: &str) -> Result<(String, String), HttpSettingsError> {
    let (at, value) = rule.split_once('=').ok_or(HttpSettingsError::Success)?;
    Ok((pointer("success", at.trim().to_owned())?, value.trim().to_owned()))
}

fn pointer(setting: &'static str, pointer: String) -> Result<String, HttpSettingsError> {
    if pointer.starts_with('/') { Ok(pointer) } else { Err(HttpSettingsError::Pointer(setting)) }
}
