//! The sum that a program sends along with bytes, so that a line which changes them is noticed.

use data_encoding::BASE64;
use sha1::Sha1;
use sha2::{Digest, Sha256};

/// The names of the sums that can be asked for, as tus lists them; it insists on the first.
pub const ALGORITHMS: &str = "sha1,sha256";

/// A sum that bytes must have, and what has come of them.
#[derive(Clone, Debug)]
pub struct Sum {
    expected: Vec<u8>,
    digest: Running,
}

#[derive(Clone, Debug)]
enum Running {
    Sha1(Sha1),
    Sha256(Sha256),
}

impl Sum {
    /// Reads `sha1 <Base64>`; None when we don't know the algorithm or it isn't a sum.
    pub fn parse(header: &str) -> Option<Sum> {
        let (algorithm, sum) = header.trim().split_once(' ')?;
        let (digest, length) = match algorithm {
            "sha1" => (Running::Sha1(Sha1::new()), 20),
            "sha256" => (Running::Sha256(Sha256::new()), 32),
            _ => return None,
        };
        let expected = BASE64.decode(sum.trim().as_bytes()).ok()?;
        (expected.len() == length).then_some(Sum { expected, digest })
    }

    pub(super) fn update(&mut self, bytes: &[u8]) {
        match &mut self.digest {
            Running::Sha1(digest) => digest.update(bytes),
            Running::Sha256(digest) => digest.update(bytes),
        }
    }

    /// Whether what has come has this sum.
    pub(super) fn matches(self) -> bool {
        match self.digest {
            Running::Sha1(digest) => digest.finalize()[..] == self.expected[..],
            Running::Sha256(digest) => digest.finalize()[..] == self.expected[..],
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_sums_are_known_and_no_other() {
        for header in ["sha1 Kq5sNclPz7QV2+lfQIuc6R7oRu0=", "sha256 uU0nuZNNPgilLlLX2n2r+sSE7+N6U4DukIj3rOLvzek="] {
            let mut sum = Sum::parse(header).expect("a good sum");
            sum.update(b"hello ");
            assert!(!sum.clone().matches());
            sum.update(b"world");
            assert!(sum.matches(), "{header}");
        }
        for header in ["md5 XrY7u+Ae7tCTyyK7j1rNww==", "sha1 YQ==", "sha1", "", "SHA1 Kq5sNclPz7QV2+lfQIuc6R7oRu0="] {
            assert!(Sum::parse(header).is_none(), "{header}");
        }
    }
}
