//! By what a message reaches a person.

use serde::{Deserialize, Serialize};

/// By what a message reaches a person.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Channel {
    /// A message to a mobile number.
    Sms,
    /// A letter to an e-mail address.
    Mail,
}

impl Channel {
    /// The channel of a recipient: a number `+989…`, or an address.
    pub fn of(to: &str) -> Channel {
        if to.contains('@') { Channel::Mail } else { Channel::Sms }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_known_by_its_sign() {
        assert_eq!(Channel::of("maryam@example.ir"), Channel::Mail);
        assert_eq!(Channel::of("+989121234567"), Channel::Sms);
    }
}
