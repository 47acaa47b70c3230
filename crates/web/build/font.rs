//! The Persian font. Vazirmatn comes from npm when npm is there; without npm or network a font from a crate
//! takes its place, so that a build needs neither Node nor a line. No font file lies in the repository.

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
const FILE: &str = "package/files/vazirmatn-arabic-wght-normal.woff2";

/// A build without network must not stand still for long.
const PATIENCE: Duration = Duration::from_secs(20);

/// A font for Arabic script.
pub struct Font {
    pub name: &'static str,
    pub content_type: &'static str,
    pub bytes: Vec<u8>,
    format: &'static str,
    weights: &'static str,
}

impl Font {
    /// The rule that names this font `Pishkhan`. The range is Arabic script with its digits, space and half-space;
    /// Latin letters and what both scripts share are left to the fonts of the system.
    pub fn face(&self) -> String {
        let Self { name, format, weights, .. } = self;
        format!(
            "@font-face {{ font-family: Pishkhan; src: url(./{name}) format(\"{format}\"); font-weight: {weights}; \
             font-display: swap; unicode-range: U+20, U+A0, U+0600-06FF, U+200C-200E, U+2010-2011, U+FB50-FDFF, U+FE70-FEFC }}\n"
        )
    }
}

/// Vazirmatn if it can be had, otherwise the crate's font and one warning.
pub fn find(folder: &Path) -> Font {
    match vazirmatn(folder) {
        Ok(bytes) => {
            let (name, content_type) = ("vazirmatn.woff2", "font/woff2");
            Font { name, content_type, bytes, format: "woff2", weights: "100 900" }
        }
        Err(reason) => {
            println!(
                "cargo:warning=Pages will use Noto Naskh Arabic, because Vazirmatn could not be fetched: {reason}"
            );
            let bytes = rust_widgets_font::arabic::FONT.to_vec();
            let (name, content_type) = ("naskh.ttf", "font/ttf");
            Font { name, content_type, bytes, format: "truetype", weights: "400" }
        }
    }
}

fn vazirmatn(folder: &Path) -> Result<Vec<u8>, Box<dyn Error>> {
    let path = folder.join(TARBALL);
    let tarball = if let Ok(tarball) = genuine(&path) {
        tarball
    } else {
        fetch(folder)?;
        genuine(&path)?
    };
    let mut archive = tar::Archive::new(GzDecoder::new(&tarball[..]));
    for entry in archive.entries()? {
        let mut entry = entry?;
        if entry.path()? == Path::new(FILE) {
            let mut bytes = Vec::new();
            entry.read_to_end(&mut bytes)?;
            return Ok(bytes);
        }
    }
    Err(format!("{TARBALL} has no {FILE}").into())
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
