//! What a gateway calls about: whether it may, and what it says.

use std::net::IpAddr;

use pishkhan_store::Moment;
use serde::de::Error;
use serde::{Deserialize, Deserializer};

use super::{Route, RouteDefinition};
use crate::Network;
use crate::gateways::callback::{
    self, Fields, is_secret, is_twilio_signature, is_vonage_signature, twilio_arrival, twilio_signature, vonage_arrival,
};
use crate::gateways::{Arrival, GatewaySettings, IncomingText};

/// A call to a route's address.
pub struct Call<'a> {
    /// The last part of the address that was called.
    pub secret: &'a str,
    /// Who called.
    pub caller: IpAddr,
    /// When.
    pub at: Moment,
    /// What stands behind the address.
    pub query: &'a Fields,
    /// What was posted.
    pub body: &'a Fields,
    /// What the caller signed with, where that stands beside what was posted.
    pub signature: Option<&'a str>,
}

/// What a call to a route's address says; None for a stranger, or when it says nothing.
pub fn called(route: &Route, call: &Call<'_>) -> Option<Arrival> {
    let (definition, query, body) = (&route.definition, call.query, call.body);
    if !is_secret(&route.secret, call.secret) {
        return None;
    }
    if !definition.may_call(call.caller) {
        // Its provider has moved, or somebody else has the secret: the operator must know, and can tell by the address.
        tracing::warn!(route = %route.id, address = %call.caller, "a call with a route's secret came from none of its callers");
        return None;
    }
    match &definition.gateway {
        GatewaySettings::Twilio(settings) => {
            // It signs the address that its settings name, which is ours, with its query, and what it posts. The query that really came is
            // signed by nobody, so nothing in it is believed.
            let (token, address) = (settings.signing_token(), settings.callback.as_str());
            let is_theirs = is_twilio_signature(token, address, body, call.signature?);
            let arrival = twilio_arrival(body).filter(|_| is_theirs)?;
            Some(signed(arrival, twilio_signature(token, address, body)))
        }
        GatewaySettings::Vonage(settings) => {
            // Where it signs, all that is read is signed, in the query as well as in what it posts.
            let (key, fields) = (&settings.signature_secret, [query, body].concat());
            let is_theirs = key.is_empty() || is_vonage_signature(key, &fields, call.at);
            vonage_arrival(&fields).filter(|_| is_theirs)
        }
        _ => {
            let fields = [query, body].concat();
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

impl RouteDefinition {
    /// Whether its gateway may call from there.
    pub fn may_call(&self, address: IpAddr) -> bool {
        self.callers.is_empty() || self.callers.iter().any(|network| network.contains(address))
    }
}

/// Reads the networks of callers. What stands there in their place isn't repeated: it may be a key.
pub(super) fn networks<'de, D: Deserializer<'de>>(from: D) -> Result<Vec<Network>, D::Error> {
    let wrong =
        "callers must be addresses or networks in quotes, as in [\"192.0.2.7\", \"185.110.20.0/24\", \"2a01::/32\"]";
    Vec::deserialize(from).map_err(|_| Error::custom(wrong))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(more: &str) -> serde_json::Result<RouteDefinition> {
        serde_json::from_str(&format!(r#"{{"name":"s","gateway":{{"kind":"spool","file":"/tmp/x"}}{more}}}"#))
    }

    #[test]
    fn a_gateway_calls_from_where_its_route_says() {
        let address = |text: &str| text.parse::<IpAddr>().expect("an address of this test");
        let open = read("").expect("a definition");
        assert!(open.may_call(address("203.0.113.9")));
        assert!(
            !serde_json::to_string(&open).expect("it can be kept").contains("callers"),
            "an older program reads it"
        );
        let bound = read(r#","callers":["185.110.20.0/24","2a01::/32"]"#).expect("a definition");
        assert!(bound.may_call(address("185.110.20.9")) && bound.may_call(address("2a01::9")));
        assert!(!bound.may_call(address("185.110.21.9")) && !bound.may_call(address("2a02::9")));
        let kept = serde_json::to_string(&bound).expect("it can be kept");
        assert!(kept.contains(r#""callers":["185.110.20.0/24","2a01::/32"]"#), "{kept}");
    }

    #[test]
    fn what_is_no_network_is_refused_and_not_repeated() {
        for wrong in
            [r#"["s3cretkey"]"#, r#""s3cretkey""#, "[73195528]", r#"["10.0.0.0/33"]"#, r#"["10.0.0.1-10.0.0.9"]"#]
        {
            let told = read(&format!(r#","callers":{wrong}"#)).expect_err("it is refused").to_string();
            assert!(told.contains("callers must be addresses or networks in quotes"), "{told}");
            assert!(["s3cretkey", "73195528", "10.0.0"].iter().all(|part| !told.contains(part)), "{told}");
        }
    }
}
