//! Trying a route out: each step, how long it took, and what the gateway said, in our words and in its own.

use std::sync::Arc;
use std::time::Duration;

use pishkhan_store::Clock;

use super::{DefinitionError, Lines, Route};
use crate::gateways::{Credit, Delivery, Gateway, GatewayId, Kind, Outgoing};

/// How long is waited before it is asked what became of the message.
const PATIENCE: Duration = Duration::from_secs(3);

/// One step of a trial.
#[derive(Clone, Debug, PartialEq)]
pub struct Step {
    /// What was done.
    pub what: Did,
    /// How long it took.
    pub took: Duration,
    /// What came of it, or what was said against it.
    pub outcome: Result<Told, String>,
    /// The gateway's own answer; empty when there was none.
    pub words: String,
}

/// What was done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Did {
    /// The account's credit was asked for.
    Credit,
    /// A message was handed over.
    Send,
    /// It was asked what became of it.
    Ask,
}

/// What a gateway said.
#[derive(Clone, Debug, PartialEq)]
pub enum Told {
    /// It doesn't say such things.
    Nothing,
    /// What the account holds.
    Credit(Credit),
    /// That it has the message, under this id.
    Taken(String),
    /// How far it came.
    Delivery(Delivery),
}

/// Tries a route out with a message, which really goes out, by the link that is open or else by one of its own. Nothing is written down of it.
pub async fn try_out(
    lines: &Lines,
    route: &Route,
    kinds: &[Kind],
    clock: &Clock,
    message: &Outgoing,
) -> Result<Vec<Step>, DefinitionError> {
    let gateway = match lines.of_route(route) {
        Some(gateway) => gateway,
        None => Arc::from(route.definition.open(kinds)?),
    };
    let mut steps = Vec::new();
    let began = clock.now();
    let credit = gateway.credit().await;
    let outcome = credit.map(|credit| credit.map_or(Told::Nothing, Told::Credit)).map_err(|error| error.to_string());
    steps.push(Step { what: Did::Credit, took: clock.now().since(began), outcome, words: gateway.take_words() });

    let began = clock.now();
    let sent = route.definition.send(&*gateway, message).await;
    let (took, words) = (clock.now().since(began), gateway.take_words());
    let id = match sent {
        Ok(accepted) => accepted.gateway_id.unwrap_or_default(),
        Err(error) => {
            steps.push(Step { what: Did::Send, took, outcome: Err(error.to_string()), words });
            return Ok(steps);
        }
    };
    steps.push(Step { what: Did::Send, took, outcome: Ok(Told::Taken(id.clone())), words });
    if !id.is_empty() {
        steps.push(ask(&*gateway, clock, GatewayId(id)).await);
    }
    Ok(steps)
}

async fn ask(gateway: &dyn Gateway, clock: &Clock, id: GatewayId) -> Step {
    tokio::time::sleep(PATIENCE).await;
    let began = clock.now();
    let told = gateway.status(std::slice::from_ref(&id)).await;
    let outcome = match told {
        Ok(told) => Ok(told.first().map_or(Told::Nothing, |(_, delivery)| Told::Delivery(*delivery))),
        Err(error) => Err(error.to_string()),
    };
    Step { what: Did::Ask, took: clock.now().since(began), outcome, words: gateway.take_words() }
}
