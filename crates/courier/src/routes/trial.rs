//! Trying a route, or the gateway of the settings, out: each step, how long it took, and what the gateway said, in our words and in its own.

use std::sync::Arc;
use std::time::Duration;

use pishkhan_store::{Clock, Moment};

use super::{DefinitionError, Lines, Route};
use crate::gateways::{
    Accepted, Credit, Delivery, Gateway, GatewayId, Key, Kind, Outgoing, Secrets, SendError, Work, shown_words,
};

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
    /// The gateway's own answer, without the route's secrets; empty when there was none.
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
    let gateway: Arc<dyn Gateway> = match lines.of_route(route) {
        Some(gateway) => gateway,
        None => Arc::from(route.definition.open_gateway()?),
    };
    let unfit = route.definition.unfit(&*gateway, kinds);
    let definition = route.definition.clone().without(&unfit);
    let trial = Trial { gateway: &*gateway, secrets: Secrets::of(&route.definition.gateway, &route.secret), clock };
    Ok(trial.steps(definition.send(&*gateway, message)).await)
}

/// The same with the gateway of the settings, which sends all as text. Where it keeps what it is answered another one is opened.
pub async fn try_out_settings(
    gateway: Arc<dyn Gateway>,
    clock: &Clock,
    message: &Outgoing,
) -> Result<Vec<Step>, DefinitionError> {
    let (gateway, secrets): (Arc<dyn Gateway>, Secrets) = match gateway.settings() {
        Some(settings) => (Arc::from(settings.open()?), Secrets::of(&settings, &Key::default())),
        None => (gateway, Secrets::none()),
    };
    let trial = Trial { gateway: &*gateway, secrets, clock };
    Ok(trial.steps(gateway.send_text(message)).await)
}

/// A gateway that is tried out.
struct Trial<'a> {
    gateway: &'a dyn Gateway,
    secrets: Secrets,
    clock: &'a Clock,
}

impl Trial<'_> {
    /// What is sent goes out when it is its turn.
    async fn steps(&self, sending: Work<'_, Result<Accepted, SendError>>) -> Vec<Step> {
        // What was answered to others before is nobody's here.
        self.gateway.take_words();
        let began = self.clock.now();
        let credit = self.gateway.credit().await;
        let told = credit.map(|credit| credit.map_or(Told::Nothing, Told::Credit));
        let mut steps = vec![self.step(Did::Credit, began, told)];

        let began = self.clock.now();
        let sent = sending.await;
        let id = sent.as_ref().ok().and_then(|accepted| accepted.gateway_id.clone()).unwrap_or_default();
        steps.push(self.step(Did::Send, began, sent.map(|_| Told::Taken(id.clone()))));
        if !id.is_empty() {
            steps.push(self.ask(GatewayId(id)).await);
        }
        steps
    }

    async fn ask(&self, id: GatewayId) -> Step {
        tokio::time::sleep(PATIENCE).await;
        let began = self.clock.now();
        let told = self.gateway.status(std::slice::from_ref(&id)).await;
        let told = told.map(|told| told.first().map_or(Told::Nothing, |(_, delivery)| Told::Delivery(*delivery)));
        self.step(Did::Ask, began, told)
    }

    /// What was just done. Nothing in it is a secret of the route's.
    fn step(&self, what: Did, began: Moment, told: Result<Told, SendError>) -> Step {
        let outcome = told.map_err(|error| self.secrets.hidden(&error.to_string()));
        let words = shown_words(&self.gateway.take_words(), &self.secrets);
        Step { what, took: self.clock.now().since(began), outcome, words }
    }
}
