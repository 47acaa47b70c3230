//! What a session is asked to send.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use rusmpp::pdus::SubmitSm;
use tokio::sync::oneshot;

use crate::gateways::{GatewayId, SendError};

/// A part on its way, and where its id or error goes.
pub(super) struct Order {
    pub(super) part: SubmitSm,
    pub(super) turn: Arc<Turn>,
    pub(super) answer: oneshot::Sender<Result<GatewayId, SendError>>,
}

/// Whose turn it is: whoever ordered may give up, or the session may send, but not both.
#[derive(Default)]
pub(super) struct Turn(AtomicBool);

impl Turn {
    /// Takes the turn; false when the other side has it.
    pub(super) fn take(&self) -> bool {
        !self.0.swap(true, Ordering::AcqRel)
    }
}
