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
        let taken = self.taken.as_taken(&id);
        Some(Arrival::Receipt { is_as_taken: taken.is_some(), id: taken.unwrap_or(id), delivery })
    }
}

#[cfg(test)]
mod tests {
    use super::super::deliver::body;
    use super::*;
    use crate::gateways::{Delivery, GatewayId};

    #[test]
    fn an_id_that_was_handed_out_is_no_other_number() {
        let mut memory = Memory::default();
        memory.taken.remember(&GatewayId("10".into()));
        let mut told = |text: &str| memory.arrival(&body(0x04, 0, text.as_bytes(), &[]), &[]);
        let receipt = |id: &str, is_as_taken| {
            Some(Arrival::Receipt { id: GatewayId(id.into()), is_as_taken, delivery: Delivery::Delivered })
        };
        assert_eq!(told("id:0010 stat:DELIVRD"), receipt("10", true), "not the 16 that it would be to the other base");
        assert_eq!(told("id:16 stat:DELIVRD"), receipt("10", true), "the same number written to it");
        assert_eq!(told("id:17 stat:DELIVRD"), receipt("17", false), "perhaps one from before");
    }
}
