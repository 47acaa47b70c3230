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

    /// The id as it was taken, whatever base the receipt writes it to; None when nobody remembers.
    pub(super) fn as_taken(&self, id: &GatewayId) -> Option<GatewayId> {
        receipt::forms(id).into_iter().find(|form| self.known.contains(form))
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
        assert_eq!(taken.as_taken(&id("2561")), Some(id("a01")));
        assert_eq!(taken.as_taken(&id("a01")), Some(id("a01")));
        assert_eq!(taken.as_taken(&id("77")), None);
        for number in 0..REMEMBERED {
            taken.remember(&id(&format!("x{number}")));
        }
        assert_eq!(taken.as_taken(&id("2561")), None);
    }
}
