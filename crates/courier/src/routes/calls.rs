//! What a gateway calls about: whether it may, and what it says.

use super::Route;
use crate::gateways::callback::{
    self, Fields, is_secret, is_twilio_signature, twilio_arrival, twilio_signature, vonage_arrival,
};
use crate::gateways::{Arrival, GatewaySettings, IncomingText};

/// What a call to a route's address says; None for a stranger, or when it says nothing. `secret` is the last part of the address that
/// was called, `query` what stands behind it, `body` what was posted, and `signature` what the caller signed with.
pub fn called(route: &Route, secret: &str, query: &Fields, body: &Fields, signature: Option<&str>) -> Option<Arrival> {
    if !is_secret(&route.secret, secret) {
        return None;
    }
    match &route.definition.gateway {
        GatewaySettings::Twilio(settings) => {
            // It signs the address that its settings name, which is ours, with its query, and what it posts. The query that really came is
            // signed by nobody, so nothing in it is believed.
            let (token, address) = (settings.signing_token(), settings.callback.as_str());
            let is_theirs = is_twilio_signature(token, address, body, signature?);
            let arrival = twilio_arrival(body).filter(|_| is_theirs)?;
            Some(signed(arrival, twilio_signature(token, address, body)))
        }
        GatewaySettings::Vonage(_) => vonage_arrival(&[query, body].concat()),
        _ => {
            let (definition, fields) = (&route.definition, [query, body].concat());
            let receipt = definition.calls.as_ref().and_then(|rule| rule.read(&fields));
            let text = || definition.texts.as_ref().and_then(|rule| rule.read(&fields)).map(Arrival::Text);
            receipt.map(|(id, delivery)| callback::receipt(id, delivery)).or_else(text)
        }
    }
}

/// A text with what its call was signed with.
fn signed(arrival: Arrival, signature: String) -> Arrival {
    match arrival {
        Arrival::Text(text) => Arrival::Text(IncomingText { signature: Some(signature), ..text }),
        receipt @ Arrival::Receipt { .. } => receipt,
    }
}
