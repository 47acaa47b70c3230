//! What an administrator says of a web service.

use std::collections::BTreeMap;
use std::fmt;
use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::super::{Delivery, Mapping, plain_word};

/// How a web service wants its messages. URL, header values and body are templates: `{to}` (`+989…`), `{to_digits}` (`989…`),
/// `{to_national}` (`09…`), `{text}`, `{id}` (ours, the same over all tries), `{template}` and `{from}`.
#[derive(Clone, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct HttpSettings {
    /// The address; values are percent-encoded in it.
    #[serde(deserialize_with = "super::super::key::quoted")]
    pub url: String,
    /// `POST`, `GET`, …; empty for the one that fits: `POST` with a body, `GET` without.
    pub method: String,
    /// Headers, keys among them; values are percent-encoded, which leaves ids as they are.
    #[serde(deserialize_with = "super::super::key::quoted_headers")]
    pub headers: BTreeMap<String, String>,
    /// The body; empty for none. In JSON the places stand inside quotes: `"text": "{text}"`.
    #[serde(deserialize_with = "super::super::key::quoted")]
    pub body: String,
    /// `application/json` or `application/x-www-form-urlencoded`, which decides how values are escaped.
    pub content_type: String,
    /// A JSON pointer to the gateway's id of the message in the answer.
    pub message_id: Option<String>,
    /// What the answer must say besides a 2xx status, as `pointer=value`: `/return/status=200`; `/error=null` where nothing or null must stand.
    pub success: Option<String>,
    /// How long the whole exchange may take.
    #[serde(with = "super::super::settings::seconds")]
    pub timeout: Duration,
    /// The line that messages come from.
    pub from: String,
    /// Whether it takes no free text: then `url` and the like may be left out.
    pub templates_only: bool,
    /// How it sends by templates of its own; None when it has none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub template: Option<HttpTemplate>,
    /// How it calls people, and reads out by templates of its own; None when it doesn't.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub call: Option<HttpTemplate>,
    /// How it is asked what became of a message; None when it doesn't say.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<HttpStatus>,
    /// How it is asked what the account holds; None when it doesn't say.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub credit: Option<HttpCredit>,
}

/// One request; URL, header values and body are templates.
#[derive(Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HttpRequest {
    /// As in [`HttpSettings::url`].
    #[serde(deserialize_with = "super::super::key::quoted")]
    pub url: String,
    /// As in [`HttpSettings::method`].
    #[serde(default)]
    pub method: String,
    /// As in [`HttpSettings::headers`].
    #[serde(default, deserialize_with = "super::super::key::quoted_headers")]
    pub headers: BTreeMap<String, String>,
    /// As in [`HttpSettings::body`].
    #[serde(default, deserialize_with = "super::super::key::quoted")]
    pub body: String,
    /// As in [`HttpSettings::content_type`].
    #[serde(default = "json")]
    pub content_type: String,
}

/// How a web service sends, or reads out, by its own templates. Its request has the places of [`HttpSettings`], and `{pattern}` (the mapping's template),
/// `{value:NAME}` (the value in the mapping's place of that name) and `{values}` (all of them, each written as `each` says).
#[derive(Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HttpTemplate {
    /// The request.
    pub request: HttpRequest,
    /// As in [`HttpSettings::message_id`].
    #[serde(default)]
    pub message_id: Option<String>,
    /// As in [`HttpSettings::success`].
    #[serde(default)]
    pub success: Option<String>,
    /// How one of `{values}` is written, with `{place}` and `{value}`; unless it is said, as a field of JSON or of a form.
    #[serde(default)]
    pub each: Option<String>,
    /// What stands between two of `{values}`; unless it is said, a comma in JSON and an ampersand in a form.
    #[serde(default)]
    pub between: Option<String>,
    /// The most signs of a value.
    #[serde(default)]
    pub longest: Option<usize>,
    /// The most spaces of a value.
    #[serde(default)]
    pub spaces: Option<usize>,
    /// Signs that no value may have.
    #[serde(default)]
    pub refused: String,
    /// Whether its templates have numbers for names.
    #[serde(default)]
    pub is_numbered: bool,
}

