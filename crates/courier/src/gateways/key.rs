//! Keys and passwords of gateways: told to the gateway, and to nobody else.

use std::collections::BTreeMap;
use std::fmt;

use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize};

/// A key, a token or a password. It is stored and sent, and printed never.
#[derive(Clone, Default, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct Key(String);

impl Key {
    /// A key of this text.
    pub fn new(text: impl Into<String>) -> Key {
        Key(text.into())
    }

    /// The text itself, for the request and for nothing else.
    pub fn reveal(&self) -> &str {
        &self.0
    }

    /// Whether nothing was set.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl fmt::Debug for Key {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        to.write_str(if self.is_empty() { "(empty)" } else { "(hidden)" })
    }
}

impl<'de> Deserialize<'de> for Key {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Key, D::Error> {
        quoted(from).map(Key)
    }
}

/// What may be repeated of a word that is unknown where it stands: a plain short one, such as a kind or the name of a header. Whatever else is
/// there may be a key in the wrong place.
pub fn plain_word(word: &str) -> &str {
    const LONGEST_PART: usize = 13;
    const LONGEST: usize = 30;
    let is_plain = |part: &str| {
        let rest = part.strip_prefix(|sign: char| sign.is_ascii_uppercase()).unwrap_or(part);
        let is_short = (1..=3).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphabetic());
        is_short || (2..=LONGEST_PART).contains(&part.len()) && rest.bytes().all(|byte| byte.is_ascii_lowercase())
    };
    if word.len() <= LONGEST && word.split(['_', '-']).all(is_plain) { word } else { "…" }
}

/// Reads a text that may hold a key. Where something else stands, such as a key of digits without quotes, that is not repeated.
pub(super) fn quoted<'de, D: Deserializer<'de>>(from: D) -> Result<String, D::Error> {
    String::deserialize(from).map_err(|_| Error::custom("what may hold a key must be a text in quotes"))
}

/// The same for headers.
pub(super) fn quoted_headers<'de, D: Deserializer<'de>>(from: D) -> Result<BTreeMap<String, String>, D::Error> {
    BTreeMap::deserialize(from)
        .map_err(|_| Error::custom("headers must be names with texts in quotes, as in { \"X-Key\" = \"…\" }"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_is_repeated_and_what_may_be_a_key_is_not() {
        for word in ["pigeon", "sms_ir", "sign_in_code", "X-Key", "X-API-KEY", "Authorization", "Ocp-Apim-Key"] {
            assert_eq!(plain_word(word), word);
        }
        for key in [
            "",
            "s3cretkey",
            "AbCdEfGh",
            "SECRETKEY",
            "two words",
            "key:",
            "abcdefghijklmnop",
            "a_b_c_d_e_f_g_h_i_j_k_l_m_n_o_p",
            "کلید",
        ] {
            assert_eq!(plain_word(key), "…", "{key}");
        }
    }

    #[test]
    fn a_key_without_quotes_is_not_repeated() {
        for wrong in ["73195528", "7319.5528", "true", "[73195528]", r#"{"key":73195528}"#] {
            let told = serde_json::from_str::<Key>(wrong).expect_err("it is no text").to_string();
            assert!(told.contains("must be a text in quotes") && !told.contains("5528"), "{told}");
        }
        let key: Key = serde_json::from_str(r#""73195528""#).expect("it is a text");
        assert_eq!((key.reveal(), format!("{key:?}").as_str()), ("73195528", "(hidden)"));
    }
}
