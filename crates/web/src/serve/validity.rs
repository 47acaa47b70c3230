//! From when and until when a certificate is valid, read out of its DER (RFC 5280, 4.1).
//!
//! These are two dates at a fixed place in a file of the operator's own; a library for the whole of X.509 would bring a dozen
//! others along.

use pishkhan_office::Moment;

const SEQUENCE: u8 = 0x30;
const VERSION: u8 = 0xa0;
const UTC_TIME: u8 = 0x17;
const GENERALIZED_TIME: u8 = 0x18;

/// Both moments; none when they can't be read.
pub fn of(certificate: &[u8]) -> Option<(Moment, Moment)> {
    let (tag, certificate, _) = element(certificate)?;
    let (inner, mut rest, _) = element(certificate)?;
    if (tag, inner) != (SEQUENCE, SEQUENCE) {
        return None;
    }
    if *rest.first()? == VERSION {
        rest = element(rest)?.2;
    }
    // The serial number, the signature's kind and the issuer stand before it.
    for _ in 0..3 {
        rest = element(rest)?.2;
    }
    let (_, validity, _) = element(rest)?;
    let (from_tag, from, rest) = element(validity)?;
    let (until_tag, until, _) = element(rest)?;
    Some((moment(from_tag, from)?, moment(until_tag, until)?))
}

/// The first element's tag and content, and what comes after it.
fn element(bytes: &[u8]) -> Option<(u8, &[u8], &[u8])> {
    let (&tag, bytes) = bytes.split_first()?;
    let (&first, mut bytes) = bytes.split_first()?;
    let mut length = usize::from(first);
    if first & 0x80 != 0 {
        let (digits, rest) = bytes.split_at_checked(usize::from(first & 0x7f).min(8))?;
        length = digits.iter().fold(0, |length, &digit| length << 8 | usize::from(digit));
        bytes = rest;
    }
    let (content, rest) = bytes.split_at_checked(length)?;
    Some((tag, content, rest))
}

/// `YYMMDDhhmmssZ`, or with four digits of the year.
fn moment(tag: u8, text: &[u8]) -> Option<Moment> {
    let text = std::str::from_utf8(text).ok()?.strip_suffix('Z')?;
    let (year, rest) = match tag {
        UTC_TIME => {
            let (year, rest) = text.split_at_checked(2)?;
            let year: i64 = year.parse().ok()?;
            (if year < 50 { 2000 + year } else { 1900 + year }, rest)
        }
        GENERALIZED_TIME => {
            let (year, rest) = text.split_at_checked(4)?;
            (year.parse().ok()?, rest)
        }
        _ => return None,
    };
    let part = |at: usize| rest.get(at..at + 2)?.parse::<i64>().ok();
    let days = days_since_1970(year, part(0)?, part(2)?);
    Some(Moment((((days * 24 + part(4)?) * 60 + part(6)?) * 60 + part(8)?) * 1000))
}

/// Of the Gregorian calendar; the year is counted from March, so that a leap day is its last.
fn days_since_1970(year: i64, month: i64, day: i64) -> i64 {
    let year = if month < 3 { year - 1 } else { year };
    let since_march = (month + 9) % 12;
    let leap_days = year.div_euclid(4) - year.div_euclid(100) + year.div_euclid(400);
    365 * year + leap_days + (153 * since_march + 2) / 5 + day - 719_469
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_counted_as_the_calendar_does() {
        assert_eq!(days_since_1970(1970, 1, 1), 0);
        assert_eq!(days_since_1970(1969, 12, 31), -1);
        assert_eq!(days_since_1970(2000, 3, 1), 11_017);
        assert_eq!(days_since_1970(2024, 2, 29), 19_782);
        assert_eq!(moment(UTC_TIME, b"260101000000Z"), Some(Moment(1_767_225_600_000)));
        assert_eq!(moment(GENERALIZED_TIME, b"20260101000001Z"), Some(Moment(1_767_225_601_000)));
        assert_eq!(moment(UTC_TIME, b"991231235959Z"), Some(Moment(946_684_799_000)));
        assert_eq!(moment(UTC_TIME, b"2601"), None);
    }

    #[test]
    fn what_is_no_certificate_has_no_dates() {
        for bytes in [&b""[..], b"\x30", b"\x30\x82", b"\x30\xff\xff", b"\x30\x03\x30\x01\xa0", b"text"] {
            assert_eq!(of(bytes), None);
        }
    }
}
