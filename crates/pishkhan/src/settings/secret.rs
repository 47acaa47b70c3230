//! A text that doesn't show up in logs: the database's address with its password, a provider's key.

use serde::Deserialize;

/// A text whose `Debug` hides it. Read it with [`Secret::reveal`], where it is used and nowhere else.
#[derive(Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(transparent)]
pub struct Secret(String);

impl Secret {
    /// The text itself.
    pub fn reveal(&self) -> &str {
        &self.0
    }

    /// Whether nothing was set.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl std::fmt::Debug for Secret {
    fn fmt(&self, to: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        to.write_str(if self.is_empty() { "(empty)" } else { "(hidden)" })
    }
}
