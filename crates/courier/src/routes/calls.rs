//! What a gateway calls about: whether it may, and what it says.

use super::Route;
use crate::gateways::callback::{Fields, is_secret, is_twilio_signature, twilio_arrival, vonage_arrival};
use crate::gateways::{Arrival, GatewaySettings};

/// What a call to a route's address says; None for a stranger, or when it says nothing. `secret` is the last part of the address that
/// was called, and `signature` what the caller signed with.
pub fn called(route: &Route, secret: &str, fields: &Fields, signature: Option<&str>) -> Option<Arrival> {
    if !is_secret(&route.secret, secret) {
        return None;
    }
    match &route.definition.gateway {
        GatewaySettings::Twilio(settings) => {
            // It signs the address that its settings name, which is ours.
            let is_theirs = is_twilio_signature(&settings.secret, &settings.callback, fields, signature?);
            twilio_arrival(fields).filter(|_| is_theirs)
        }
        GatewaySettings::Vonage(_) => vonage_arrival(fields),
        _ => {
            let definition = &route.definition;
            let receipt = definition.calls.as_ref().and_then(|rule| rule.read(fields));
            let text = || definition.texts.as_ref().and_then(|rule| rule.read(fields)).map(Arrival::Text);
            receipt.map(|(id, delivery)| Arrival::Receipt { id, delivery }).or_else(text)
        }
    }
}