/// How a web service is asked what became of a message. Its request has the places `{message_id}` and `{from}`.
#[derive(Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HttpStatus {
    /// The request.
    pub request: HttpRequest,
    /// As in [`HttpSettings::success`].
    #[serde(default)]
    pub success: Option<String>,
    /// A JSON pointer to the state in the answer; empty when that is all of it.
    pub state: String,
    /// What the gateway's words and numbers mean; others are unknown.
    pub states: BTreeMap<String, Delivery>,
    /// For how long it remembers a message.
    #[serde(default = "two_days")]
    pub within_hours: u32,
}

/// How a web service is asked what the account holds. Its request has the place `{from}`.
#[derive(Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HttpCredit {
    /// The request.
    pub request: HttpRequest,
    /// As in [`HttpSettings::success`].
    #[serde(default)]
    pub success: Option<String>,
    /// A JSON pointer to the amount in the answer; empty when that is all of it.
    pub amount: String,
    /// What is counted.
    pub unit: HttpUnit,
}

/// What a web service counts its credit in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum HttpUnit {
    /// Messages of one part.
    Messages,
    /// Iran's money.
    Rials,
    /// Ten of them.
    Tomans,
}

fn json() -> String {
    "application/json".into()
}

fn two_days() -> u32 {
    48
}

impl Default for HttpSettings {
    /// What is meant where nothing is said.
    fn default() -> HttpSettings {
        HttpSettings {
            url: String::new(),
            method: String::new(),
            headers: BTreeMap::new(),
            body: String::new(),
            content_type: json(),
            message_id: None,
            success: None,
            timeout: Duration::from_secs(10),
            from: String::new(),
            templates_only: false,
            template: None,
            call: None,
            status: None,
            credit: None,
        }
    }
}

impl HttpSettings {
    /// The request that sends a text.
    pub(super) fn request(&self) -> HttpRequest {
        HttpRequest {
            url: self.url.clone(),
            method: self.method.clone(),
            headers: self.headers.clone(),
            body: self.body.clone(),
            content_type: self.content_type.clone(),
        }
    }

    /// How it sends by such a mapping.
    pub(in super::super) fn by(&self, mapping: &Mapping) -> Option<&HttpTemplate> {
        if mapping.is_call { self.call.as_ref() } else { self.template.as_ref() }
    }

    /// All its requests.
    pub(in super::super) fn requests(&self) -> Vec<HttpRequest> {
        let templates = [&self.template, &self.call].into_iter().flatten().map(|it| it.request.clone());
        let status = self.status.as_ref().map(|it| it.request.clone());
        let credit = self.credit.as_ref().map(|it| it.request.clone());
        [self.request()].into_iter().chain(templates).chain(status).chain(credit).collect()
    }
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
    #[error("the header {:?} has a name or a value that can't be sent", plain_word(.0))]
    Header(String),
    /// A content type whose escaping isn't known.
    #[error("content_type must be application/json or application/x-www-form-urlencoded")]
    ContentType,
    /// The body would not be JSON.
    #[error("body is not JSON once its places are filled; places stand inside quotes, as in \"text\": \"{{text}}\"")]
    Body,
    /// A place that this request doesn't have.
    #[error("{{{0}}} is no place of this request")]
    Place(String),
    /// A place that this request needs.
    #[error("{{{0}}} stands nowhere")]
    Lacks(&'static str),
    /// Not a JSON pointer.
    #[error("{0} must begin with a JSON pointer, as in /return/status")]
    Pointer(&'static str),
    /// No `=` in the success rule.
    #[error("success must be a JSON pointer and a value, as in /return/status=200")]
    Success,
    /// No state means anything.
    #[error("states is empty; it says what the gateway's words mean, as in {{ \"1\" = \"delivered\" }}")]
    States,
    /// No time to ask it, or more than a message may stay with a worker that has crashed.
    #[error("timeout must be from 1 second to a minute")]
    Timeout,
    /// No free text, and no templates either.
    #[error("templates_only needs the setting template, or call")]
    NothingToSend,
    /// In one of the settings that have settings of their own.
    #[error("{0}: {1}")]
    In(&'static str, Box<HttpSettingsError>),
    /// The system's certificates, or the like, can't be used.
    #[error("the HTTP client can't be started: {0}")]
    Client(String),
}
