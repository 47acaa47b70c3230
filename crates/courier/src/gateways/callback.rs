//! Reading what gateways call to our address: who may call, which message it is about and how far that came, or what somebody wrote to our
//! line. No route is here: whoever has one hands over the fields as they came.

mod pairs;
mod rules;
mod signed;
mod signed_fields;

use percent_encoding::percent_decode_str;
use subtle::ConstantTimeEq;

use self::pairs::Pairs;
use super::exchange::{scalar, without_mark};
use super::{Arrival, Delivery, GatewayId, IncomingText, Key, vonage};

pub use rules::{CallbackRule, TextRule};
pub use signed::{is_twilio_signature, twilio_arrival, twilio_signature};
pub use signed_fields::{is_vonage_signature, vonage_signature};

/// Names and values as they came, in their order.
pub type Fields = [(String, String)];

/// The fields of a form's body or of a query.
pub fn form_fields(text: &str) -> Vec<(String, String)> {
    let decoded = |text: &str| percent_decode_str(&text.replace('+', " ")).decode_utf8_lossy().into_owned();
    let pairs = text.split('&').filter(|pair| !pair.is_empty());
    pairs
        .map(|pair| pair.split_once('=').unwrap_or((pair, "")))
        .map(|(name, value)| (decoded(name), decoded(value)))
        .collect()
}

/// The fields of a JSON object: its texts, numbers and truths, as texts. One that is there twice stays twice.
pub fn json_fields(body: &[u8]) -> Vec<(String, String)> {
    let Pairs(pairs) = serde_json::from_slice(without_mark(body)).unwrap_or_default();
    pairs.into_iter().filter_map(|(name, value)| Some((name, scalar(&value)?))).collect()
}

/// Whether a secret that a caller knows is ours, told in a time that gives nothing away. An empty one is nobody's.
pub fn is_secret(ours: &Key, theirs: &str) -> bool {
    !ours.is_empty() && bool::from(ours.reveal().as_bytes().ct_eq(theirs.as_bytes()))
}

/// What Vonage called about, by GET or POST: a receipt, or a text that somebody wrote. A long one comes part by part.
pub fn vonage_arrival(fields: &Fields) -> Option<Arrival> {
    let id = id_in(fields, "messageId")?;
    if let Some(state) = field(fields, "status") {
        return Some(receipt(id, vonage::delivery(state, code_in(fields, "err-code"))));
    }
    let rule = TextRule { from: "msisdn".into(), text: "text".into(), to: "to".into(), id: "messageId".into() };
    let says = |name: &str| field(fields, name).is_some_and(|value| !value.is_empty() && value != "false");
    let is_part = ["concat", "concat-ref", "concat-part", "concat-total"].into_iter().any(says);
    rule.read(fields).map(|text| Arrival::Text(IncomingText { is_part, ..text }))
}

/// A receipt by a call, which names a message as it was told when it was taken.
pub(crate) fn receipt(id: GatewayId, delivery: Delivery) -> Arrival {
    Arrival::Receipt { id, is_as_taken: true, delivery }
}

/// What a field says. One that is there twice and says two things says nothing: where a gateway puts what people write into an address as it
/// is, `5&from=09…` must not come from another number.
fn field<'a>(fields: &'a Fields, name: &str) -> Option<&'a str> {
    let mut values = fields.iter().filter(|(known, _)| known == name).map(|(_, value)| value.as_str());
    let first = values.next()?;
    values.all(|other| other == first).then_some(first)
}

/// The gateway's id in a field; None also when there is nothing in it that can be kept, so that a call without an id is about no message.
fn id_in(fields: &Fields, name: &str) -> Option<GatewayId> {
    field(fields, name).map(GatewayId::cleaned).filter(|id| !id.0.is_empty())
}

