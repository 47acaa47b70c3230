//! The numbers by which the accept loop works: how many connections, how long for what, how slow is too slow.

use std::sync::Arc;
use std::time::Duration;

use super::tls::Tls;
use crate::app::Proxies;

/// How many connections there may be, and how patient we are with each. The defaults are those of a server in use; tests shorten
/// them.
#[derive(Clone, Debug)]
pub struct ServeRules {
    /// The most connections at once.
    pub connections: usize,
    /// The most connections at once from one address; an IPv6 network of 64 bits counts as one address.
    pub connections_per_address: usize,
    /// Whose connections are not counted by address, since many people stand behind each of them.
    pub proxies: Proxies,
    /// How long agreeing on TLS may take.
    pub handshake: Duration,
    /// How long a request's head may take from its first byte, and the first one from the connection's beginning.
    pub head: Duration,
    /// How long a connection may stay open without a request.
    pub idle: Duration,
    /// How slow a line may be, in either direction.
    pub patience: Patience,
    /// How many requests one connection may bring before it has to be opened anew.
    pub requests: usize,
    /// How long a stopping server waits for requests under way.
    pub farewell: Duration,
    /// The certificate; without one, plain text is spoken.
    pub tls: Option<Arc<Tls>>,
}

/// How slow a line may be: so much may be waited for at a stretch, and what moves earns time for further waiting.
#[derive(Clone, Copy, Debug)]
pub struct Patience {
    /// The longest pause, and the most time that can be earned.
    pub pause: Duration,
    /// Who moves so many bytes in a second of waiting may go on for ever.
    pub bytes_per_second: u32,
}

impl Default for ServeRules {
    fn default() -> ServeRules {
        ServeRules {
            connections: 2_000,
            connections_per_address: 100,
            proxies: Proxies::default(),
            handshake: Duration::from_secs(10),
            head: Duration::from_secs(10),
            idle: Duration::from_secs(30),
            patience: Patience { pause: Duration::from_secs(20), bytes_per_second: 500 },
            requests: 1_000,
            farewell: Duration::from_secs(20),
            tls: None,
        }
    }
}
