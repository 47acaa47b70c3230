//! Vonage's signature, which stands in its calls as a field among the others: whether a call is its own, and of now.

use std::time::Duration;

use data_encoding::{HEXLOWER, HEXLOWER_PERMISSIVE};
use hmac::{Hmac, KeyInit, Mac};
use pishkhan_store::Moment;
use sha2::Sha256;

use super::super::Key;
use super::{Fields, field};

/// For so long a call comes again that found us closed, under the moment of the first time, as far as is known.
const REPEATED: Duration = Duration::from_hours(24);
/// How far its clock may be from ours.
const APART: Duration = Duration::from_mins(5);

/// Whether Vonage signed a call lately: all of its fields, with the moment among them.
pub fn is_vonage_signature(key: &Key, fields: &Fields, now: Moment) -> bool {
    let given = field(fields, "sig").and_then(|given| HEXLOWER_PERMISSIVE.decode(given.as_bytes()).ok());
    let signed_at = field(fields, "timestamp").and_then(|seconds| seconds.parse::<i64>().ok());
    let (Some(given), Some(seconds)) = (given, signed_at) else { return false };
    let signed_at = Moment(seconds.saturating_mul(1_000));
    let is_of_now = signed_at <= now.plus(APART) && now <= signed_at.plus(REPEATED).plus(APART);
    // Names are signed as they are: one with a joint in it could hide fields that a true call has.
    let is_uncut = fields.iter().all(|(name, _)| !name.contains(['&', '=']));
    !key.is_empty() && is_of_now && is_uncut && vonage_mac(key, fields).verify_slice(&given).is_ok()
}

/// What Vonage signs a call with.
pub fn vonage_signature(key: &Key, fields: &Fields) -> String {
    HEXLOWER.encode(vonage_mac(key, fields).finalize().into_bytes().as_slice())
}

