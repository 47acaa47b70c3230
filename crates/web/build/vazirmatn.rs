//! Vazirmatn, from npm when npm is there. No font file lies in the repository. The build of `paper` includes this file too.

use std::{
    error::Error,
    fs,
    io::Read as _,
    path::Path,
    process::{Command, Stdio},
    thread::sleep,
    time::{Duration, Instant},
};

use data_encoding::HEXLOWER;
use flate2::read::GzDecoder;
use sha2::{Digest, Sha256};

const PACKAGE: &str = "@fontsource-variable/vazirmatn@5.3.0";
const TARBALL: &str = "fontsource-variable-vazirmatn-5.3.0.tgz";
const TARBALL_SHA256: &str = "94e5cbe1a433f86c79617ad462aa64d9bff8fd145b07b247dc747b8069aa3722";

/// A build without network must not stand still for long.
const PATIENCE: Duration = Duration::from_secs(20);

/// The package's archive, held against its checksum. It is fetched into the folder unless it is there.
pub fn archive(folder: &Path) -> Result<Vec<u8>, Box<dyn Error>> {
    let path = folder.join(TARBALL);
    if let Ok(archive) = genuine(&path) {
        return Ok(archive);
    }
    fetch(folder)?;
    genuine(&path)
}

/// The font for a script (`arabic`, `latin`), in all its weights, as WOFF2.
pub fn script(archive: &[u8], script: &str) -> Result<Vec<u8>, Box<dyn Error>> {
    let name = format!("package/files/vazirmatn-{script}-wght-normal.woff2");
    for entry in tar::Archive::new(GzDecoder::new(archive)).entries()? {
        let mut entry = entry?;
        if entry.path()? == Path::new(&name) {
            let mut bytes = Vec::new();
            entry.read_to_end(&mut bytes)?;
            return Ok(bytes);
        }
    }
    Err(format!("{TARBALL} has no {name}").into())
}

fn genuine(path: &Path) -> Result<Vec<u8>, Box<dyn Error>> {
    let bytes = fs::read(path)?;
    if HEXLOWER.encode(&Sha256::digest(&bytes)) != TARBALL_SHA256 {
        return Err(format!("{TARBALL} has another checksum than expected").into());
    }
    Ok(bytes)
}

fn fetch(folder: &Path) -> Result<(), Box<dyn Error>> {
    let npm = if cfg!(windows) { "npm.cmd" } else { "npm" };
    // No inherited pipes: cargo waits for whoever holds them, even for an orphan of a killed npm.
    let mut child = Command::new(npm)
        .args(["pack", PACKAGE, "--silent", "--fetch-retries=0", "--fetch-timeout=15000"])
        .current_dir(folder)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .map_err(|error| format!("npm: {error}"))?;
    let end = Instant::now() + PATIENCE;
    while Instant::now() < end {
        if let Some(status) = child.try_wait()? {
            return if status.success() { Ok(()) } else { Err(format!("npm pack: {status}").into()) };
        }
        sleep(Duration::from_millis(50));
    }
    child.kill()?;
    child.wait()?;
    Err(format!("npm pack took more than {} seconds", PATIENCE.as_secs()).into())
}
