//! A house with one organisation, set up by the commands that an operator types.

use std::fs;
use std::net::{Ipv4Addr, TcpListener};
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::case::{Bench, doing};
use crate::{Outcome, chance, rows};

/// The organisation's short name.
pub const ORGANISATION: &str = "crash";
/// How many people review.
pub const REVIEWERS: usize = 4;

/// Ports from which the system gives nothing away by itself, so that a server finds its own free again at each start.
const PORTS: (u64, u64) = (20_000, 30_000);

/// What is otherwise than by default: no challenge, no limits, codes and messages in a file, sessions as long as they go.
const SETTINGS: [&str; 25] = [
    "sign_in.challenge=off",
    "messages.gateway=spool",
    "messages.quiet_from_hour=0",
    "messages.quiet_until_hour=0",
    "sessions.sender_idle_minutes=1440",
    "sessions.staff_idle_minutes=240",
    "limits.sends_per_number_per_minute=0",
    "limits.sends_per_number_per_15_minutes=0",
    "limits.sends_per_number_per_day=0",
    "limits.sends_per_address_per_hour=0",
    "limits.sends_per_network_per_hour=0",
    "limits.sends_per_hundred_numbers_per_hour=0",
    "limits.sends_per_organisation_per_day=0",
    "limits.sends_per_day=0",
    "limits.failures_per_number_per_day=0",
    "limits.failures_per_address_per_hour=0",
    "limits.failures_per_network_per_hour=0",
    "limits.staff_failures_per_account_per_15_minutes=0",
    "limits.staff_failures_per_address_per_15_minutes=0",
    "limits.drafts_per_sender=0",
    "limits.submissions_per_sender_per_day=0",
    "files.quota_per_day=0",
    // The disk is to be full, and not nearly.
    "files.free_percent=0",
    "previews.pictures=off",
    "log.level=info",
];

/// Where the server under test works.
pub struct House {
    pub binary: PathBuf,
    /// Its data folder.
    pub data: PathBuf,
    pub port: u16,
    /// The id of its one unit.
    pub unit: String,
    /// The paths of the links by which its reviewers come in first.
    pub invitations: Vec<String>,
    /// Where its log is written, outside of the data folder, whose disk is going to fail.
    log: PathBuf,
}

impl House {
    /// Sets a house up in this data folder, with its log in that folder.
    pub async fn make(bench: &Bench, data: &Path, folder: &Path) -> Outcome<House> {
        let mut house = House {
            binary: bench.binary.clone(),
            data: data.to_owned(),
            port: free_port()?,
            unit: String::new(),
            invitations: Vec::new(),
            log: folder.join("server.log"),
        };
        let url = format!("http://localhost:{}", house.port);
        house.command(&format!("org add {ORGANISATION} --name Crash --url {url}"))?;
        house.command(&format!("register add --org {ORGANISATION} --name book --template {{n}}"))?;
        house.command(&format!("unit add --org {ORGANISATION} --code 1 --name Unit"))?;
        for reviewer in 1..=REVIEWERS {
            let email = email(reviewer);
            let invite = format!("staff invite --org {ORGANISATION} --email {email} --name R --role reviewer");
            let told = house.command(&invite)?;
            let link = told.lines().next().and_then(|link| link.strip_prefix(&url)).ok_or("no invitation was told")?;
            house.invitations.push(link.to_owned());
        }
        house.unit = rows::unit(&house.database()).await?;
        Ok(house)
    }

    /// The database's file.
    pub fn database(&self) -> PathBuf {
        self.data.join("pishkhan.sqlite")
    }

    /// The file with the messages that were sent.
    pub fn spool(&self) -> PathBuf {
        self.data.join("messages.jsonl")
    }

    pub fn log(&self) -> &Path {
        &self.log
    }

    /// The flags with which its server is started.
    pub fn settings(&self) -> Vec<String> {
        let mut flags = vec![format!("--listen=127.0.0.1:{}", self.port), format!("--data={}", self.data.display())];
        flags.extend(SETTINGS.iter().map(|setting| format!("--set={setting}")));
        flags
    }

    /// What the server said last.
    pub fn last_words(&self) -> String {
        let log = fs::read_to_string(&self.log).unwrap_or_default();
        let last: Vec<&str> = log.lines().rev().take(5).collect();
        last.into_iter().rev().collect::<Vec<_>>().join("\n")
    }

    fn command(&self, typed: &str) -> Outcome<String> {
        let mut command = Command::new(&self.binary);
        command.args(typed.split(' ')).arg("--data").arg(&self.data).env_clear();
        let output = command.output().map_err(doing("the program can't be run"))?;
        if !output.status.success() {
            return Err(format!("{typed}: {}", String::from_utf8_lossy(&output.stderr)).into());
        }
        Ok(String::from_utf8(output.stdout)?)
    }
}

/// The address of a reviewer, counted from 1.
pub fn email(reviewer: usize) -> String {
    format!("r{reviewer}@example.org")
}

fn free_port() -> Outcome<u16> {
    for _ in 0..100 {
        let port = u16::try_from(chance::between(PORTS.0, PORTS.1)?)?;
        if TcpListener::bind((Ipv4Addr::LOCALHOST, port)).is_ok() {
            return Ok(port);
        }
    }
    Err("no port is free".into())
}
