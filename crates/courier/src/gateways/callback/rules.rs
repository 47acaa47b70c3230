//! Reading the calls of gateways that nobody has written down: settings say which fields mean what.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::super::{Delivery, GatewayId, IncomingText};
use super::{Fields, field, id_in};

/// How to read the calls of a gateway that nobody has written down: which fields say what.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CallbackRule {
    /// The field with the gateway's id of the message.
    pub id: String,
    /// The field with its state.
    pub state: String,
    /// What the states mean; others mean nothing.
    pub states: BTreeMap<String, Delivery>,
}

impl CallbackRule {
    /// Which message a call is about and how far it came; None when it says nothing.
    pub fn read(&self, fields: &Fields) -> Option<(GatewayId, Delivery)> {
        let id = id_in(fields, &self.id)?;
        let delivery = *self.states.get(field(fields, &self.state)?)?;
        Some((id, delivery))
    }
}

/// How to read the texts that such a gateway passes on: which fields say what.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TextRule {
    /// The field with the number of whoever wrote.
    pub from: String,
    /// The field with what they wrote.
    pub text: String,
    /// The field with the line that they wrote to; empty where there is none.
    #[serde(default)]
    pub to: String,
    /// The field with the gateway's id of the text; empty where there is none.
    #[serde(default)]
    pub id: String,
}

impl TextRule {
    /// What somebody wrote; None when the call says nothing of it.
    pub fn read(&self, fields: &Fields) -> Option<IncomingText> {
        let named = |name: &str| field(fields, name).filter(|value| !name.is_empty() && !value.is_empty());
        let (from, text) = (named(&self.from)?.to_owned(), field(fields, &self.text)?.to_owned());
        let to = named(&self.to).unwrap_or_default().to_owned();
        let id = id_in(fields, &self.id).filter(|_| !self.id.is_empty());
        Some(IncomingText { id, from, to, text, is_part: false, signature: None })
    }
}

#[cfg(test)]
mod tests {
    use super::super::form_fields;
    use super::*;

    fn written(id: &str, from: &str, to: &str, text: &str) -> IncomingText {
        let id = Some(GatewayId(id.into())).filter(|id| !id.0.is_empty());
        IncomingText { id, from: from.into(), to: to.into(), text: text.into(), is_part: false, signature: None }
    }

    #[test]
    fn a_rule_reads_the_calls_of_a_gateway_that_nobody_knows() {
        let states = BTreeMap::from([("10".to_owned(), Delivery::Delivered), ("14".to_owned(), Delivery::Blocked)]);
        let rule = CallbackRule { id: "messageid".into(), state: "status".into(), states };
        let read = |query: &str| rule.read(&form_fields(query));
        assert_eq!(read("messageid=7&status=10"), Some((GatewayId("7".into()), Delivery::Delivered)));
        assert_eq!(read("messageid=7&status=14"), Some((GatewayId("7".into()), Delivery::Blocked)));
        for query in [
            "messageid=7&status=99",
            "messageid=&status=10",
            "messageid=%00&status=10",
            "status=10",
            "messageid=7&messageid=8&status=10",
            "messageid=7&status=10&status=14",
        ] {
            assert_eq!(read(query), None, "{query}");
        }
    }

    #[test]
    fn a_rule_reads_the_texts_of_a_gateway_that_nobody_knows() {
        let rule: TextRule =
            serde_json::from_str(r#"{"from":"from","text":"message","to":"to","id":"messageid"}"#).expect("a rule");
        let read = |query: &str| rule.read(&form_fields(query));
        assert_eq!(
            read("messageid=7&from=09121234567&to=3000&message=%D9%84%D8%BA%D9%88"),
            Some(written("7", "09121234567", "3000", "لغو"))
        );
        assert_eq!(read("from=0912&message="), Some(written("", "0912", "", "")), "an empty text is a text");
        for query in ["from=&message=5", "message=5", "from=0912", "messageid=7&status=10"] {
            assert_eq!(read(query), None, "{query}");
        }
        let twice = "messageid=7&from=09121234567&to=3000&message=5";
        assert_eq!(read(&format!("{twice}&{twice}")), Some(written("7", "09121234567", "3000", "5")));
        for forged in ["from=09351234567", "message=4"] {
            assert_eq!(read(&format!("{twice}&{forged}")), None, "{forged} behind what the gateway says");
            assert_eq!(read(&format!("{forged}&{twice}")), None, "{forged} before what the gateway says");
        }
        let bare: TextRule = serde_json::from_str(r#"{"from":"from","text":"message"}"#).expect("a rule");
        assert_eq!(bare.read(&form_fields("=x&from=0912&message=5")), Some(written("", "0912", "", "5")));
    }
}
