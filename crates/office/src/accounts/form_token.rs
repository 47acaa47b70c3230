//! Form tokens: a form is only good in the browser that it was made for (security.md TH13).

use pishkhan_store::{OrganisationId, Secret};

use super::seal::{is_same, sealed};
use crate::ids::random_bytes;

/// A new key for a browser to keep; its forms are bound to it.
pub fn new_browser_key() -> String {
    data_encoding::BASE64URL_NOPAD.encode(&random_bytes::<24>())
}

/// The token of all forms of that browser at that organisation.
pub fn form_token(secret: &Secret, organisation: &OrganisationId, browser_key: &str) -> String {
    sealed(secret, "form", &[organisation.as_str(), browser_key])
}

/// Whether a form's token is the expected one, in a time that tells nothing.
pub fn is_form_token(sent: &str, expected: &str) -> bool {
    is_same(sent, expected)
}
