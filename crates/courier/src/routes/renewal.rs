//! Another secret in the address that a route's gateway calls, when somebody else may have seen the one that is there.

use pishkhan_store::{Result, Tx};

use super::{Route, RouteDefinition, change, set_secret};
use crate::MessageId;
use crate::gateways::{GatewaySettings, Key};

/// A route's new secret.
#[derive(Debug)]
pub struct Renewed {
    /// The secret itself.
    pub secret: Key,
    /// Whether the settings name the address that is called; the new one stands there now.
    pub is_in_settings: bool,
}

/// Gives a route another secret. Its id stays, so that what it carried can still be told of; whoever calls by the secret from before is a
/// stranger from now on.
pub async fn renew_secret(tx: &mut Tx, route: &Route) -> Result<Renewed> {
    let secret = Key::new(MessageId::random().0);
    set_secret(tx, &route.id, &secret).await?;
    let definition = readdressed(&route.definition, &route.secret, &secret);
    if let Some(definition) = &definition {
        // It is a change like any other: servers that run open the route anew, or its gateway would go on being told the address from before.
        change(tx, &route.id, definition).await?;
    }
    Ok(Renewed { secret, is_in_settings: definition.is_some() })
}

/// A definition with the new secret in the address that its gateway is told to call; None where it names none with the old one.
fn readdressed(definition: &RouteDefinition, old: &Key, new: &Key) -> Option<RouteDefinition> {
    let mut definition = definition.clone();
    let callback = match &mut definition.gateway {
        GatewaySettings::Twilio(settings) => &mut settings.callback,
        GatewaySettings::Vonage(settings) => &mut settings.callback,
        _ => return None,
    };
    let address = callback.replace(old.reveal(), new.reveal());
    if address == *callback {
        return None;
    }
    *callback = address;
    Some(definition)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn callback(definition: &RouteDefinition) -> &str {
        match &definition.gateway {
            GatewaySettings::Twilio(settings) => &settings.callback,
            GatewaySettings::Vonage(settings) => &settings.callback,
            _ => "",
        }
    }

    #[test]
    fn the_new_secret_stands_in_the_address_that_is_called() {
        let renewed = |gateway: &str| {
            let text = format!(r#"{{"name":"n","gateway":{{{gateway}}}}}"#);
            let definition: RouteDefinition = serde_json::from_str(&text).expect("a definition");
            readdressed(&definition, &Key::new("0ld"), &Key::new("n3w")).map(|it| callback(&it).to_owned())
        };
        let twilio = r#""kind":"twilio","account":"AC1","secret":"0ld","from":"+1500""#;
        let vonage = r#""kind":"vonage","key":"k","secret":"s","from":"1000""#;
        for gateway in [twilio, vonage] {
            let named =
                |address: &str| renewed(&format!(r#"{gateway},"callback":"https://desk.example.ir/{address}""#));
            assert_eq!(
                named("gateways/1/0ld?by=us").as_deref(),
                Some("https://desk.example.ir/gateways/1/n3w?by=us"),
                "{gateway}"
            );
            assert_eq!(named("gateways/2/other"), None, "another route's address stays");
            assert_eq!(renewed(gateway), None);
        }
        assert_eq!(renewed(r#""kind":"spool","file":"/tmp/0ld""#), None);
    }
}
