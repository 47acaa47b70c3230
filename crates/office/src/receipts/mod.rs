//! The receipt that a sender gets at submission, before anybody reviews: a code, the moment, and what exactly was handed in.

use pishkhan_persian::ReceiptCode;
use sha2::{Digest, Sha256};

use crate::ids::random_bytes;

/// A receipt code: 128 random bits.
pub fn new_code() -> ReceiptCode {
    ReceiptCode::from_random(u128::from_le_bytes(random_bytes()))
}

/// The SHA-256 of the typed text, in lower-case hexadecimal, over its UTF-8 bytes as stored.
pub fn text_digest(text: &str) -> String {
    bytes_digest(text.as_bytes())
}

/// The SHA-256 of bytes, in lower-case hexadecimal.
pub(crate) fn bytes_digest(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

pub(crate) fn hex(bytes: &[u8]) -> String {
    data_encoding::HEXLOWER.encode(bytes)
}
