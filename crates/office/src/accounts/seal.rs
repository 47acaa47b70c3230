//! HMACs under the server's secret, each for one purpose, so that none can be passed off for another.

use data_encoding::HEXLOWER;
use hmac::{Hmac, KeyInit, Mac};
use pishkhan_store::Secret;
use sha2::Sha256;
use subtle::ConstantTimeEq;

/// The seal of these parts. Their lengths are sealed too, so that no sign can move from one part to the next.
pub(crate) fn seal(secret: &Secret, purpose: &str, parts: &[&str]) -> [u8; 32] {
    let mut mac = Hmac::<Sha256>::new_from_slice(secret.bytes()).expect("an HMAC takes a key of any length");
    for part in [purpose].iter().chain(parts) {
        mac.update(&(part.len() as u64).to_be_bytes());
        mac.update(part.as_bytes());
    }
    mac.finalize().into_bytes().into()
}

/// The seal as text.
pub(crate) fn sealed(secret: &Secret, purpose: &str, parts: &[&str]) -> String {
    HEXLOWER.encode(&seal(secret, purpose, parts))
}

/// Whether two texts are the same, in a time that tells nothing.
pub(crate) fn is_same(one: &str, other: &str) -> bool {
    one.as_bytes().ct_eq(other.as_bytes()).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_sign_moves_between_parts_and_purposes() {
        let secret = Secret::random();
        assert_eq!(seal(&secret, "a", &["b", "c"]), seal(&secret, "a", &["b", "c"]));
        assert_ne!(seal(&secret, "a", &["bc", ""]), seal(&secret, "a", &["b", "c"]));
        assert_ne!(seal(&secret, "ab", &["c"]), seal(&secret, "a", &["b", "c"]));
        assert_ne!(seal(&Secret::random(), "a", &["b"]), seal(&secret, "a", &["b"]));
    }
}
