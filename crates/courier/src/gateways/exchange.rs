//! Asking a web service: with a limit of time and size, without redirects, and without telling anybody what was asked.

use std::error::Error;
use std::time::Duration;

use reqwest::header::RETRY_AFTER;
use reqwest::{Client, Method, RequestBuilder, Response, Url, redirect};
use serde_json::Value;

use super::failure::{by_status, is_of_tls};
use super::settings::waited;
use super::words::Words;
use super::{Delivery, GatewayId, SendError, SettingsError};

/// How much of an answer is read.
const ANSWER_LIMIT: usize = 64 * 1024;
/// With which some services begin what they answer, and no JSON begins.
const MARK_OF_UTF_8: &[u8] = b"\xef\xbb\xbf";
/// The longest pause that a service may ask for.
const PAUSE_LIMIT: u64 = 3_600;

/// A provider's web service, under its base address.
pub(super) struct Exchange {
    client: Client,
    base: Url,
    timeout: Duration,
    words: Words,
}

/// What a service answered.
pub(super) struct Answer {
    /// The HTTP status.
    pub(super) status: u16,
    /// The body; null when it isn't JSON.
    pub(super) json: Value,
    /// How long it asked to be left alone.
    pub(super) pause: Option<Duration>,
}

impl Exchange {
    /// Checks the address and makes ready; nothing is sent.
    pub(super) fn open(base: &str, timeout_seconds: u32) -> Result<Exchange, SettingsError> {
        let base: Url = base.parse().map_err(|_| SettingsError::Base)?;
        if !matches!(base.scheme(), "http" | "https") || base.host().is_none() || timeout_seconds == 0 {
            return Err(SettingsError::Base);
        }
        let timeout = waited(timeout_seconds);
        Ok(Exchange { client: client(timeout).map_err(SettingsError::Client)?, base, timeout, words: Words::default() })
    }

    /// The longest that an exchange may take.
    pub(super) fn timeout(&self) -> Duration {
        self.timeout
    }

    /// What the service answered since this was asked last.
    pub(super) fn take_words(&self) -> String {
        self.words.take()
    }

    /// A request to a path under the base address; its pieces and the query's are escaped.
    pub(super) fn ask(&self, method: Method, path: &[&str], query: &[(&str, &str)]) -> RequestBuilder {
        let mut url = self.base.clone();
        if let Ok(mut pieces) = url.path_segments_mut() {
            pieces.pop_if_empty().extend(path);
        }
        if !query.is_empty() {
            url.query_pairs_mut().extend_pairs(query);
        }
        self.client.request(method, url)
    }

    /// Sends a request and reads the answer, whatever its status.
    pub(super) async fn tell(&self, request: RequestBuilder) -> Result<Answer, SendError> {
        let response = request.send().await.map_err(|error| failure(&error))?;
        let status = response.status().as_u16();
        let pause = pause(&response);
        let body = read(response).await;
        self.words.keep(&body);
        Ok(Answer { status, json: serde_json::from_slice(&body).unwrap_or_default(), pause })
    }
}

impl Answer {
    /// Whether the status is a good one.
    pub(super) fn is_good(&self) -> bool {
        (200..300).contains(&self.status)
    }

    /// The text, number or truth at a JSON pointer, as a text.
    pub(super) fn text(&self, pointer: &str) -> Option<String> {
        self.json.pointer(pointer).and_then(scalar)
    }

    /// The whole number at a JSON pointer, also when it is written as a text.
    pub(super) fn number(&self, pointer: &str) -> Option<i64> {
        self.json.pointer(pointer).and_then(whole)
    }

    /// The amount at a JSON pointer.
    pub(super) fn amount(&self, pointer: &str) -> Option<f64> {
        self.text(pointer)?.parse().ok()
    }

    /// The list at a JSON pointer.
    pub(super) fn list(&self, pointer: &str) -> &[Value] {
        self.json.pointer(pointer).and_then(Value::as_array).map_or(&[], Vec::as_slice)
    }

    /// What is wrong by the HTTP status alone. A good status with an answer that says nothing means that nobody knows.
    pub(super) fn unexplained(&self) -> SendError {
        if self.is_good() {
            SendError::Unsure("the gateway's answer can't be read".into())
        } else {
            by_status(self.status, self.pause)
        }
    }
}

