//! The links to message centres that a courier of this process holds open. A trial goes by the one of its route, since many centres allow one
//! session.

use std::sync::{Arc, Weak};

use super::{Board, Carrier, Route, RouteId};
use crate::gateways::{Gateway, Reports};

/// The links of a courier, as long as it is there; none by default.
#[derive(Clone, Default)]
pub struct Lines(Weak<Board>);

impl Lines {
    pub(crate) fn of(board: &Arc<Board>) -> Lines {
        Lines(Arc::downgrade(board))
    }

    /// The gateway of the settings; None where no courier works in this process.
    pub fn of_settings(&self) -> Option<Arc<dyn Gateway>> {
        let board = self.0.upgrade()?;
        board.way(&RouteId::settings()).map(|carrier| carrier.gateway)
    }

    /// The gateway of a route whose link is open. One that was opened for what was said of the route before is none.
    pub(super) fn of_route(&self, route: &Route) -> Option<Arc<dyn Gateway>> {
        let Carrier { route: opened, gateway } = self.0.upgrade()?.way(&route.id)?;
        let is_as_now = opened.is_some_and(|opened| opened.changed_at == route.changed_at);
        let stays_open = gateway.abilities().reports == Reports::Arriving;
        (is_as_now && stays_open).then_some(gateway)
    }
}
