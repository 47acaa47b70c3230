//! Why a message didn't go out, told apart by what can be done about it.

use std::error::Error;
use std::io;
use std::time::Duration;

/// Why a message didn't go out, in words for the log: they never hold an address, a key, a number or a text.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SendError {
    /// It never will: the gateway doesn't want this message, for its number or its text.
    #[error("refused: {0}")]
    Refused(String),
    /// It never will on this line: its recipient takes no such messages.
    #[error("blocked: {0}")]
    Blocked(String),
    /// The account is empty. Somebody must be told.
    #[error("no credit: {0}")]
    NoCredit(String),
    /// The key, the address or the line is wrong. Somebody must be told.
    #[error("badly set up: {0}")]
    Setup(String),
    /// The template that the route has for this kind of message is wrong, or not approved. Somebody must be told; what else the route carries
    /// goes on.
    #[error("bad template: {0}")]
    Template(String),
    /// The gateway wants less at once; `after` is when, if it said so.
    #[error("busy: {why}")]
    Busy {
        /// In words for the log.
        why: String,
        /// How long to wait at least.
        after: Option<Duration>,
    },
    /// It didn't go out, and may another time.
    #[error("failed: {0}")]
    Failed(String),
    /// Nobody knows: it was handed over and no answer came. The gateway may have it.
    #[error("unsure: {0}")]
    Unsure(String),
}

impl SendError {
    /// A gateway that wants less at once, and doesn't say when.
    pub(super) fn busy(why: impl Into<String>) -> SendError {
        SendError::Busy { why: why.into(), after: None }
    }

    /// Whether trying it again the same way is of no use.
    pub fn is_final(&self) -> bool {
        matches!(self, SendError::Refused(_) | SendError::Blocked(_))
    }

    /// Whether nothing, or nothing of this kind, will go out before somebody has mended something.
    pub fn is_alarm(&self) -> bool {
        matches!(self, SendError::NoCredit(_) | SendError::Setup(_) | SendError::Template(_))
    }

    /// How long the gateway asked to be left alone, if it did.
    pub fn pause(&self) -> Option<Duration> {
        match self {
            SendError::Busy { after, .. } => *after,
            _ => None,
        }
    }
}

/// What to say of a code that a gateway answered.
pub(super) fn answered(code: impl std::fmt::Display) -> String {
    format!("the gateway answered {code}")
}

/// What an HTTP status means where the answer's body said nothing better.
pub(super) fn by_status(status: u16, after: Option<Duration>) -> SendError {
    let why = answered(status);
    match status {
        // Malformed, too long, not acceptable: this very message will never be right.
        400 | 413 | 422 => SendError::Refused(why),
        402 => SendError::NoCredit(why),
        401 | 403 | 404 | 405 | 407 | 410 | 301..=308 => SendError::Setup(why),
        425 | 429 | 503 => SendError::Busy { why, after },
        // A proxy lost the answer on its way; the request may have arrived. 520 and 524 are a content network's words for it.
        502 | 504 | 520 | 524 => SendError::Unsure(why),
        // 500 among them: the provider itself says that it did not do it. Were that unsure, an outage would put every notice aside.
        _ => SendError::Failed(why),
    }
}

/// Whether it was the certificate, or another thing of TLS, that broke a line off; it is often told as an error of the line.
pub(super) fn is_of_tls(error: &(dyn Error + 'static)) -> bool {
    let mut cause = Some(error);
    while let Some(error) = cause {
        let inner = error.downcast_ref::<io::Error>().and_then(io::Error::get_ref);
        let inner = inner.and_then(|inner| inner.downcast_ref::<rustls::Error>());
        if inner.is_some() || error.is::<rustls::Error>() {
            return true;
        }
        cause = error.source();
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_status_about_the_message_itself_is_final() {
        for status in 100..600 {
            assert_eq!(by_status(status, None).is_final(), [400, 413, 422].contains(&status), "{status}");
        }
    }

    #[test]
    fn only_a_proxy_that_lost_the_answer_leaves_it_open() {
        let is_unsure = |status: &u16| matches!(by_status(*status, None), SendError::Unsure(_));
        assert_eq!((100..600).filter(is_unsure).collect::<Vec<u16>>(), [502, 504, 520, 524]);
        // Of these the network in between says itself that the provider was never reached; the others are the provider's own word.
        for status in [500, 501, 521, 522, 523, 525, 526] {
            assert!(matches!(by_status(status, None), SendError::Failed(_)), "{status}");
        }
    }

    #[test]
    fn what_somebody_must_mend_is_an_alarm() {
        let alarms: Vec<u16> = (100..600).filter(|status| by_status(*status, None).is_alarm()).collect();
        assert_eq!(alarms, [301, 302, 303, 304, 305, 306, 307, 308, 401, 402, 403, 404, 405, 407, 410]);
        let pause = Some(Duration::from_secs(3));
        assert_eq!(by_status(429, pause).pause(), pause);
    }
}
