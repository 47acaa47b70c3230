//! The key that bytes lie under: made by us alone, from ids and sums, and safe as a path and as a name in a bucket.

use std::fmt::{self, Write};

use pishkhan_store::OrganisationId;

/// Where on a shelf something lies: parts of lower-case letters, digits and hyphens between slashes, the last perhaps with an
/// ending of ours. It begins with the organisation, so that one folder holds all that is an organisation's.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Key {
    path: String,
    sha256: Option<String>,
    has_own_folder: bool,
}

impl Key {
    /// A stored file: `<organisation>/<first two>/<sha256>`. It names its content, so reading it back checks the sum.
    pub fn blob(organisation: &OrganisationId, sha256: &str) -> Key {
        let sum = part(sha256);
        let first_two = sum.get(..2).unwrap_or(&sum);
        let path = format!("{}/{first_two}/{sum}", owner(organisation));
        Key { path, sha256: Some(sha256.to_owned()), has_own_folder: false }
    }

    /// The picture of one page: `<organisation>/previews/<sha256>/<page>-<width>.webp`. The sum is that of the pictured file.
    pub fn preview(organisation: &OrganisationId, sha256: &str, page: u32, width: u32) -> Key {
        let path = format!("{}/previews/{}/{page}-{width}.webp", owner(organisation), part(sha256));
        Key { path, sha256: None, has_own_folder: true }
    }

    /// A piece of an upload that goes on later: `<organisation>/uploads/<upload>/<offset>`, sorted as text as by number.
    pub fn piece(organisation: &OrganisationId, upload: &str, offset: u64) -> Key {
        let path = format!("{}/uploads/{}/{offset:020}", owner(organisation), part(upload));
        Key { path, sha256: None, has_own_folder: true }
    }

    /// The key as a relative path: never empty, never climbing, never absolute.
    pub fn as_str(&self) -> &str {
        &self.path
    }

    /// The SHA-256 of what lies here, in hex, where the key names its content.
    pub(super) fn sha256(&self) -> Option<&str> {
        self.sha256.as_deref()
    }

    /// Whether its folder belongs to one file or upload, and goes when the last key in it goes.
    pub(super) fn has_own_folder(&self) -> bool {
        self.has_own_folder
    }
}

impl fmt::Debug for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.path)
    }
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.path)
    }
}

/// The folder of an organisation. What is still coming in may lie beside them all, in `incoming`.
fn owner(organisation: &OrganisationId) -> String {
    match organisation.as_str() {
        "incoming" => "_incoming".to_owned(),
        id => part(id),
    }
}

/// One part of a path. The ids that we give hold lower-case letters, digits and hyphens only; whatever else a row might hold is
/// written as `_` and two hex digits, so that two texts are never the same part, not even on a disk that ignores case.
fn part(text: &str) -> String {
    // The house as a whole has the empty id.
    if text.is_empty() {
        return "_".to_owned();
    }
    let mut part = String::with_capacity(text.len());
    for byte in text.bytes() {
        match byte {
            b'a'..=b'z' | b'0'..=b'9' | b'-' => part.push(char::from(byte)),
            _ => write!(part, "_{byte:02x}").expect("a String takes all that is written"),
        }
    }
    part
}

#[cfg(test)]
mod tests {
    use super::*;

    fn organisation(id: &str) -> OrganisationId {
        OrganisationId(id.to_owned())
    }

    #[test]
    fn a_key_is_what_the_handbook_says() {
        let office = organisation("shahrdari");
        assert_eq!(Key::blob(&office, "ab12").as_str(), "shahrdari/ab/ab12");
        assert_eq!(Key::preview(&office, "ab12", 3, 900).as_str(), "shahrdari/previews/ab12/3-900.webp");
        assert_eq!(Key::blob(&organisation("incoming"), "ab12").as_str(), "_incoming/ab/ab12");
        assert_eq!(Key::piece(&office, "xyz", 5_000).as_str(), "shahrdari/uploads/xyz/00000000000000005000");
    }

    #[test]
    fn no_text_climbs_out_or_meets_another() {
        let texts = [
            "",
            ".",
            "..",
            "../x",
            "/etc",
            "a/b",
            "a\\b",
            "a\0b",
            "A",
            "a",
            "_41",
            "a%2fb",
            "\u{634}",
            "-",
            "_",
            "incoming",
            "_incoming",
        ];
        let mut seen = std::collections::HashSet::new();
        for text in texts {
            for key in [
                Key::blob(&organisation(text), "ab12"),
                Key::blob(&organisation("a"), text),
                Key::preview(&organisation("a"), text, 1, 900),
                Key::piece(&organisation("a"), text, 0),
            ] {
                let parts = key.as_str().split('/').collect::<Vec<_>>();
                assert!(parts.len() == 3 || parts.len() == 4, "{key}");
                for part in &parts {
                    assert!(!part.is_empty() && !part.starts_with('.'), "{key}");
                    assert!(part.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b"-_.".contains(&b)));
                }
                assert!(seen.insert(key.as_str().to_owned()), "{key} is made of two texts");
            }
        }
    }
}
