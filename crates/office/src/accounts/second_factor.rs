//! The second factor of staff: codes of an authenticator app by RFC 6238, SHA-1, six digits, 30 seconds, one step either way.

use data_encoding::BASE32_NOPAD;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use pishkhan_store::{Moment, OrganisationId};
use totp_rs::{Builder, Secret, Totp};

use crate::ids::random_bytes;

/// A new secret for an app, in base32: 160 random bits.
pub fn new_secret() -> String {
    BASE32_NOPAD.encode(&random_bytes::<20>())
}

/// The code that an app with this secret shows at this moment, for the demo and for tests; none for a damaged secret.
pub fn code_at(secret: &str, now: Moment) -> Option<String> {
    Some(totp(secret)?.generate(seconds(now)).to_string())
}

/// The address that an app reads from a QR code.
pub(super) fn otpauth_url(organisation: &OrganisationId, email: &str, secret: &str) -> String {
    let issuer = format!("Pishkhan {}", organisation.as_str());
    let issuer = utf8_percent_encode(&issuer, NON_ALPHANUMERIC);
    let email = utf8_percent_encode(email, NON_ALPHANUMERIC);
    format!("otpauth://totp/{issuer}:{email}?secret={secret}&issuer={issuer}&algorithm=SHA1&digits=6&period=30")
}

/// The time step whose code this is, if it is one of the steps around now; the caller uses the step up.
pub(super) fn step_of(secret: &str, digits: &str, now: Moment) -> Option<i64> {
    let step = totp(secret)?.check(digits, seconds(now))?;
    i64::try_from(step).ok()
}

fn totp(secret: &str) -> Option<Totp> {
    let secret = Secret::try_from_base32(secret).ok()?;
    Builder::new().with_secret(secret).build().ok()
}

fn seconds(now: Moment) -> u64 {
    u64::try_from(now.0.div_euclid(1_000)).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The secret of RFC 6238's test vectors: the digits 1 to 0, twice.
    const RFC: &str = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";

    fn at(seconds: i64) -> Moment {
        Moment(seconds * 1_000)
    }

    #[test]
    fn the_vectors_of_rfc_6238_hold() {
        for (seconds, code) in [(59, "287082"), (1_111_111_109, "081804"), (2_000_000_000, "279037")] {
            assert_eq!(code_at(RFC, at(seconds)).as_deref(), Some(code));
            assert_eq!(step_of(RFC, code, at(seconds)), Some(seconds / 30));
        }
    }

    #[test]
    fn one_step_either_way_is_taken_and_no_more() {
        for (seconds, is_taken) in [(0, true), (89, true), (90, false)] {
            assert_eq!(step_of(RFC, "287082", at(seconds)), is_taken.then_some(1));
        }
    }

    #[test]
    fn new_secrets_work_and_differ() {
        let secret = new_secret();
        assert!(code_at(&secret, at(0)).is_some());
        assert_ne!(secret, new_secret());
        assert!(step_of("not base32!", "287082", at(59)).is_none());
        assert!(step_of(RFC, "", at(59)).is_none());
    }

    #[test]
    fn the_address_for_apps_is_escaped() {
        let url = otpauth_url(&OrganisationId("demo".into()), "a+b@example.ir", RFC);
        assert_eq!(
            url,
            format!(
                "otpauth://totp/Pishkhan%20demo:a%2Bb%40example%2Eir?secret={RFC}&issuer=Pishkhan%20demo\
                 &algorithm=SHA1&digits=6&period=30"
            )
        );
    }
}
