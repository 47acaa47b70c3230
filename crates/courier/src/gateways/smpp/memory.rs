//! What outlives a session with a message centre: the ids that were handed out, and the texts that lack parts.

use tokio::time::Instant;

use super::taken::Taken;
use super::written::Written;
use super::{deliver, receipt};
use crate::gateways::Arrival;

/// What is remembered from one session to the next.
#[derive(Default)]
pub(super) struct Memory {
    pub(super) taken: Taken,
    written: Written,
}

impl Memory {
    /// What the body of a `deliver_sm` says; None as long as a text lacks parts, and when it can't be read. `blocked` are the centre's codes for
    /// a message that is blocked.
    pub(super) fn arrival(&mut self, body: &[u8], blocked: &[String]) -> Option<Arrival> {
        let read = deliver::parse(body);
        if let Some(deliver) = read.as_ref().filter(|deliver| !deliver.is_receipt()) {
            return self.written.take(deliver, Instant::now()).map(Arrival::Text);
        }
        let Some((id, delivery)) = read.as_ref().and_then(|it| receipt::receipt(it, blocked)) else {
            tracing::warn!(gateway = "smpp", "what the message centre delivered can't be read");
            return None;
        };
        Some(Arrival::Receipt { id: self.taken.as_taken(id), delivery })
    }
}
