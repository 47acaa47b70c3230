//! Identifiers that the state gives: of people, of companies and of addresses. Each function gives the stored form, in
//! ASCII digits. Foreign nationals have none of these, so none may ever be asked for as a condition.

use crate::signs;

/// Why what was typed is no such identifier.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum IdentifierError {
    /// Nothing was typed.
    Empty,
    /// It has a wrong length, something besides digits, or can't have been given to anybody.
    Malformed,
    /// The last digit doesn't fit the others: most likely one was mistyped.
    WrongCheckDigit,
}

/// کد ملی, the ten digits of a person. Zeros that a spreadsheet ate are put back. The first three digits, the place,
/// are not judged, since lists of places go stale.
pub fn national_id(typed: &str) -> Result<String, IdentifierError> {
    let typed = only_digits(typed)?;
    if !(8..=10).contains(&typed.len()) {
        return Err(IdentifierError::Malformed);
    }
    let id = format!("{typed:0>10}");
    refuse_one_repeated_digit(&id)?;
    let digits = values(&id);
    let sum: u32 = (2..=10).rev().zip(&digits).map(|(weight, digit)| weight * digit).sum();
    let check = match sum % 11 {
        rest @ 0..2 => rest,
        rest => 11 - rest,
    };
    if digits[9] == check { Ok(id) } else { Err(IdentifierError::WrongCheckDigit) }
}

/// شناسه ملی, the eleven digits of a legal person.
pub fn legal_id(typed: &str) -> Result<String, IdentifierError> {
    let id = only_digits(typed)?;
    if id.len() != 11 || &id[3..9] == "000000" {
        return Err(IdentifierError::Malformed);
    }
    refuse_one_repeated_digit(&id)?;
    let digits = values(&id);
    let shift = digits[9] + 2;
    let sum: u32 = LEGAL_WEIGHTS.iter().zip(&digits).map(|(weight, digit)| weight * (digit + shift)).sum();
    if digits[10] == sum % 11 % 10 { Ok(id) } else { Err(IdentifierError::WrongCheckDigit) }
}

/// کد پستی, the ten digits of an address. Stricter patterns circulate, but they refuse people with real addresses.
pub fn postal_code(typed: &str) -> Result<String, IdentifierError> {
    let code = only_digits(typed)?;
    if code.len() != 10 || code.starts_with('0') {
        return Err(IdentifierError::Malformed);
    }
    refuse_one_repeated_digit(&code)?;
    Ok(code)
}

const LEGAL_WEIGHTS: [u32; 10] = [29, 27, 23, 19, 17, 29, 27, 23, 19, 17];

fn only_digits(typed: &str) -> Result<String, IdentifierError> {
    let bare = signs::bare(typed);
    if bare.is_empty() {
        Err(IdentifierError::Empty)
    } else if bare.bytes().all(|sign| sign.is_ascii_digit()) {
        Ok(bare)
    } else {
        Err(IdentifierError::Malformed)
    }
}

/// 1111111111 passes the arithmetic and was never given to anybody.
fn refuse_one_repeated_digit(digits: &str) -> Result<(), IdentifierError> {
    let first = digits.chars().next();
    if digits.chars().all(|digit| Some(digit) == first) { Err(IdentifierError::Malformed) } else { Ok(()) }
}

fn values(digits: &str) -> Vec<u32> {
    digits.bytes().map(|digit| u32::from(digit - b'0')).collect()
}
