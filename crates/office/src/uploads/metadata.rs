//! What a program says of the file that it begins to send: pairs of a key and a value in Base64, as tus has them. Pure.

use data_encoding::BASE64;
use pishkhan_persian::text::stored_file_name;

/// How long all of it may be, in bytes: a long name in Persian, twice, is a quarter of that.
const LONGEST: usize = 4096;

/// The metadata as it was said: ASCII, and safe to be sent back as a header.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Metadata(String);

impl Metadata {
    /// Reads a header; None when it isn't as tus says, or too long.
    pub fn parse(header: &str) -> Option<Metadata> {
        let mut keys = Vec::new();
        for pair in pairs(header) {
            let (key, value) = pair;
            let is_key = !key.is_empty() && key.bytes().all(|b| b.is_ascii_graphic());
            if !is_key || keys.contains(&key) || BASE64.decode(value.as_bytes()).is_err() {
                return None;
            }
            keys.push(key);
        }
        (header.len() <= LONGEST).then(|| Metadata(header.to_owned()))
    }

    /// Metadata as a row holds it.
    pub(super) fn stored(text: &str) -> Metadata {
        Metadata(text.to_owned())
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The value of a key as text; None when it isn't there, or no text.
    pub fn get(&self, key: &str) -> Option<String> {
        let (_, value) = pairs(&self.0).find(|(found, _)| *found == key)?;
        String::from_utf8(BASE64.decode(value.as_bytes()).ok()?).ok()
    }

    /// The file's name in its storage form.
    pub fn name(&self) -> String {
        stored_file_name(&self.get("filename").unwrap_or_default())
    }

    /// What marks this upload among others, when the program said something usable.
    pub(super) fn token(&self) -> Option<String> {
        self.get("token").filter(|token| {
            (16..=64).contains(&token.len()) && token.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
        })
    }
}

/// The pairs of a header; a key may stand alone, and its value is then empty.
fn pairs(header: &str) -> impl Iterator<Item = (&str, &str)> {
    let is_empty = header.trim().is_empty();
    header.split(',').filter(move |_| !is_empty).map(|pair| {
        let pair = pair.trim_matches(' ');
        pair.split_once(' ').unwrap_or((pair, ""))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(key: &str, value: &str) -> String {
        format!("{key} {}", BASE64.encode(value.as_bytes()))
    }

    #[test]
    fn names_are_read_and_put_in_their_storage_form() {
        let metadata = Metadata::parse(&format!("{},is_secret", said("filename", "../اسناد/قبض.pdf"))).expect("good");
        assert_eq!(metadata.name(), "قبض.pdf");
        assert_eq!(metadata.get("is_secret").as_deref(), Some(""));
        assert_eq!(Metadata::parse("").expect("nothing is said").name(), "file");
    }

    #[test]
    fn what_is_not_as_tus_says_is_refused() {
        for header in ["filename ###", "a YQ==,a Yg==", ",", "a YQ==,,b Yg==", "na\u{e9}me YQ==", "a Y Q"] {
            assert_eq!(Metadata::parse(header), None, "{header}");
        }
        assert_eq!(Metadata::parse(&said("filename", &"x".repeat(LONGEST))), None);
    }

    #[test]
    fn a_token_must_be_hard_to_guess() {
        let token = |text: &str| Metadata::parse(&said("token", text)).and_then(|metadata| metadata.token());
        assert_eq!(token("0123456789abcdef").as_deref(), Some("0123456789abcdef"));
        assert_eq!(token("short"), None);
        assert_eq!(token("with a space in it, at least"), None);
    }
}
