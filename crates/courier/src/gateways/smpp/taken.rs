//! The ids that a session has handed out, so that a receipt which writes one to another base still finds its message.

use std::collections::{HashSet, VecDeque};

use super::receipt;
use crate::gateways::GatewayId;

/// How many ids are remembered.
const REMEMBERED: usize = 20_000;

/// The ids that were taken, in a form that receipts can be compared with.
#[derive(Default)]
pub(super) struct Taken {
    order: VecDeque<GatewayId>,
    known: HashSet<GatewayId>,
}

impl Taken {
    /// Remembers an id.
    pub(super) fn remember(&mut self, id: &GatewayId) {
        if self.known.insert(id.clone()) {
            self.order.push_back(id.clone());
        }
        if self.order.len() > REMEMBERED
            && let Some(oldest) = self.order.pop_front()
        {
            self.known.remove(&oldest);
        }
    }

    /// The id as it was taken, whatever base the receipt writes it to; as it is when nobody remembers.
    pub(super) fn as_taken(&self, id: GatewayId) -> GatewayId {
        receipt::forms(&id).into_iter().find(|form| self.known.contains(form)).unwrap_or(id)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_other_base_is_found_and_the_oldest_forgotten() {
        let id = |text: &str| GatewayId(text.into());
        let mut taken = Taken::default();
        taken.remember(&id("a01"));
        assert_eq!(taken.as_taken(id("2561")), id("a01"));
        assert_eq!(taken.as_taken(id("a01")), id("a01"));
        assert_eq!(taken.as_taken(id("77")), id("77"));
        for number in 0..REMEMBERED {
            taken.remember(&id(&format!("x{number}")));
        }
        assert_eq!(taken.as_taken(id("2561")), id("2561"));
    }
}
