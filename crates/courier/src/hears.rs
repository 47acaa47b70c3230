//! Who is told of the texts that people write to our lines. What such a text asks for is not the courier's business, since it knows no
//! letter.

use pishkhan_store::Result;

use crate::gateways::{IncomingText, Work};
use crate::routes::Route;

/// Whoever is told of texts that come in over links that stay open.
pub trait Hears: Send + Sync {
    /// Takes a text that came by this route. An error means that nothing was done; after an outage of the database it is told again.
    fn hear<'a>(&'a self, route: &'a Route, text: &'a IncomingText) -> Work<'a, Result<()>>;
}
