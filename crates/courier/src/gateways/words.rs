//! A gateway's own words: what its web service answered last, for whoever tries a route out. Nobody else is shown them, since a service
//! may repeat numbers and texts in them.

use std::sync::{Mutex, PoisonError};

use serde_json::Value;

use super::Secrets;

/// So much of an answer helps somebody.
const LONGEST: usize = 300;
/// A run of so many letters and digits may be a key.
const KEY: usize = 20;

/// What was answered last.
#[derive(Default)]
pub(super) struct Words(Mutex<String>);

impl Words {
    /// Keeps an answer's body in place of the one before, with JSON's own signs read.
    pub(super) fn keep(&self, body: &[u8]) {
        let json: Option<Value> = serde_json::from_slice(body).ok();
        self.say(json.map_or_else(|| String::from_utf8_lossy(body).into_owned(), |json| json.to_string()));
    }

    /// Keeps these words in place of the ones before.
    pub(super) fn say(&self, words: String) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = words;
    }

    /// The last answer, whole and as it came; empty when there was none since this was asked last.
    pub(super) fn take(&self) -> String {
        std::mem::take(&mut *self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

/// An answer in one line, without the route's own secrets or anything else that may be a key, and not longer than somebody reads.
pub(crate) fn shown_words(answer: &str, secrets: &Secrets) -> String {
    // Before anything is cut: half a secret is known by nobody.
    let text = secrets.hidden(answer);
    let mut shown = String::new();
    for run in text.split_inclusive(|sign: char| !sign.is_ascii_alphanumeric()) {
        let own = run.trim_end_matches(|sign: char| !sign.is_ascii_alphanumeric());
        shown.push_str(if own.len() >= KEY { "…" } else { own });
        shown.extend(run[own.len()..].chars().map(|sign| if sign.is_control() { ' ' } else { sign }));
    }
    let shown = shown.trim();
    match shown.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", &shown[..end]),
        None => shown.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::super::{GatewaySettings, Key};
    use super::*;

    fn shown(answer: &str) -> String {
        let settings = r#"{"kind":"kavenegar","key":"s3cret/key"}"#;
        let settings: GatewaySettings = serde_json::from_str(settings).expect("settings");
        shown_words(answer, &Secrets::of(&settings, &Key::default()))
    }

    #[test]
    fn an_answer_is_one_line_that_people_read() {
        let words = Words::default();
        assert_eq!(words.take(), "");
        words.keep(
            "{\"return\": {\"status\": 418, \"message\": \"\\u0627\\u0639\\u062a\\u0628\\u0627\\u0631\"}}".as_bytes(),
        );
        assert_eq!(shown(&words.take()), "{\"return\":{\"message\":\"اعتبار\",\"status\":418}}");
        words.keep(b"<b>Bad\r\nGateway</b>");
        assert_eq!(shown(&words.take()), "<b>Bad  Gateway</b>");
        assert_eq!(words.take(), "");
    }

    #[test]
    fn nothing_that_may_be_a_key_is_in_it_and_it_ends() {
        assert_eq!(shown("no account of AbCdEfGhIjKlMnOpQrSt1234, sorry"), "no account of …, sorry");
        let long = shown(&"بسیار ".repeat(200));
        assert_eq!((long.chars().count(), long.ends_with('…')), (LONGEST + 1, true));
    }

    #[test]
    fn the_routes_own_key_is_hidden_however_short_and_also_where_the_answer_is_cut() {
        assert_eq!(shown("no account of s3cret%2Fkey"), "no account of …");
        let cut = shown(&format!("{}s3cret/key", "- ".repeat(LONGEST / 2 - 1)));
        assert!(cut.ends_with("- …") && !cut.contains("s3"), "{cut}");
    }
}
