//! The data folder, the disk it is on, the secret, and the clock.

use std::fs;
use std::io;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::time::{Duration, UNIX_EPOCH};

use pishkhan_office::{Clock, Moment};

use super::Findings;
use crate::settings::Settings;

/// Below so much a server will soon be full; below a tenth of it, it is.
const ROOM: u64 = 1024 * 1024 * 1024;
/// The start of 2026: this program is younger.
const BIRTH: Moment = Moment(1_767_225_600_000);
/// By so much may two clocks differ.
const TOLERANCE: Duration = Duration::from_mins(1);

pub fn look(findings: &mut Findings, settings: &Settings) {
    let folder = &settings.server.data;
    let shown = folder.display();
    let clock = Clock::system().now();
    if clock < BIRTH {
        findings.failed("clock: it stands before this program was written; letters would be back-dated".into());
    }
    match fs::metadata(folder) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            findings.warning(format!("data folder: {shown} isn't there yet; serve makes it"));
            return;
        }
        Err(error) => return findings.failed(format!("data folder: {shown}: {error}")),
        Ok(metadata) if !metadata.is_dir() => return findings.failed(format!("data folder: {shown} is no folder")),
        Ok(metadata) if metadata.permissions().mode() & 0o077 != 0 => {
            findings.warning(format!("data folder: {shown} is open to other users; chmod 700 keeps them out"));
        }
        Ok(_) => {}
    }
    match write_once(folder) {
        Err(error) => findings.failed(format!("data folder: {shown} can't be written to: {error}")),
        Ok(written) => {
            findings.ok(format!("data folder: {shown} can be written to"));
            compare(findings, clock, written);
        }
    }
    room(findings, folder);
    secret(findings, &settings.server.secret_path());
}

/// Writes a file and removes it again; answers with the moment that the disk gave it.
fn write_once(folder: &Path) -> io::Result<Moment> {
    let path = folder.join(format!(".doctor-{}", std::process::id()));
    let written = fs::write(&path, b"doctor").and_then(|()| fs::metadata(&path)?.modified());
    fs::remove_file(&path)?;
    Ok(Moment(0).plus(written?.duration_since(UNIX_EPOCH).unwrap_or_default()))
}

/// A disk on the network has a clock of its own, and a database written later than now was written by a clock ahead of ours.
fn compare(findings: &mut Findings, clock: Moment, written: Moment) {
    let differ = clock.since(written).max(written.since(clock));
    if differ > TOLERANCE {
        findings.warning(format!("clock: it and the disk's differ by {} seconds", differ.as_secs()));
    } else if clock >= BIRTH {
        findings.ok("clock: it agrees with the disk's".into());
    }
}

fn room(findings: &mut Findings, folder: &Path) {
    match rustix::fs::statvfs(folder) {
        Err(error) => findings.warning(format!("disk: its room can't be told: {error}")),
        Ok(disk) => {
            let free = disk.f_bavail.saturating_mul(disk.f_frsize);
            let told = format!("disk: {} MB are free", free / (1024 * 1024));
            match free {
                free if free < ROOM / 10 => findings.failed(told),
                free if free < ROOM => findings.warning(told),
                _ => findings.ok(told),
            }
        }
    }
}

fn secret(findings: &mut Findings, path: &Path) {
    let shown = path.display();
    match fs::metadata(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            findings.warning(format!("secret: {shown} isn't there yet; serve makes it"));
        }
        Err(error) => findings.failed(format!("secret: {shown}: {error}")),
        Ok(metadata) if metadata.len() != 32 => findings.failed(format!("secret: {shown} must hold exactly 32 bytes")),
        Ok(metadata) => match metadata.permissions().mode() & 0o777 {
            0o400 | 0o600 => findings.ok(format!("secret: {shown} is its owner's only")),
            mode => findings.failed(format!("secret: {shown} has the mode {mode:o}; chmod 600 keeps others out")),
        },
    }
}
