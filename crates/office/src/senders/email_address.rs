//! E-mail addresses of senders.

use std::fmt;

use pishkhan_persian::digits::to_ascii;
use pishkhan_persian::text::stored_line;

/// Longer ones reach nobody (RFC 5321).
const LONGEST: usize = 254;
const LONGEST_NAME: usize = 64;

/// An address, as it is written to.
#[derive(Clone, PartialEq, Eq)]
pub struct EmailAddress(String);

impl EmailAddress {
    /// Reads what somebody typed. Only what any mail server takes without quotes is an address: a name, and a host with a dot.
    pub fn parse(typed: &str) -> Option<EmailAddress> {
        let start: String = typed.chars().take(2 * LONGEST).collect();
        let text = to_ascii(&stored_line(&start));
        let (name, host) = text.trim().rsplit_once('@')?;
        let is_name = (1..=LONGEST_NAME).contains(&name.len())
            && name.split('.').all(|part| !part.is_empty())
            && name.bytes().all(|sign| sign.is_ascii_alphanumeric() || b".!#$%&'*+-/=?^_`{|}~".contains(&sign));
        let is_label = |label: &str| {
            (1..=63).contains(&label.len())
                && label.bytes().all(|sign| sign.is_ascii_alphanumeric() || sign == b'-')
                && !label.starts_with('-')
                && !label.ends_with('-')
        };
        let is_host = host.contains('.') && host.split('.').all(is_label);
        let address = format!("{name}@{}", host.to_ascii_lowercase());
        (is_name && is_host && address.len() <= LONGEST).then_some(EmailAddress(address))
    }

    /// The address in a row; None where there is none.
    pub(crate) fn stored(text: &str) -> Option<EmailAddress> {
        (!text.is_empty()).then(|| EmailAddress(text.to_owned()))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// An address must not slip into a log.
impl fmt::Debug for EmailAddress {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("EmailAddress(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_read_as_people_type_them() {
        for (typed, read) in [
            ("maryam@example.ir", "maryam@example.ir"),
            (" Maryam.Ahmadi+pishkhan@Example.IR ", "Maryam.Ahmadi+pishkhan@example.ir"),
            ("maryam۱۲@example.ir", "maryam12@example.ir"),
            ("\u{200e}maryam@mail.example.co\u{200f}", "maryam@mail.example.co"),
        ] {
            assert_eq!(EmailAddress::parse(typed).expect("an address").as_str(), read);
        }
    }

    #[test]
    fn what_no_server_takes_is_no_address() {
        let long = format!("{}@example.ir", "a".repeat(65));
        for typed in [
            "",
            "@",
            "maryam",
            "maryam@",
            "@example.ir",
            "maryam@example",
            "mar yam@example.ir",
            "maryam@exa mple.ir",
            "maryam@@example.ir",
            "a..b@example.ir",
            ".a@example.ir",
            "maryam@-example.ir",
            "maryam@example..ir",
            "\"maryam\"@example.ir",
            "مریم@example.ir",
            "a@example.ir,b@example.ir",
            "a@example.ir\nBcc: b@example.ir",
            &long,
        ] {
            assert!(EmailAddress::parse(typed).is_none(), "{typed}");
        }
    }

    #[test]
    fn nothing_of_it_is_printed() {
        let address = EmailAddress::parse("maryam@example.ir").expect("an address");
        assert_eq!(format!("{address:?}"), "EmailAddress(…)");
    }
}
