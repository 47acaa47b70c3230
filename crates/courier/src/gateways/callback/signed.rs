//! Twilio's calls, which it signs: whether one is its own, and what it says.

use data_encoding::BASE64;
use hmac::{Hmac, KeyInit, Mac};
use sha1::Sha1;

use super::super::{Arrival, Key, twilio};
use super::{Fields, TextRule, code_in, field, id_in, receipt};

/// Whether Twilio signed a call: of the address with its query, as its settings name it, and of the fields of the form alone.
pub fn is_twilio_signature(token: &Key, url: &str, form: &Fields, signature: &str) -> bool {
    let mac = twilio_mac(token, url, form);
    !token.is_empty() && BASE64.decode(signature.as_bytes()).is_ok_and(|given| mac.verify_slice(&given).is_ok())
}

/// What Twilio signs a call with.
pub fn twilio_signature(token: &Key, url: &str, form: &Fields) -> String {
    BASE64.encode(twilio_mac(token, url, form).finalize().into_bytes().as_slice())
}

/// HMAC-SHA1, by the account's token, of the whole address that is called and of what the form says.
fn twilio_mac(token: &Key, url: &str, form: &Fields) -> Hmac<Sha1> {
    let mut mac = Hmac::<Sha1>::new_from_slice(token.reveal().as_bytes()).expect("an HMAC takes a key of any length");
    mac.update(url.as_bytes());
    mac.update(run_together(form).as_bytes());
    mac
}

/// Names and values of the fields, sorted, without anything between them: whoever has a signed call can cut them otherwise.
fn run_together(form: &Fields) -> String {
    let mut fields: Vec<&(String, String)> = form.iter().collect();
    fields.sort();
    fields.into_iter().flat_map(|(name, value)| [name.as_str(), value.as_str()]).collect()
}

/// What Twilio called about: a state of a message of ours, or a text that somebody wrote.
pub fn twilio_arrival(form: &Fields) -> Option<Arrival> {
    let id = id_in(form, "MessageSid")?;
    if let Some(state) = field(form, "MessageStatus") {
        // Nothing is called so where a message of ours is told of: it would be a text, whose writer has put a state into their words.
        let is_of_a_text = run_together(form).contains("Body");
        return (!is_of_a_text).then(|| receipt(id, twilio::delivery(state, code_in(form, "ErrorCode"))));
    }
    let rule = TextRule { from: "From".into(), text: "Body".into(), to: "To".into(), id: "MessageSid".into() };
    rule.read(form).map(Arrival::Text)
}

#[cfg(test)]
mod tests {
    use super::super::form_fields;
    use super::*;
    use crate::gateways::{Delivery, GatewayId, IncomingText};

    fn fields(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
        pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
    }

    fn receipt(id: &str, delivery: Delivery) -> Arrival {
        super::receipt(GatewayId(id.into()), delivery)
    }

    /// The example of Twilio's own documentation of its signature.
    #[test]
    fn twilios_signature_is_checked() {
        let (token, url) = (Key::new("12345"), "https://mycompany.com/myapp.php?foo=1&bar=2");
        let form = fields(&[
            ("To", "+18005551212"),
            ("From", "+14158675310"),
            ("Digits", "1234"),
            ("CallSid", "CA1234567890ABCDE"),
            ("Caller", "+14158675310"),
        ]);
        let good = "GvWf1cFY/Q7PnoempGyD5oXAezc=";
        assert!(is_twilio_signature(&token, url, &form, good));
        assert_eq!(twilio_signature(&token, url, &form), good);
        assert!(!is_twilio_signature(&Key::new("12346"), url, &form, good));
        assert!(!is_twilio_signature(&token, "https://mycompany.com/myapp.php?foo=1", &form, good));
        assert!(!is_twilio_signature(&token, url, &form[1..], good));
        for bad in ["", "GvWf1cFY", "not base64 at all", "AAAAAAAAAAAAAAAAAAAAAAAAAAA="] {
            assert!(!is_twilio_signature(&token, url, &form, bad), "{bad}");
        }
        assert!(!is_twilio_signature(&Key::default(), url, &form, good));
    }

    #[test]
    fn twilios_calls_are_read() {
        let call =
            |state: &str| twilio_arrival(&form_fields(&format!("MessageSid=SM1&MessageStatus={state}&To=%2B98912")));
        for (state, delivery) in [
            ("accepted", Delivery::Queued),
            ("scheduled", Delivery::Queued),
            ("queued", Delivery::Queued),
            ("sending", Delivery::Queued),
            ("sent", Delivery::Sent),
            ("partially_delivered", Delivery::Sent),
            ("delivered", Delivery::Delivered),
            ("read", Delivery::Delivered),
            ("undelivered", Delivery::Undelivered),
            ("failed", Delivery::Failed),
            ("canceled", Delivery::Failed),
            ("receiving", Delivery::Unknown),
            ("received", Delivery::Unknown),
        ] {
            assert_eq!(call(state), Some(receipt("SM1", delivery)), "{state}");
        }
        assert_eq!(
            twilio_arrival(&form_fields("MessageSid=SM2&From=%2B989121234567&To=%2B1500&Body=%D9%84%D8%BA%D9%88+11")),
            Some(Arrival::Text(IncomingText {
                id: Some(GatewayId("SM2".into())),
                from: "+989121234567".into(),
                to: "+1500".into(),
                text: "لغو 11".into(),
                is_part: false,
                signature: None,
            }))
        );
        assert_eq!(twilio_arrival(&form_fields("MessageStatus=sent")), None);
    }

    #[test]
    fn twilio_says_what_blocked_a_message() {
        let call = |state: &str, code: &str| {
            twilio_arrival(&form_fields(&format!("MessageSid=SM1&MessageStatus={state}&ErrorCode={code}")))
        };
        for code in ["21610", "30004", "30007"] {
            assert_eq!(call("undelivered", code), Some(receipt("SM1", Delivery::Blocked)), "{code}");
            assert_eq!(call("failed", code), Some(receipt("SM1", Delivery::Blocked)), "{code}");
            assert_eq!(call("delivered", code), Some(receipt("SM1", Delivery::Delivered)), "{code}");
        }
        for code in ["", "30003", "30005", "30006", "30008", "no code"] {
            assert_eq!(call("undelivered", code), Some(receipt("SM1", Delivery::Undelivered)), "{code}");
            assert_eq!(call("failed", code), Some(receipt("SM1", Delivery::Failed)), "{code}");
        }
    }

    #[test]
    fn a_call_about_no_id_is_about_nothing() {
        for id in ["", "%00", "%0A%1F"] {
            assert_eq!(twilio_arrival(&form_fields(&format!("MessageSid={id}&MessageStatus=failed"))), None, "{id}");
        }
    }

    #[test]
    fn a_text_is_no_receipt_however_it_is_cut() {
        let written = fields(&[("Body", "xMessageSidSM7MessageStatusfailedZ"), ("From", "+49"), ("MessageSid", "SM1")]);
        let cut = [
            fields(&[("Body", "x"), ("MessageSid", "SM7"), ("MessageStatus", "failed"), ("Z", "From+49MessageSidSM1")]),
            fields(&[("Bo", "dyx"), ("MessageSid", "SM7"), ("MessageStatus", "failed"), ("Z", "From+49MessageSidSM1")]),
        ];
        for cut in cut {
            let (key, url) = (Key::new("12345"), "https://desk.example.org/");
            assert_eq!(twilio_signature(&key, url, &cut), twilio_signature(&key, url, &written), "{cut:?}");
            assert_eq!(twilio_arrival(&cut), None, "{cut:?}");
        }
    }
}
