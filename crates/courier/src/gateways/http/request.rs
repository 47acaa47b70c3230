//! A request that is made from settings, for each message anew.

use std::collections::BTreeMap;

use reqwest::header::{CONTENT_TYPE, HeaderName, HeaderValue};
use reqwest::{Client, Method, RequestBuilder, Url};

use super::super::answer::AnswerRule;
use super::super::template::{Escape, Places, Template, Values};
use super::settings::{HttpRequest, HttpSettingsError};

/// A value as it may come: with signs that mean something in JSON, and a line's end.
pub(super) const ODD: &str = "«\"\n\"»";

/// An id of ours as most are: without quotes it is no JSON.
pub(super) const ODD_ID: &str = "0f";

/// A request with places in it.
pub(super) struct Request {
    method: Method,
    url: Template,
    headers: Vec<(HeaderName, Template)>,
    body: Option<Template>,
    content_type: HeaderValue,
    escape: Escape,
}

impl Request {
    /// Checks what can be checked before there are values.
    pub(super) fn new(settings: &HttpRequest, places: Places) -> Result<Request, HttpSettingsError> {
        let escape = match media_type(&settings.content_type).as_str() {
            "application/json" => Escape::Json,
            "application/x-www-form-urlencoded" => Escape::Percent,
            _ => return Err(HttpSettingsError::ContentType),
        };
        let method = match settings.method.as_str() {
            "" if settings.body.is_empty() => "GET",
            "" => "POST",
            method => method,
        };
        let mut texts = settings.headers.values().chain([&settings.url, &settings.body]);
        if let Some(stranger) = texts.find_map(|text| places.stranger(text)) {
            return Err(HttpSettingsError::Place(stranger.to_owned()));
        }
        Ok(Request {
            method: method.parse().map_err(|_| HttpSettingsError::Method)?,
            url: Template::parse(&settings.url, places),
            headers: headers(&settings.headers, places)?,
            body: (!settings.body.is_empty()).then(|| Template::parse(&settings.body, places)),
            content_type: settings.content_type.parse().map_err(|_| HttpSettingsError::ContentType)?,
            escape,
        })
    }

    /// The names of the places in it.
    pub(super) fn places(&self) -> impl Iterator<Item = &str> {
        let headers = self.headers.iter().map(|(_, value)| value);
        self.body.iter().chain([&self.url]).chain(headers).flat_map(Template::places)
    }

    /// Whether it has this place.
    pub(super) fn has(&self, name: &str) -> bool {
        self.places().any(|place| place == name)
    }

    /// Whether all values at once stand in a body of JSON.
    pub(super) fn lists_in_json(&self) -> bool {
        let is_in_body = self.body.iter().flat_map(Template::places).any(|place| place == "values");
        is_in_body && matches!(self.escape, Escape::Json)
    }

    /// The request, ready to be sent.
    pub(super) fn fill(&self, client: &Client, values: &Values<'_>) -> RequestBuilder {
        let mut request = client.request(self.method.clone(), self.url.fill(values, Escape::Percent));
        for (name, value) in &self.headers {
            request = request.header(name, value.fill(values, Escape::Percent));
        }
        if let Some(body) = &self.body {
            request = request.header(CONTENT_TYPE, &self.content_type).body(body.fill(values, self.escape));
        }
        request
    }

    /// Fills all templates with made-up values, so that bad settings are told at start and not at the first message.
    pub(super) fn rehearse(&self, values: &Values<'_>) -> Result<(), HttpSettingsError> {
        let url: Url = self.url.fill(values, Escape::Percent).parse().map_err(|_| HttpSettingsError::Url)?;
        if !matches!(url.scheme(), "http" | "https") || url.host().is_none() {
            return Err(HttpSettingsError::Url);
        }
        for (name, value) in &self.headers {
            let value = HeaderValue::try_from(value.fill(values, Escape::Percent));
            value.map_err(|_| HttpSettingsError::Header(name.to_string()))?;
        }
        match (&self.body, self.escape) {
            (Some(body), Escape::Json) => serde_json::from_str::<serde_json::Value>(&body.fill(values, Escape::Json))
                .map(drop)
                .map_err(|_| HttpSettingsError::Body),
            (Some(_), Escape::Percent) | (None, Escape::Json | Escape::Percent) => Ok(()),
        }
    }
}

/// How an answer is read.
pub(super) fn answer_rule(success: Option<&str>, message_id: Option<&str>) -> Result<AnswerRule, HttpSettingsError> {
    Ok(AnswerRule {
        success: success.map(success_rule).transpose()?,
        message_id: message_id.map(|it| pointer("message_id", it)).transpose()?,
    })
}

/// A JSON pointer, as the setting of this name has it; the empty one points at the whole answer.
pub(super) fn pointer(setting: &'static str, pointer: &str) -> Result<String, HttpSettingsError> {
    if pointer.is_empty() || pointer.starts_with('/') {
        Ok(pointer.to_owned())
    } else {
        Err(HttpSettingsError::Pointer(setting))
    }
}

fn success_rule(rule: &str) -> Result<(String, String), HttpSettingsError> {
    let (at, value) = rule.split_once('=').ok_or(HttpSettingsError::Success)?;
    Ok((pointer("success", at.trim())?, value.trim().to_owned()))
}

fn headers(
    settings: &BTreeMap<String, String>,
    places: Places,
) -> Result<Vec<(HeaderName, Template)>, HttpSettingsError> {
    let parsed = settings.iter().map(|(name, value)| {
        let parsed = name.parse().map_err(|_| HttpSettingsError::Header(name.clone()))?;
        Ok((parsed, Template::parse(value, places)))
    });
    parsed.collect()
}

fn media_type(content_type: &str) -> String {
    content_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase()
}
