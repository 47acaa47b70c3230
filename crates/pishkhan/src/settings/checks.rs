//! What types, bounds and choices can't say: the form of single texts, and settings that need one another.

use std::net::SocketAddr;

use toml::{Table, Value};

use super::{Gateway, Http, Network, Settings};

/// Anybody may guess at the key of the numbers, as often as they like.
const SHORTEST_KEY: usize = 16;

/// The setting and what is wrong with it.
type Fault = (&'static str, String);

/// Texts with a form of their own, before they become types.
pub fn each_alone(values: &Table) -> Result<(), Fault> {
    let text = |section: &str, name: &str| {
        values.get(section).and_then(|table| table.get(name)).and_then(Value::as_str).unwrap_or_default()
    };

    let listen = text("server", "listen");
    if listen.parse::<SocketAddr>().is_err() {
        return Err(("server.listen", format!("\"{listen}\" is not an address with a port such as 127.0.0.1:8080")));
    }
    if text("server", "data").is_empty() {
        return Err(("server.data", "must name a folder".to_owned()));
    }
    let proxies = values.get("server").and_then(|table| table.get("trusted_proxies")).and_then(Value::as_array);
    for proxy in proxies.into_iter().flatten().filter_map(Value::as_str) {
        proxy.parse::<Network>().map_err(|why| ("server.trusted_proxies", format!("\"{proxy}\" {why}")))?;
    }
    Ok(())
}

/// Settings that need one another. Texts that may hold a key or a password aren't repeated.
pub fn together(settings: &Settings) -> Result<(), Fault> {
    if let Some(missing) = settings.server.missing_for_tls() {
        return Err((missing, "must be set, since HTTPS needs both certificate_file and key_file".to_owned()));
    }

    let key = settings.server.metrics_key.reveal();
    if !(key.is_empty() || key.len() >= SHORTEST_KEY && key.bytes().all(|sign| sign.is_ascii_graphic())) {
        return Err((
            "server.metrics_key",
            format!("must be empty, or {SHORTEST_KEY} signs of ASCII or more, without spaces"),
        ));
    }

    let database = settings.database.url.reveal();
    if !(database.is_empty() || begins_with_any(database, &["postgres://", "postgresql://"])) {
        return Err(("database.url", "must be empty or begin with postgres://".to_owned()));
    }

    let http = &settings.messages.http;
    if settings.messages.gateway == Gateway::Http && http.url.is_empty() {
        return Err(("messages.http.url", "must be set, since messages.gateway is \"http\"".to_owned()));
    }
    if !(http.url.is_empty() || begins_with_any(http.url.reveal(), &["https://", "http://"])) {
        return Err(("messages.http.url", "must begin with https:// or http://".to_owned()));
    }
    if !(http.message_id.is_empty() || http.message_id.starts_with('/')) {
        return Err((
            "messages.http.message_id",
            format!("\"{}\" is not a JSON pointer such as /entries/0/messageid", http.message_id),
        ));
    }
    if !(http.success.is_empty() || http.success.starts_with('/') && http.success.contains('=')) {
        return Err((
            "messages.http.success",
            format!("\"{}\" is not a JSON pointer and a value such as /return/status=200", http.success),
        ));
    }
    question(http)
}

/// How that provider is asked what became of a message.
fn question(http: &Http) -> Result<(), Fault> {
    let status = &http.status;
    if !(status.url.is_empty() || begins_with_any(status.url.reveal(), &["https://", "http://"])) {
        return Err(("messages.http.status.url", "must begin with https:// or http://".to_owned()));
    }
    if let Some(word) = status.strange_word() {
        let ours = "queued, sent, delivered, undelivered, failed, blocked, unknown";
        return Err(("messages.http.status.states", format!("\"{word}\" is not one of: {ours}")));
    }
    if !(status.state.is_empty() || status.state.starts_with('/')) {
        let why = format!("\"{}\" is not a JSON pointer such as /entries/0/status", status.state);
        return Err(("messages.http.status.state", why));
    }
    if !(status.success.is_empty() || status.success.starts_with('/') && status.success.contains('=')) {
        let why = format!("\"{}\" is not a JSON pointer and a value such as /return/status=200", status.success);
        return Err(("messages.http.status.success", why));
    }
    if !status.url.is_empty() && http.message_id.is_empty() {
        let why = "must be set, since messages.http.status.url asks for messages by it";
        return Err(("messages.http.message_id", why.to_owned()));
    }
    if !status.url.is_empty() && status.states.is_empty() {
        let why = "must say what the provider's words mean, since messages.http.status.url is set";
        return Err(("messages.http.status.states", why.to_owned()));
    }
    Ok(())
}

fn begins_with_any(text: &str, beginnings: &[&str]) -> bool {
    beginnings.iter().any(|beginning| text.starts_with(beginning))
}
