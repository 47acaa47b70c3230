//! The organisation: its names and its address. Pure.

use pishkhan_persian::Language;
use pishkhan_store::OrganisationId;

#[derive(Clone, Debug)]
pub struct Organisation {
    pub id: OrganisationId,
    pub name: String,
    pub name_english: String,
    /// Scheme and host, with the port if it has one, without a slash at the end; all links are built from it.
    pub base_url: String,
}

impl Organisation {
    /// The name in that language.
    pub fn name_in(&self, language: Language) -> &str {
        match language {
            Language::English if !self.name_english.is_empty() => &self.name_english,
            Language::Persian | Language::English => &self.name,
        }
    }

    /// The host of the base URL, without the port: what the last line of a code message is bound to.
    pub fn host(&self) -> &str {
        host_of(&self.base_url)
    }

    /// Whether the base URL is HTTPS, so that cookies may be of the strict kind.
    pub fn is_secure(&self) -> bool {
        self.base_url.starts_with("https://")
    }
}

/// The host in a URL of the form `scheme://host[:port]`.
pub(super) fn host_of(base_url: &str) -> &str {
    let rest = base_url.split_once("://").map_or(base_url, |(_, rest)| rest);
    let end = rest.find(['/', ':']).unwrap_or(rest.len());
    &rest[..end]
}
