//! The receipt code: 128 random bits, too many to guess. People speak of the short form, machines use the full one.

use std::fmt;

use crate::signs;

/// The code of one receipt.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct ReceiptCode(u128);

/// Why what was typed is no receipt code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReceiptCodeError {
    /// It isn't 26 signs long.
    WrongLength,
    /// A sign that the code doesn't use, or a first sign above 7, which no 128 bits have.
    Malformed,
}

impl ReceiptCode {
    /// The code that these random bits are.
    pub fn from_random(random: u128) -> Self {
        ReceiptCode(random)
    }

    /// Reads the full form, in large or small letters, with any digits, spaces, hyphens and invisible signs; o is read
    /// as 0, i and l as 1, as Crockford's base 32 has it.
    pub fn parse(typed: &str) -> Result<Self, ReceiptCodeError> {
        let code = signs::bare(typed);
        if code.chars().count() != LENGTH {
            return Err(ReceiptCodeError::WrongLength);
        }
        let bits = code.chars().try_fold(0_u128, |bits, sign| {
            let has_room = bits >> (128 - 5) == 0;
            value(sign).filter(|_| has_room).map(|value| bits << 5 | value)
        });
        bits.map(ReceiptCode).ok_or(ReceiptCodeError::Malformed)
    }

    /// The random bits.
    pub fn bits(self) -> u128 {
        self.0
    }

    /// The stored form, fit for a URL: 26 small letters and digits.
    pub fn full(self) -> String {
        (0..LENGTH).rev().map(|place| sign(self.0 >> (5 * place))).collect()
    }

    /// The full form as it is printed, in groups of four with hyphens.
    pub fn grouped(self) -> String {
        let signs: Vec<char> = self.full().chars().collect();
        let groups: Vec<String> = signs.chunks(4).map(|group| group.iter().collect()).collect();
        groups.join("-")
    }

    /// Seven digits for talking about a receipt: `582-0194`. They give away 23 of the 128 bits, find nothing by
    /// themselves and may belong to two receipts.
    pub fn short(self) -> String {
        let digits = self.0 % 10_000_000;
        format!("{:03}-{:04}", digits / 10_000, digits % 10_000)
    }
}

/// The short form only, so that no log carries a code.
impl fmt::Debug for ReceiptCode {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "ReceiptCode({})", self.short())
    }
}

/// 26 signs of 5 bits hold 130, so the first is 7 at most.
const LENGTH: usize = 26;

/// Crockford's base 32: without i, l, o, which look like digits, and u.
const ALPHABET: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";

fn sign(bits: u128) -> char {
    ALPHABET.iter().zip(0_u128..).find(|(_, value)| *value == bits & 31).map_or('0', |(sign, _)| char::from(*sign))
}

fn value(sign: char) -> Option<u128> {
    let sign = match sign.to_ascii_lowercase() {
        'o' => '0',
        'i' | 'l' => '1',
        other => other,
    };
    ALPHABET.iter().zip(0_u128..).find(|(known, _)| char::from(**known) == sign).map(|(_, value)| value)
}
