//! The office's ear for texts that the courier takes over links that stay open.

use pishkhan_courier::Hears;
use pishkhan_courier::gateways::{IncomingText, Work};
use pishkhan_courier::routes::Route;
use pishkhan_store::{Clock, Db, Result, Secret};

use super::take;
use crate::rules::Rules;

/// Whoever takes the texts that the courier is told.
pub struct Listener {
    pub db: Db,
    pub clock: Clock,
    pub secret: Secret,
    pub rules: Rules,
}

impl Hears for Listener {
    fn hear<'a>(&'a self, route: &'a Route, text: &'a IncomingText) -> Work<'a, Result<()>> {
        Box::pin(take(&self.db, self.clock.now(), &self.secret, &self.rules, route, text))
    }
}
