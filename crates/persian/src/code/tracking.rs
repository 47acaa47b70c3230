//! The tracking code: twelve digits, because people read it aloud and type it on keypads. The last is a Damm check
//! digit, which finds every single wrong digit and every two neighbours that were swapped.

use std::fmt;

use crate::signs;

/// A tracking code with a right check digit. It is no right: whoever has it sees status, number and dates.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct TrackingCode(String);

/// Why what was typed is no tracking code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TrackingCodeError {
    /// It isn't twelve digits: something is missing, too much, or no digit.
    WrongLength,
    /// Twelve digits, but one of them was mistyped.
    WrongCheckDigit,
}

impl TrackingCode {
    /// The code for 64 random bits: eleven digits of them and the check digit. The rest of dividing 2⁶⁴ by 10¹¹ makes
    /// the lower codes more likely by one part in 180 million, which helps nobody to guess.
    pub fn from_random(random: u64) -> Self {
        let payload = format!("{:011}", random % 100_000_000_000);
        let check = damm(&payload);
        TrackingCode(format!("{payload}{check}"))
    }

    /// Reads a code typed with any digits and any spaces, hyphens or invisible signs.
    pub fn parse(typed: &str) -> Result<Self, TrackingCodeError> {
        let code = signs::bare(typed);
        if code.len() != LENGTH || !code.bytes().all(|sign| sign.is_ascii_digit()) {
            return Err(TrackingCodeError::WrongLength);
        }
        // A number with its check digit behind it always ends in state 0.
        if damm(&code) == 0 { Ok(TrackingCode(code)) } else { Err(TrackingCodeError::WrongCheckDigit) }
    }

    /// The stored form: twelve ASCII digits.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// As it is read: `1234-5678-9012`.
    pub fn grouped(&self) -> String {
        format!("{}-{}-{}", &self.0[..4], &self.0[4..8], &self.0[8..])
    }
}

/// Masked, so that no log carries a code.
impl fmt::Debug for TrackingCode {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "TrackingCode({}-****-****)", &self.0[..4])
    }
}

const LENGTH: usize = 12;

fn damm(digits: &str) -> u8 {
    digits.bytes().fold(0, |state, digit| DAMM[usize::from(state)][usize::from(digit - b'0')])
}

/// The quasigroup of order 10 in H. Michael Damm's thesis, "Total anti-symmetrische Quasigruppen", 2004.
const DAMM: [[u8; 10]; 10] = [
    [0, 3, 1, 7, 5, 9, 8, 6, 4, 2],
    [7, 0, 9, 2, 1, 5, 4, 8, 6, 3],
    [4, 2, 0, 6, 8, 7, 1, 3, 5, 9],
    [1, 7, 5, 0, 9, 8, 3, 4, 2, 6],
    [6, 1, 2, 3, 0, 4, 5, 9, 7, 8],
    [3, 6, 7, 4, 2, 0, 9, 5, 8, 1],
    [5, 8, 6, 9, 7, 2, 0, 1, 3, 4],
    [8, 9, 4, 5, 3, 6, 2, 0, 1, 7],
    [9, 4, 3, 8, 6, 1, 7, 2, 0, 5],
    [2, 5, 8, 1, 4, 3, 6, 7, 9, 0],
];
