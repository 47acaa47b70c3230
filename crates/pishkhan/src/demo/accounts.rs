//! The accounts of a demo, kept in its folder: passwords and secrets are random, and a demo that goes on keeps them.

use std::fs::{self, OpenOptions};
use std::io::{self, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;

use serde::{Deserialize, Serialize};

use crate::failure::Failure;

const FILE: &str = "demo.json";

/// Without those that are misread for others.
const SIGNS: &[u8; 32] = b"abcdefghjkmnpqrstuvwxyz023456789";

#[derive(Debug, Serialize, Deserialize)]
pub struct Accounts {
    pub staff: Vec<Account>,
}

/// A person who can sign in at the desk.
#[derive(Debug, Serialize, Deserialize)]
pub struct Account {
    /// The organisation's short name.
    pub organisation: String,
    pub name: String,
    pub email: String,
    pub password: String,
    pub totp_secret: String,
    pub roles: Vec<String>,
    /// The unit's name.
    pub unit: Option<String>,
}

/// The accounts in this folder, if it is a demo's.
pub fn read(folder: &Path) -> Result<Option<Accounts>, Failure> {
    let path = folder.join(FILE);
    let text = match fs::read_to_string(&path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        other => other.map_err(Failure::of_file(&path))?,
    };
    serde_json::from_str(&text).map(Some).map_err(|error| Failure::Input(format!("{}: {error}", path.display())))
}

/// Keeps the accounts; written last, so that a folder with this file holds a whole demo.
pub fn write(folder: &Path, accounts: &Accounts) -> Result<(), Failure> {
    let path = folder.join(FILE);
    let text = serde_json::to_string_pretty(accounts).expect("accounts are strings");
    let mut options = OpenOptions::new();
    options.write(true).create_new(true).mode(0o600);
    options
        .open(&path)
        .and_then(|mut file| file.write_all(text.as_bytes()).and_then(|()| file.sync_all()))
        .map_err(Failure::of_file(path))
}

/// A password that is easily typed: 60 random bits in three groups.
pub fn new_password() -> String {
    [random_signs(4), random_signs(4), random_signs(4)].join("-")
}

/// So many random small letters and digits, 5 bits each.
pub fn random_signs(count: usize) -> String {
    let mut bytes = vec![0; count];
    getrandom::fill(&mut bytes).expect("the system's generator works on every supported platform");
    bytes.iter().map(|byte| char::from(SIGNS[usize::from(byte % 32)])).collect()
}
