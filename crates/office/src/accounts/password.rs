//! Passwords of staff: argon2id, any signs, no rules of composition, only nothing that is guessed first (NIST SP 800-63B).

use std::sync::Arc;

use argon2::{Algorithm, Argon2, Params, PasswordHasher, PasswordVerifier, Version};
use tokio::sync::Semaphore;
use tokio::task::spawn_blocking;
use zxcvbn::{Score, zxcvbn};

/// A password that may be set.
#[derive(Clone)]
pub struct NewPassword(String);

/// Why a password may not be set.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PasswordError {
    #[error("a password has at least 8 characters")]
    TooShort,
    #[error("a password has at most 128 characters")]
    TooLong,
    /// It would be guessed within a million tries.
    #[error("this password is too easy to guess; take a longer one, such as four words that don't belong together")]
    TooCommon,
}

/// A password as it is stored: a PHC string of argon2id.
#[derive(Clone, PartialEq, Eq)]
pub struct PasswordHash(String);

impl NewPassword {
    /// Checks what was typed; `about` is what others know of the person: name and address.
    pub fn parse(typed: &str, about: &[&str]) -> Result<NewPassword, PasswordError> {
        match typed.chars().count() {
            ..8 => Err(PasswordError::TooShort),
            129.. => Err(PasswordError::TooLong),
            8..=128 if zxcvbn(typed, about).score() < Score::Two => Err(PasswordError::TooCommon),
            8..=128 => Ok(NewPassword(typed.to_owned())),
        }
    }
}

/// Hashes a password. It takes tens of milliseconds on a thread of its own: never while a transaction is open.
pub async fn hash(password: NewPassword) -> PasswordHash {
    let hash = spared(move || argon2().hash_password(password.0.as_bytes()).map(|hash| hash.to_string())).await;
    PasswordHash(hash.expect("argon2 takes any password of this length, and the system's generator works"))
}

/// Whether the password is the one that was set. Without a hash it takes as long, so that nobody learns who is known here.
pub(super) async fn verify(typed: &str, hash: Option<&PasswordHash>) -> bool {
    let is_known = hash.is_some();
    let (typed, hash) = (typed.to_owned(), hash.map_or(DUMMY, PasswordHash::as_str).to_owned());
    let is_right = spared(move || {
        argon2::PasswordHash::new(&hash).is_ok_and(|hash| argon2().verify_password(typed.as_bytes(), &hash).is_ok())
    });
    is_right.await && is_known
}

impl PasswordHash {
    pub(super) fn stored(text: String) -> PasswordHash {
        PasswordHash(text)
    }

    pub(super) fn as_str(&self) -> &str {
        &self.0
    }
}

/// A password or its hash must not slip into a log.
impl std::fmt::Debug for PasswordHash {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("PasswordHash(…)")
    }
}

/// A password or its hash must not slip into a log.
impl std::fmt::Debug for NewPassword {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("NewPassword(…)")
    }
}

/// The hash of nothing, at the same cost as a true one.
const DUMMY: &str = "$argon2id$v=19$m=19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

/// The first of OWASP's parameters for argon2id that ask for 19 MiB.
fn argon2() -> Argon2<'static> {
    let params = Params::new(19_456, 2, 1, None).expect("OWASP's parameters are within argon2's bounds");
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
}

/// Runs `work` on a thread for work that blocks, at most four at once: each takes 19 MiB, and a flood of sign-ins must not take
/// the memory of all.
async fn spared<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> T {
    static PLACES: std::sync::LazyLock<Arc<Semaphore>> = std::sync::LazyLock::new(|| Arc::new(Semaphore::new(4)));
    let place = PLACES.clone().acquire_owned().await.expect("nobody closes it");
    // The place goes along: a caller who goes away doesn't stop the work.
    let done = spawn_blocking(move || {
        let _place = place;
        work()
    });
    done.await.expect("hashing doesn't panic, and the runtime outlives its callers")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn common_short_and_personal_passwords_are_refused() {
        let about = ["maryam.karimi@example.ir", "Maryam Karimi"];
        let refused = |typed: &str| NewPassword::parse(typed, &about).expect_err("refused");
        assert_eq!(refused("a1!B"), PasswordError::TooShort);
        assert_eq!(refused(&"x".repeat(129)), PasswordError::TooLong);
        assert_eq!(refused("password1"), PasswordError::TooCommon);
        assert_eq!(refused("12345678"), PasswordError::TooCommon);
        assert_eq!(refused("maryam.karimi@example.ir"), PasswordError::TooCommon);
    }

    #[test]
    fn any_signs_will_do() {
        for typed in ["گربه‌ی آبی روی دیوار", "correct horse battery staple", "    tK9 \u{1f600} vw   "]
        {
            assert!(NewPassword::parse(typed, &[]).is_ok());
        }
    }

    #[tokio::test]
    async fn only_the_same_password_is_right() {
        let typed = "گربه‌ی آبی روی دیوار";
        let hash = hash(NewPassword::parse(typed, &[]).expect("a good password")).await;
        assert!(hash.as_str().starts_with("$argon2id$v=19$m=19456,t=2,p=1$"));
        assert!(verify(typed, Some(&hash)).await);
        assert!(!verify("گربه‌ی آبی روی دیوار ", Some(&hash)).await);
        assert!(!verify(typed, None).await);
    }

    #[test]
    fn the_dummy_is_a_true_hash() {
        let dummy = argon2::PasswordHash::new(DUMMY).expect("a PHC string");
        let wrong = argon2().verify_password(b"anything", &dummy).expect_err("of nothing");
        assert_eq!(wrong, argon2::password_hash::Error::PasswordInvalid);
    }
}
