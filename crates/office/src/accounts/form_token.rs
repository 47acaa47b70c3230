//! Form tokens: a form is only good in the browser that it was made for (SECURITY.md, TH13).

use data_encoding::HEXLOWER;
use pishkhan_store::{OrganisationId, Secret};
use subtle::ConstantTimeEq;

use super::seal::seal;
use crate::ids::random_bytes;

/// A new key for a browser to keep; its forms are bound to it.
pub fn new_browser_key() -> String {
    data_encoding::BASE64URL_NOPAD.encode(&random_bytes::<24>())
}

/// A token for the forms of that browser at that organisation, another one each time: the seal behind a random mask, so that the
/// length of a compressed page tells nothing of it.
pub fn form_token(secret: &Secret, organisation: &OrganisationId, browser_key: &str) -> String {
    let mask: [u8; 32] = random_bytes();
    let masked = mixed(mask, seal(secret, "form", &[organisation.as_str(), browser_key]));
    format!("{}{}", HEXLOWER.encode(&mask), HEXLOWER.encode(&masked))
}

/// Whether somebody's token is of that browser at that organisation, in a time that tells nothing.
pub fn is_form_token(secret: &Secret, organisation: &OrganisationId, browser_key: &str, sent: &str) -> bool {
    let expected = seal(secret, "form", &[organisation.as_str(), browser_key]);
    let Some((mask, masked)) =
        sent.split_at_checked(64).and_then(|(mask, masked)| Some((bytes(mask)?, bytes(masked)?)))
    else {
        return false;
    };
    mixed(mask, masked).ct_eq(&expected).into()
}

fn bytes(text: &str) -> Option<[u8; 32]> {
    HEXLOWER.decode(text.as_bytes()).ok()?.try_into().ok()
}

fn mixed(one: [u8; 32], other: [u8; 32]) -> [u8; 32] {
    std::array::from_fn(|place| one[place] ^ other[place])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_of_one_browser_look_different_and_hold() {
        let (secret, organisation) = (Secret::random(), OrganisationId("shahrdari".to_owned()));
        let (one, other) = (form_token(&secret, &organisation, "key"), form_token(&secret, &organisation, "key"));
        assert_ne!(one, other);
        for token in [&one, &other] {
            assert!(is_form_token(&secret, &organisation, "key", token));
            assert!(!is_form_token(&secret, &organisation, "another key", token));
            assert!(!is_form_token(&secret, &OrganisationId("another".to_owned()), "key", token));
        }
        for forged in ["", "ض", &one[..127], &one.to_uppercase(), &"0".repeat(128)] {
            assert!(!is_form_token(&secret, &organisation, "key", forged));
        }
    }
}
