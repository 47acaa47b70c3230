//! Tokens that browsers and links carry: 256 random bits, of which the tables hold only the hash.

use std::fmt;
use std::marker::PhantomData;

use data_encoding::{BASE64URL_NOPAD, HEXLOWER};
use sha2::{Digest, Sha256};

use crate::ids::random_bytes;

/// The right to go on with a `T`: whoever shows it, has it. Never logged, never stored.
pub struct Token<T> {
    text: String,
    of: PhantomData<fn() -> T>,
}

pub type SignInToken = Token<super::sign_in::Pending>;
pub type SessionToken = Token<super::sessions::Session>;
/// It opens nothing: it only says that somebody was signed in here before.
pub type DeviceToken = Token<super::devices::NewDevice>;
pub type SecondFactorToken = Token<super::staff_sign_in::Entered>;
pub type InvitationToken = Token<super::invitation::Invitation>;

impl<T> Token<T> {
    pub(super) fn random() -> Token<T> {
        Token { text: BASE64URL_NOPAD.encode(&random_bytes::<32>()), of: PhantomData }
    }

    /// The token that somebody sent us, if it has the form of one.
    pub fn parse(text: &str) -> Option<Token<T>> {
        let is_token = text.len() == 43 && text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_');
        is_token.then(|| Token { text: text.to_owned(), of: PhantomData })
    }

    /// As cookies and links carry it.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// As the tables know it. A plain hash will do, since 256 random bits can't be guessed.
    pub(super) fn hash(&self) -> String {
        HEXLOWER.encode(&Sha256::digest(self.text.as_bytes()))
    }
}

// By hand, since a derive would ask the same of `T`.
impl<T> Clone for Token<T> {
    fn clone(&self) -> Self {
        Token { text: self.text.clone(), of: PhantomData }
    }
}

/// A right must not slip into a log.
impl<T> fmt::Debug for Token<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Token(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_is_read_back_and_never_shown() {
        let token = SessionToken::random();
        let again = SessionToken::parse(token.as_str()).expect("its own form");
        assert_eq!(again.hash(), token.hash());
        assert_eq!(format!("{token:?}"), "Token(…)");
    }

    #[test]
    fn other_texts_are_no_tokens() {
        for text in ["", "short", &"=".repeat(43), &"ض".repeat(43), &"a".repeat(44)] {
            assert!(SessionToken::parse(text).is_none());
        }
    }
}