/// The code in a field that says why a message is lost.
fn code_in(fields: &Fields, name: &str) -> Option<i64> {
    field(fields, name)?.trim().parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn receipt(id: &str, delivery: Delivery) -> Arrival {
        super::receipt(GatewayId(id.into()), delivery)
    }

    fn written(id: &str, from: &str, to: &str, text: &str) -> IncomingText {
        let id = Some(GatewayId(id.into())).filter(|id| !id.0.is_empty());
        IncomingText { id, from: from.into(), to: to.into(), text: text.into(), is_part: false, signature: None }
    }

    #[test]
    fn a_call_about_no_id_is_about_nothing() {
        for id in ["", "%00", "%0A%1F"] {
            assert_eq!(vonage_arrival(&form_fields(&format!("messageId={id}&status=failed"))), None, "{id}");
        }
    }

    #[test]
    fn vonages_receipts_are_read() {
        let call = |state: &str| {
            vonage_arrival(&json_fields(
                format!(r#"{{"messageId":"0A1","msisdn":"98912","status":"{state}"}}"#).as_bytes(),
            ))
        };
        for (state, delivery) in [
            ("delivered", Delivery::Delivered),
            ("expired", Delivery::Undelivered),
            ("failed", Delivery::Failed),
            ("rejected", Delivery::Failed),
            ("accepted", Delivery::Sent),
            ("buffered", Delivery::Queued),
            ("unknown", Delivery::Unknown),
        ] {
            assert_eq!(call(state), Some(receipt("0A1", delivery)), "{state}");
        }
        assert_eq!(
            vonage_arrival(&form_fields("messageId=0A1&status=delivered")),
            Some(receipt("0A1", Delivery::Delivered))
        );
        assert_eq!(
            vonage_arrival(&form_fields("messageId=0B&msisdn=98912&to=4915&text=stop")),
            Some(Arrival::Text(written("0B", "98912", "4915", "stop")))
        );
        let marked = "\u{feff}{\"messageId\":\"0A1\",\"status\":\"delivered\"}";
        assert_eq!(vonage_arrival(&json_fields(marked.as_bytes())), Some(receipt("0A1", Delivery::Delivered)));
        assert_eq!(vonage_arrival(&json_fields(b"no json")), None);
    }

    #[test]
    fn vonage_says_what_blocked_a_message() {
        let call = |state: &str, code: &str| {
            let body = format!(r#"{{"messageId":"0A1","status":"{state}","err-code":{code}}}"#);
            vonage_arrival(&json_fields(body.as_bytes()))
        };
        for code in ["4", "\"6\"", "\"9\"", "14"] {
            for state in ["failed", "rejected", "expired"] {
                assert_eq!(call(state, code), Some(receipt("0A1", Delivery::Blocked)), "{state} {code}");
            }
            assert_eq!(call("delivered", code), Some(receipt("0A1", Delivery::Delivered)), "{code}");
        }
        for code in ["0", "1", "\"2\"", "3", "5", "7", "8", "10", "11", "12", "13", "15", "99", "\"\"", "null"] {
            assert_eq!(call("failed", code), Some(receipt("0A1", Delivery::Failed)), "{code}");
            assert_eq!(call("expired", code), Some(receipt("0A1", Delivery::Undelivered)), "{code}");
        }
    }

    #[test]
    fn a_part_of_a_text_at_vonage_is_told_from_a_whole_one() {
        let is_part = |more: &str| {
            let arrival = vonage_arrival(&form_fields(&format!("messageId=0B&msisdn=98912&to=4915&text=1{more}")));
            let Some(Arrival::Text(text)) = arrival else { panic!("{more:?} brings a text") };
            text.is_part
        };
        assert!(!is_part("") && !is_part("&concat=false") && !is_part("&concat=&concat-ref="));
        for more in ["&concat=true&concat-ref=7&concat-total=2&concat-part=2", "&concat=true", "&concat-part=2"] {
            assert!(is_part(more), "{more}");
        }
        let json = br#"{"messageId":"0B","msisdn":"98912","text":"1","concat":"true","concat-part":2}"#;
        assert!(matches!(vonage_arrival(&json_fields(json)), Some(Arrival::Text(text)) if text.is_part));
    }

    /// A panel that writes JSON around a text as it is lets its writer add fields behind it.
    #[test]
    fn a_field_that_stands_in_json_twice_says_nothing() {
        let call = |more: &str| {
            let body = format!(r#"{{"messageId":"0B","msisdn":"98912","to":"4915","text":"5"{more}}}"#);
            vonage_arrival(&json_fields(body.as_bytes()))
        };
        assert!(call("").is_some() && call(r#","text":"5""#).is_some(), "the same twice is the same");
        for forged in [r#","msisdn":"98935""#, r#","text":"4""#, r#","messageId":"0C""#] {
            assert_eq!(call(forged), None, "{forged}");
        }
        for odd in ["", "[]", "null", "7", r#"{"messageId":"0B","#, r#"[{"messageId":"0B","status":"failed"}]"#] {
            assert!(json_fields(odd.as_bytes()).is_empty(), "{odd}");
        }
    }

    #[test]
    fn an_empty_secret_is_nobodys() {
        assert!(is_secret(&Key::new("s3cret"), "s3cret"));
        for (ours, theirs) in [("s3cret", "s3cre"), ("s3cret", ""), ("", "")] {
            assert!(!is_secret(&Key::new(ours), theirs), "{ours} {theirs}");
        }
    }
}
