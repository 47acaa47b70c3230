//! What every handler may use.

use std::net::IpAddr;
use std::sync::Arc;

use pishkhan_office::courier::Network;
use pishkhan_office::courier::gateways::Key;
use pishkhan_office::courier::routes::Lines;
use pishkhan_office::files::Vault;
use pishkhan_office::paper::Press;
use pishkhan_office::previews::Workshop;
use pishkhan_office::rules::Rules;
use pishkhan_office::{Clock, Db, Secret};

use crate::desk::events::Seats;

/// The application. Cloning is cheap.
#[derive(Clone)]
pub struct App(Arc<Whole>);

struct Whole {
    parts: Parts,
    seats: Seats,
}

/// The parts that the binary, or a test, puts together.
pub struct Parts {
    pub db: Db,
    pub clock: Clock,
    pub vault: Vault,
    /// Where photos are bound; None when previews are switched off.
    pub workshop: Option<Workshop>,
    /// Where sheets are printed.
    pub press: Press,
    pub secret: Secret,
    pub rules: Rules,
    /// The links to message centres that this process holds open, by which routes are tried out.
    pub lines: Lines,
    pub proxies: Proxies,
    /// What a program must know that reads the numbers at `/metrics`; empty when nobody does.
    pub metrics_key: Key,
    /// Whether this is the demo, which shows its messages at `/demo/messages`.
    pub is_demo: bool,
}

/// The proxies whose forwarded headers are believed.
#[derive(Clone, Debug, Default)]
pub struct Proxies(pub Vec<Network>);

impl Proxies {
    /// Whether the address lies in one of the networks.
    pub fn contains(&self, address: IpAddr) -> bool {
        self.0.iter().any(|network| network.contains(address))
    }
}

impl App {
    pub fn new(parts: Parts) -> App {
        App(Arc::new(Whole { parts, seats: Seats::default() }))
    }

    /// The seats of those who watch the desk live, on this node.
    pub fn seats(&self) -> &Seats {
        &self.0.seats
    }
}

impl std::ops::Deref for App {
    type Target = Parts;

    fn deref(&self) -> &Parts {
        &self.0.parts
    }
}
