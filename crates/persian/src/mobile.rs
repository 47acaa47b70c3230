//! Mobile numbers of Iran, in any spelling. The prefix is never judged: numbers move between operators and new
//! prefixes keep coming.

use std::fmt;

use crate::signs;

/// A mobile number. Two spellings of one number are equal.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Mobile(String);

/// Why what was typed is no mobile number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MobileError {
    /// Nothing was typed.
    Empty,
    /// It isn't 09 and nine digits, in whatever spelling.
    Malformed,
}

impl Mobile {
    /// Reads a number typed with any digits and any spaces, dashes, dots, brackets or invisible signs, with or without
    /// the country code: `۰۹۱۲…`, `912…`, `98912…`, `0098912…`, `+98 (0)912…`.
    pub fn parse(typed: &str) -> Result<Mobile, MobileError> {
        let number = signs::bare(typed);
        if number.is_empty() {
            return Err(MobileError::Empty);
        }
        let (prefix, subscriber) = number
            .len()
            .checked_sub(SUBSCRIBER_LENGTH)
            .and_then(|middle| number.split_at_checked(middle))
            .ok_or(MobileError::Malformed)?;
        let is_mobile = subscriber.starts_with('9') && subscriber.bytes().all(|sign| sign.is_ascii_digit());
        if is_mobile && PREFIXES.contains(&prefix) {
            Ok(Mobile(format!("+98{subscriber}")))
        } else {
            Err(MobileError::Malformed)
        }
    }

    /// The stored form: `+989123456789`.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// As it is dialled in Iran: `09123456789`.
    pub fn national(&self) -> String {
        format!("0{}", self.subscriber())
    }

    /// As it is read: `0912 345 6789`, in ASCII digits.
    pub fn grouped(&self) -> String {
        let number = self.subscriber();
        format!("0{} {} {}", &number[..3], &number[3..6], &number[6..])
    }

    /// Enough to recognise one's own number: `0912***6789`.
    pub fn masked(&self) -> String {
        let number = self.subscriber();
        format!("0{}***{}", &number[..3], &number[6..])
    }

    fn subscriber(&self) -> &str {
        &self.0["+98".len()..]
    }
}

/// Masked, so that no log carries a number.
impl fmt::Debug for Mobile {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "Mobile({})", self.masked())
    }
}

const SUBSCRIBER_LENGTH: usize = 10;

/// What may stand before the ten digits; the zero after the country code is that of `+98 (0)9…`.
const PREFIXES: [&str; 8] = ["", "0", "98", "980", "0098", "00980", "+98", "+980"];
