//! The settings by which the provider of the settings is asked what became of a message.

use std::collections::BTreeMap;

use pishkhan_courier::gateways::{Delivery, HttpRequest, HttpStatus};
use serde::Deserialize;

use super::Secret;
use super::sections::{ContentType, Method};

/// The question. As in the request that sends, address, headers and body are never shown.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Question {
    /// Empty: it isn't asked.
    pub url: Secret,
    pub method: Method,
    pub headers: BTreeMap<String, Secret>,
    pub body: Secret,
    pub content_type: ContentType,
    pub success: String,
    pub state: String,
    /// Words of ours, which are checked with the other settings.
    pub states: BTreeMap<String, String>,
    pub within_hours: u32,
}

impl Question {
    /// As the gateway takes it; None when the provider isn't asked.
    pub fn asked(&self) -> Option<HttpStatus> {
        let headers = self.headers.iter().map(|(name, value)| (name.clone(), value.reveal().to_owned()));
        let state = |(theirs, ours): (&String, &String)| Some((theirs.clone(), Delivery::parse(ours)?));
        (!self.url.is_empty()).then(|| HttpStatus {
            request: HttpRequest {
                url: self.url.reveal().to_owned(),
                method: self.method.as_str().to_owned(),
                headers: headers.collect(),
                body: self.body.reveal().to_owned(),
                content_type: self.content_type.as_str().to_owned(),
            },
            success: (!self.success.is_empty()).then(|| self.success.clone()),
            state: self.state.clone(),
            states: self.states.iter().filter_map(state).collect(),
            within_hours: self.within_hours,
        })
    }

    /// The first of the words for states that isn't one of ours.
    pub(super) fn strange_word(&self) -> Option<&str> {
        self.states.values().map(String::as_str).find(|ours| Delivery::parse(ours).is_none())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::settings::Settings;

    fn load(flags: &[&str]) -> Result<Settings, String> {
        let flags: Vec<String> = flags.iter().map(ToString::to_string).collect();
        Settings::load(None, std::iter::empty(), &flags).map_err(|error| error.to_string())
    }

    const URL: &str = "messages.http.status.url=https://sms.example/geheim/{message_id}";
    const ID: &str = "messages.http.message_id=/id";
    const STATES: &str = r#"messages.http.status.states={ "1" = "sent", "DELIVRD" = "delivered", "14" = "blocked" }"#;

    #[test]
    fn nobody_is_asked_unless_it_is_said_where() {
        let settings = load(&[]).expect("the defaults load");
        assert!(settings.messages.http.status.asked().is_none());
    }

    #[test]
    fn the_question_is_as_the_gateway_takes_it() {
        let flags = [URL, ID, STATES, "messages.http.status.state=/state", "messages.http.status.headers.x-key=geheim"];
        let settings = load(&flags).expect("loads");
        assert!(!format!("{settings:?}").contains("geheim"));
        let asked = settings.messages.http.status.asked().expect("it is said where");
        assert_eq!(asked.request.url, "https://sms.example/geheim/{message_id}");
        assert_eq!((asked.request.method.as_str(), asked.request.content_type.as_str()), ("GET", "application/json"));
        assert_eq!(asked.request.headers["x-key"], "geheim");
        assert_eq!((asked.success, asked.state.as_str(), asked.within_hours), (None, "/state", 48));
        assert_eq!(asked.states["DELIVRD"], Delivery::Delivered);
        assert_eq!(asked.states.len(), 3);
    }

    #[test]
    fn what_is_wrong_is_one_line() {
        let table: [(&[&str], &str); 6] = [
            (
                &[URL, STATES],
                "messages.http.message_id (the default): must be set, since messages.http.status.url asks for messages by it",
            ),
            (
                &[URL, ID],
                "messages.http.status.states (the default): must say what the provider's words mean, since messages.http.status.url is set",
            ),
            (
                &[URL, ID, r#"messages.http.status.states={ "1" = "arrived" }"#],
                "messages.http.status.states (--set): \"arrived\" is not one of: queued, sent, delivered, undelivered, failed, blocked, unknown",
            ),
            (
                &["messages.http.status.url=sms.example"],
                "messages.http.status.url (--set): must begin with https:// or http://",
            ),
            (
                &[URL, ID, STATES, "messages.http.status.success=ok"],
                "messages.http.status.success (--set): \"ok\" is not a JSON pointer and a value such as /return/status=200",
            ),
            (
                &[URL, ID, STATES, "messages.http.status.state=state"],
                "messages.http.status.state (--set): \"state\" is not a JSON pointer such as /entries/0/status",
            ),
        ];
        for (flags, said) in table {
            assert_eq!(load(flags).expect_err("these settings are wrong"), said);
        }
    }
}
