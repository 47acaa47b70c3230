//! What an administrator says of a route.

use serde::{Deserialize, Serialize};

use crate::gateways::callback::{CallbackRule, TextRule};
use crate::gateways::{
    Accepted, Fault, Gateway, GatewaySettings, Kind, Mapping, Outgoing, Purpose, SendError, SettingsError, Work, check,
};

/// A gateway, what it is for, and the templates that it has there.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RouteDefinition {
    /// By what people know it.
    pub name: String,
    /// What it carries; both when nothing is said.
    #[serde(default = "both")]
    pub purposes: Vec<Purpose>,
    /// The gateway.
    pub gateway: GatewaySettings,
    /// The gateway's templates, one for a kind of message at most; other kinds go as text.
    #[serde(default)]
    pub templates: Vec<Mapping>,
    /// How its calls are read, for gateways whose calls nobody has written down.
    #[serde(default)]
    pub calls: Option<CallbackRule>,
    /// How the texts are read that such a gateway passes on.
    #[serde(default)]
    pub texts: Option<TextRule>,
    /// Below which credit somebody is told.
    #[serde(default)]
    pub credit_alarm: Option<f64>,
}

fn both() -> Vec<Purpose> {
    vec![Purpose::Code, Purpose::Notice]
}

/// What is wrong with a definition. It names settings and never their values.
#[derive(Debug, thiserror::Error)]
pub enum DefinitionError {
    /// Without a name.
    #[error("name is missing")]
    Name,
    /// For nothing.
    #[error("purposes is empty; it is one of code and notice, or both")]
    Purposes,
    /// The gateway's settings.
    #[error("gateway: {0}")]
    Gateway(#[from] SettingsError),
    /// A template, by its kind.
    #[error("the template of {kind}: {fault}")]
    Template {
        /// The kind that it is for.
        kind: String,
        /// What is wrong with it.
        fault: Fault,
    },
    /// Two templates for one kind.
    #[error("there are two templates of {0}")]
    Twice(String),
}

impl RouteDefinition {
    /// Checks all of it against the kinds of messages that there are, and opens its gateway. Nothing is sent.
    pub fn open(&self, kinds: &[Kind]) -> Result<Box<dyn Gateway>, DefinitionError> {
        if self.name.trim().is_empty() {
            return Err(DefinitionError::Name);
        }
        if self.purposes.is_empty() {
            return Err(DefinitionError::Purposes);
        }
        let gateway = self.gateway.open()?;
        for (at, mapping) in self.templates.iter().enumerate() {
            if self.templates[..at].iter().any(|before| before.kind == mapping.kind) {
                return Err(DefinitionError::Twice(mapping.kind.clone()));
            }
            let kind = kinds.iter().find(|kind| kind.name == mapping.kind);
            if let Some(fault) = check(gateway.abilities().templates, mapping, kind).into_iter().next() {
                return Err(DefinitionError::Template { kind: mapping.kind.clone(), fault });
            }
        }
        Ok(gateway)
    }

    /// Whether it may carry this kind of message. One that is read out over the phone needs a template that is.
    pub fn carries(&self, template: &str) -> bool {
        let is_call = |kind: &str| kind.ends_with("_call");
        self.purposes.contains(&Purpose::of(template)) && (!is_call(template) || self.mapping(template).is_some())
    }

    /// The gateway's template for a kind of message.
    pub fn mapping(&self, template: &str) -> Option<&Mapping> {
        self.templates.iter().find(|mapping| mapping.kind == template)
    }

    /// Sends a message in the way that this route has for its kind.
    pub fn send<'a>(
        &'a self,
        gateway: &'a dyn Gateway,
        message: &'a Outgoing,
    ) -> Work<'a, Result<Accepted, SendError>> {
        match self.mapping(&message.template) {
            Some(mapping) => gateway.send_template(message, mapping),
            None => gateway.send_text(message),
        }
    }

    /// Whether its gateway drops a message that comes again under the same id.
    pub fn drops_repeated(&self, gateway: &dyn Gateway, template: &str) -> bool {
        let abilities = gateway.abilities();
        if self.mapping(template).is_some() {
            abilities.drops_repeated_templates
        } else {
            abilities.drops_repeated_texts
        }
    }
}
