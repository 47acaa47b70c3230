//! Who tries a route that takes nothing: one message of each urgency at a time, until one has come through. The others take another way, or
//! wait for that one. Each process knows of its own messages only.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use pishkhan_store::Moment;
use tokio::sync::{Mutex as Line, OwnedMutexGuard};

use super::{Carrier, Route, RouteId, Why};
use crate::gateways::Urgency;

/// Which routes are being tried.
#[derive(Default)]
pub(crate) struct Probes(Mutex<Known>);

#[derive(Default)]
struct Known {
    lines: BTreeMap<(RouteId, Urgency), Arc<Line<()>>>,
    /// Routes by which a message came through since they stood back until then; the table may not be read again yet.
    proven: BTreeMap<RouteId, Moment>,
}

/// Leave to send by a way. As long as it is kept, no other message of that urgency tries it.
pub(crate) struct Turn {
    _held: Option<OwnedMutexGuard<()>>,
}

impl Probes {
    /// Leave to send by this way; None while another message tries it.
    pub fn take(&self, carrier: &Carrier, urgency: Urgency) -> Option<Turn> {
        let Some(line) = self.line(carrier, urgency) else { return Some(Turn { _held: None }) };
        let held = line.try_lock_owned().ok()?;
        Some(Turn { _held: Some(held) })
    }

    /// Waits for the message that tries this way, at most so long. None when it didn't come through either.
    pub async fn wait(&self, carrier: &Carrier, urgency: Urgency, at_most: Duration) -> Option<Turn> {
        if let Some(line) = self.line(carrier, urgency) {
            // Whoever waited lets the next one look at once.
            drop(tokio::time::timeout(at_most, line.lock_owned()).await);
        }
        self.line(carrier, urgency).is_none().then_some(Turn { _held: None })
    }

    /// Its gateway answered as one that is well, be it with a refusal of this one message.
    pub fn came_through(&self, carrier: &Carrier) {
        let Some(route) = &carrier.route else { return };
        if let Some((id, until)) = failing(route) {
            self.known().proven.insert(id.clone(), until);
        }
    }

    /// It takes nothing again.
    pub fn failed(&self, carrier: &Carrier) {
        if let Some(route) = &carrier.route {
            self.known().proven.remove(&route.id);
        }
    }

    /// The line before a way that is to be tried; None where all may go.
    fn line(&self, carrier: &Carrier, urgency: Urgency) -> Option<Arc<Line<()>>> {
        let (id, until) = failing(carrier.route.as_ref()?)?;
        let mut known = self.known();
        if known.proven.get(id).is_some_and(|proven| *proven >= until) {
            return None;
        }
        Some(Arc::clone(known.lines.entry((id.clone(), urgency)).or_default()))
    }

    fn known(&self) -> MutexGuard<'_, Known> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Until when a route stands, or stood, back that took nothing. A message that comes through ends that in the table.
fn failing(route: &Route) -> Option<(&RouteId, Moment)> {
    let (until, _) = route.demoted.filter(|(_, why)| *why == Why::Failing)?;
    Some((&route.id, until))
}
