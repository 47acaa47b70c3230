//! The server's secret: 32 random bytes that sign challenges and keep one-time codes unreadable in the database.

use std::fs;
use std::io::{self, Write};
use std::os::unix::fs::{OpenOptionsExt, PermissionsExt};
use std::path::Path;

/// 32 random bytes; never printed.
#[derive(Clone)]
pub struct Secret([u8; 32]);

impl Secret {
    /// Reads the secret, or makes it when there is none, readable by its owner only.
    ///
    /// Several nodes of one installation must share the file, or codes asked on one are not known on the other.
    pub fn in_file(path: &Path) -> io::Result<Secret> {
        if fs::metadata(path).is_ok_and(|about| about.permissions().mode() & 0o077 != 0) {
            let text = "the secret file may be read by others; give it mode 600";
            return Err(io::Error::new(io::ErrorKind::PermissionDenied, text));
        }
        match fs::read(path) {
            Ok(bytes) => bytes
                .try_into()
                .map(Secret)
                .map_err(|_| io::Error::new(io::ErrorKind::InvalidData, "the secret file must hold exactly 32 bytes")),
            Err(missing) if missing.kind() == io::ErrorKind::NotFound => Secret::make(path),
            Err(other) => Err(other),
        }
    }

    /// A secret that no file keeps, for tests.
    pub fn random() -> Secret {
        let mut bytes = [0; 32];
        getrandom::fill(&mut bytes).expect("the system's generator works on every supported platform");
        Secret(bytes)
    }

    /// The bytes, as the key of an HMAC.
    pub fn bytes(&self) -> &[u8] {
        &self.0
    }

    fn make(path: &Path) -> io::Result<Secret> {
        let secret = Secret::random();
        let created = fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(path);
        let mut file = match created {
            // Another process made it between our look and now: theirs is the secret.
            Err(taken) if taken.kind() == io::ErrorKind::AlreadyExists => return Secret::in_file(path),
            other => other?,
        };
        file.write_all(&secret.0)?;
        file.sync_all()?;
        Ok(secret)
    }
}

impl std::fmt::Debug for Secret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Secret(…)")
    }
}