/// HMAC-SHA256, by the account's signature secret, of all fields in the order of their names. What joins them is replaced in their values.
fn vonage_mac(key: &Key, fields: &Fields) -> Hmac<Sha256> {
    let mut signed: Vec<&(String, String)> = fields.iter().filter(|(name, _)| name != "sig").collect();
    signed.sort();
    let mut mac = Hmac::<Sha256>::new_from_slice(key.reveal().as_bytes()).expect("an HMAC takes a key of any length");
    for (name, value) in signed {
        mac.update(format!("&{name}={}", value.replace(['&', '='], "_")).as_bytes());
    }
    mac
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The seconds of the example, and our clock then.
    const SECONDS: i64 = 1_461_605_396;
    const NOW: Moment = Moment(SECONDS * 1_000);

    fn fields(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
        pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
    }

    fn key() -> Key {
        Key::new("secret")
    }

    /// A receipt that was signed at this moment, with what stands there in the place of the signature.
    fn call(seconds: &str, sign: impl Fn(&Fields) -> String) -> Vec<(String, String)> {
        let mut call = fields(&[("messageId", "0A1"), ("status", "delivered"), ("timestamp", seconds)]);
        let signature = sign(&call);
        call.push(("sig".to_owned(), signature));
        call
    }

    fn by(key: &'static str) -> impl Fn(&Fields) -> String {
        move |fields| vonage_signature(&Key::new(key), fields)
    }

    fn is_good(call: &Fields, now: Moment) -> bool {
        is_vonage_signature(&key(), call, now)
    }

    /// The example by which the provider's own library for Python is tested.
    #[test]
    fn the_signature_is_vonages() {
        let signed = fields(&[("timestamp", "1461605396"), ("b", "2"), ("a", "1")]);
        let signature = vonage_signature(&key(), &signed);
        assert_eq!(signature, "a321e824b9b816be7c3f28859a31749a098713d39f613c80d455bbaffae1cd24");
        for written in [signature.clone(), signature.to_uppercase()] {
            let call = [signed.clone(), fields(&[("sig", &written)])].concat();
            assert!(is_good(&call, NOW), "{written}");
        }
    }

    #[test]
    fn what_joins_fields_may_stand_in_a_text() {
        let text = fields(&[("text", "لغو=1&2"), ("timestamp", "1461605396")]);
        let as_signed = fields(&[("text", "لغو_1_2"), ("timestamp", "1461605396")]);
        assert_eq!(vonage_signature(&key(), &text), vonage_signature(&key(), &as_signed));
        let call = [text.clone(), fields(&[("sig", &vonage_signature(&key(), &text))])].concat();
        assert!(is_good(&call, NOW));
    }

    #[test]
    fn another_key_another_way_or_none_is_a_strangers() {
        let seconds = SECONDS.to_string();
        assert!(is_good(&call(&seconds, by("secret")), NOW));
        assert!(!is_good(&call(&seconds, by("secres")), NOW));
        assert!(!is_vonage_signature(&Key::default(), &call(&seconds, by("")), NOW), "no key is nobody's");
        // MD5 as accounts have it at first, a part of a good one, and what is none.
        let good = vonage_signature(&key(), &call(&seconds, |_| String::new()));
        for bad in ["6af838ef94998832dbfc29020b564830", &good[..32], &good[1..], "", "none", "0"] {
            assert!(!is_good(&call(&seconds, |_| bad.to_owned()), NOW), "{bad}");
        }
        let unsigned = fields(&[("messageId", "0A1"), ("status", "delivered"), ("timestamp", &seconds)]);
        assert!(!is_good(&unsigned, NOW));
    }

    #[test]
    fn a_call_of_another_day_is_over() {
        let (day, minutes) = (Duration::from_hours(24), Duration::from_mins(5));
        let call = call(&SECONDS.to_string(), by("secret"));
        for well in [NOW, NOW.minus(minutes), NOW.plus(day), NOW.plus(day).plus(minutes)] {
            assert!(is_good(&call, well), "{well:?}");
        }
        let second = Duration::from_secs(1);
        for wrong in [NOW.minus(minutes).minus(second), NOW.plus(day).plus(minutes).plus(second), Moment(0)] {
            assert!(!is_good(&call, wrong), "{wrong:?}");
        }
        for odd in ["", "now", "1461605396.5", "9223372036854775807", "-1", "2016-04-25 17:29:56"] {
            assert!(!is_good(&self::call(odd, by("secret")), NOW), "{odd}");
        }
    }

    #[test]
    fn a_signature_holds_for_what_was_signed_alone() {
        let good = call(&SECONDS.to_string(), by("secret"));
        let changed = |name: &str, value: &str| -> Vec<(String, String)> {
            let other = |pair: &(String, String)| {
                if pair.0 == name { (name.to_owned(), value.to_owned()) } else { pair.clone() }
            };
            good.iter().map(other).collect()
        };
        assert!(is_good(&changed("status", "delivered"), NOW));
        for (name, value) in [("status", "failed"), ("messageId", "0A2"), ("timestamp", "1461605397")] {
            assert!(!is_good(&changed(name, value), NOW), "{name}");
        }
        for more in [("err-code", "4"), ("status", "failed"), ("sig", "00"), ("", "")] {
            assert!(!is_good(&[good.clone(), fields(&[more])].concat(), NOW), "{more:?}");
        }
        assert!(!is_good(&good[1..], NOW), "one is missing");
    }

    /// Names and values are joined as in a query, and only values are rid of what joins them.
    #[test]
    fn a_signed_call_is_not_cut_otherwise() {
        let text = fields(&[("concat", "true"), ("messageId", "0B1"), ("text", "5"), ("timestamp", "1461605396")]);
        let cut = fields(&[("concat=true&messageId", "0B1"), ("text", "5"), ("timestamp", "1461605396")]);
        let signature = vonage_signature(&key(), &text);
        assert_eq!(vonage_signature(&key(), &cut), signature);
        let with = |call: Vec<(String, String)>| [call, fields(&[("sig", &signature)])].concat();
        assert!(is_good(&with(text), NOW) && !is_good(&with(cut), NOW));
    }
}
