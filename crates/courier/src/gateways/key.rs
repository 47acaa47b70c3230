//! Keys and passwords of gateways: told to the gateway, and to nobody else.

use std::fmt;

use serde::{Deserialize, Serialize};

/// A key, a token or a password. It is stored and sent, and printed never.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Key(String);

impl Key {
    /// A key of this text.
    pub fn new(text: impl Into<String>) -> Key {
        Key(text.into())
    }

    /// The text itself, for the request and for nothing else.
    pub fn reveal(&self) -> &str {
        &self.0
    }

    /// Whether nothing was set.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl fmt::Debug for Key {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        to.write_str(if self.is_empty() { "(empty)" } else { "(hidden)" })
    }
}
