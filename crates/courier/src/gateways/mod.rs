//! Those who carry a message out of the building. Each sends once; when and how often is the round's business.

mod answer;
mod console;
mod http;
mod spool;
mod template;

use std::time::Duration;

use pishkhan_store::Moment;

pub use console::Console;
pub use http::{Http, HttpSettings, HttpSettingsError};
pub use spool::Spool;

use crate::Claimed;

/// The way out.
pub enum Gateway {
    /// Shown in the terminal.
    Console(Console),
    /// Written to a file, one JSON line each, for a program that carries it on.
    Spool(Spool),
    /// Given to a web service.
    Http(Box<Http>),
}

/// The gateway has the message.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Accepted {
    /// The id that the gateway knows it by, if it told one.
    pub gateway_id: Option<String>,
}

/// Why a message didn't go out, in words for the log: they never hold a key, a number or a text.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SendError {
    /// It never will: the gateway doesn't want this message.
    #[error("refused: {0}")]
    Refused(String),
    /// It may go out another time.
    #[error("failed: {0}")]
    Failed(String),
}

impl Gateway {
    /// Sends a message once.
    pub async fn send(&self, message: &Claimed) -> Result<Accepted, SendError> {
        match self {
            Gateway::Console(console) => console.send(message),
            Gateway::Spool(spool) => spool.send(message).await,
            Gateway::Http(http) => http.send(message).await,
        }
    }

    /// The longest that a send may take.
    pub fn time_limit(&self) -> Duration {
        match self {
            Gateway::Console(_) | Gateway::Spool(_) => Duration::from_secs(10),
            Gateway::Http(http) => http.time_limit(),
        }
    }
}

/// A moment as `2025-03-21T08:30:00Z`.
fn rfc3339(moment: Moment) -> String {
    let clamped = moment.0.clamp(jiff::Timestamp::MIN.as_millisecond(), jiff::Timestamp::MAX.as_millisecond());
    jiff::Timestamp::from_millisecond(clamped).expect("it was clamped to what a timestamp can be").to_string()
}

#[cfg(test)]
pub(crate) fn sample(text: &str) -> Claimed {
    Claimed {
        organisation: pishkhan_store::OrganisationId("shahrdari".into()),
        id: crate::MessageId("0f".into()),
        to: "+989121234567".into(),
        template: "sign_in_code".into(),
        text: text.into(),
        posted_at: Moment(1_742_545_800_000),
        expires_at: None,
        tries: 1,
        at: Moment(1_742_545_800_000),
        until: Moment(1_742_545_860_000),
    }
}