/// Asks for one message after the other, of a service that takes no list. What it says nothing of is left out, and so is everything from
/// the first id on that can't be asked for now; an error is told when it is the very first.
pub(super) async fn one_by_one<'a, Asking>(
    ids: &'a [GatewayId],
    ask: impl Fn(&'a GatewayId) -> Asking,
) -> Result<Vec<(GatewayId, Delivery)>, SendError>
where
    Asking: Future<Output = Result<Option<Delivery>, SendError>>,
{
    let mut known = Vec::new();
    for id in ids {
        match ask(id).await {
            Ok(delivery) => known.extend(delivery.map(|delivery| (id.clone(), delivery))),
            Err(error) if known.is_empty() => return Err(error),
            Err(_) => break,
        }
    }
    Ok(known)
}

/// A text, a number or a truth, as a text.
pub(super) fn scalar(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(is_so) => Some(is_so.to_string()),
        Value::Null | Value::Array(_) | Value::Object(_) => None,
    }
}

/// A whole number, also when it is written as a text.
pub(super) fn whole(value: &Value) -> Option<i64> {
    value.as_i64().or_else(|| value.as_str()?.trim().parse().ok())
}

/// A client that stays with whom it was told to ask.
pub(super) fn client(timeout: Duration) -> Result<Client, String> {
    // One for the process; an error says that somebody else, the database's TLS say, has installed one before.
    let _ = rustls::crypto::ring::default_provider().install_default();
    Client::builder()
        .timeout(timeout)
        .connect_timeout(timeout)
        // A redirect would carry keys and numbers to a place that nobody has set.
        .redirect(redirect::Policy::none())
        .user_agent(concat!("pishkhan/", env!("CARGO_PKG_VERSION")))
        .build()
        .map_err(|error| why(&error))
}

/// How long a service asks to be left alone.
pub(super) fn pause(response: &Response) -> Option<Duration> {
    let seconds: u64 = response.headers().get(RETRY_AFTER)?.to_str().ok()?.trim().parse().ok()?;
    Some(Duration::from_secs(seconds.min(PAUSE_LIMIT)))
}

/// The beginning of an answer, as all web services' are read. One that breaks off counts as far as it came: the gateway has the message by
/// then.
pub(super) async fn read(mut response: Response) -> Vec<u8> {
    let mut body = Vec::new();
    while let Ok(Some(chunk)) = response.chunk().await {
        body.extend_from_slice(&chunk);
        if body.len() > ANSWER_LIMIT {
            break;
        }
    }
    without_mark(&body).to_vec()
}

/// A text without the mark of its encoding.
pub(super) fn without_mark(body: &[u8]) -> &[u8] {
    body.strip_prefix(MARK_OF_UTF_8).unwrap_or(body)
}

/// What a failed exchange means: before there was a connection nothing went out, after it nobody knows.
pub(super) fn failure(error: &reqwest::Error) -> SendError {
    if error.is_connect() && is_of_tls(error) {
        SendError::Setup(why(error))
    } else if error.is_connect() {
        SendError::Failed(why(error))
    } else if error.is_builder() || error.is_request() && deepest(error).is::<reqwest::Error>() {
        SendError::Setup("the request can't be built from the settings".into())
    } else {
        SendError::Unsure(why(error))
    }
}

/// What went wrong, without the URL: some gateways want their key in it.
fn why(error: &reqwest::Error) -> String {
    if error.is_timeout() && !error.is_connect() {
        return "the gateway didn't answer in time".into();
    }
    let kind =
        if error.is_connect() { "the gateway can't be reached" } else { "the exchange with the gateway broke off" };
    let deepest = deepest(error);
    // The outermost words of the client name the URL; the innermost are those of the network or of TLS.
    if deepest.is::<reqwest::Error>() { kind.into() } else { format!("{kind}: {deepest}") }
}

fn deepest(error: &reqwest::Error) -> &(dyn Error + 'static) {
    let mut deepest: &(dyn Error + 'static) = error;
    while let Some(source) = deepest.source() {
        deepest = source;
    }
    deepest
}
