//! The scanner beside us: clamd, which each file is streamed to before anyone may open it.
//!
//! Only its own words for a clean file make a file clean; a broken line, a limit of the scanner or an answer that we don't know never
//! does. Why this is ours and not a library's: docs/decisions/0019-antivirus.md.

mod answer;
mod line;

use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use tokio::fs::File;
use tokio::sync::Semaphore;
use tokio::time::timeout;

use line::Line;

/// How many files are scanned at a time: fewer than clamd has threads (10, and 12 as Debian sets it up), and than the connections that
/// may queue there (15 in Debian).
const AT_ONCE: usize = 8;

/// The longest path that fits into a Unix socket's address, with the zero after it.
const LONGEST_PATH: usize = 107;

/// The scanner. Cloning is cheap; all clones together scan eight files at a time, the others wait for their turn.
#[derive(Clone, Debug)]
pub struct Antivirus {
    socket: Arc<PathBuf>,
    patience: Patience,
    turns: Arc<Semaphore>,
}

/// How long the scanner is waited for.
#[derive(Clone, Copy, Debug)]
pub struct Patience {
    /// For it to say that it is there, which it does at once however busy it is.
    pub greeting: Duration,
    /// For it to take the next piece of a file.
    pub idle: Duration,
    /// For a file's verdict, everything before it included, our own turn too.
    pub whole: Duration,
}

/// What the scanner found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    Clean,
    /// `name` is the scanner's name for it: printable ASCII, at most 120 signs.
    Infected {
        name: String,
    },
}

/// Why there is no verdict. The file is not clean, and not infected either: it waits.
#[derive(Debug, thiserror::Error)]
pub enum ScanError {
    /// It is down, hangs, or went away. Other files would fare no better.
    #[error("the scanner can't be reached: {0}")]
    Unreachable(String),
    /// It is there and gave no verdict on this file within [`Patience::whole`].
    #[error("the scanner gave no verdict within {0:?}")]
    NoVerdict(Duration),
    /// The file, or what is packed in it, is over this limit in clamd.conf, so it was not looked at whole.
    #[error("the scanner did not look at the whole file: {0} in its clamd.conf")]
    TooLarge(String),
    /// Its answer is an error or none that we know; printable ASCII, at most 120 signs.
    #[error("the scanner answered: {0}")]
    Answer(String),
    /// Our own file can't be read.
    #[error("the file for the scanner can't be read: {0}")]
    File(io::Error),
}

impl Default for Patience {
    fn default() -> Patience {
        let (greeting, idle, whole) = (Duration::from_secs(2), Duration::from_secs(20), Duration::from_mins(1));
        Patience { greeting, idle, whole }
    }
}

impl Antivirus {
    /// Reads the setting: `clamd:` and the absolute path of its socket, or nothing for no scanner. Nobody is asked yet.
    pub fn parse(setting: &str) -> Result<Option<Antivirus>, String> {
        if setting.is_empty() {
            return Ok(None);
        }
        let path = setting.strip_prefix("clamd:").filter(|path| path.starts_with('/') && !path.contains('\0'));
        let path =
            path.ok_or("write it as clamd:/run/clamav/clamd.ctl, with the path of its socket, or leave it empty")?;
        if path.len() > LONGEST_PATH {
            return Err(format!("a socket's path may have {LONGEST_PATH} bytes, this one has {}", path.len()));
        }
        let turns = Arc::new(Semaphore::new(AT_ONCE));
        Ok(Some(Antivirus { socket: Arc::new(path.into()), patience: Patience::default(), turns }))
    }

    /// The same scanner, waited for differently.
    #[must_use]
    pub fn with_patience(self, patience: Patience) -> Antivirus {
        Antivirus { patience, ..self }
    }

    /// Has the scanner look at a file, of which never more than a piece is in memory.
    ///
    /// A scanner that is down is told of at once, one that hangs after [`Patience::greeting`].
    pub async fn scan(&self, path: &Path) -> Result<Verdict, ScanError> {
        let whole = self.patience.whole;
        let scan = async {
            let _turn = self.turns.acquire().await.expect("nobody closes the semaphore");
            let file = File::open(path).await.map_err(ScanError::File)?;
            self.greet().await?;
            Line::open(&self.socket).await?.scan(file, &self.patience).await
        };
        timeout(whole, scan).await.unwrap_or(Err(ScanError::NoVerdict(whole)))
    }

    /// Its version, and the number and date of its signatures, if it answers.
    pub async fn ping(&self) -> Result<String, ScanError> {
        self.greet().await?;
        Ok(answer::version(&self.ask(b"zVERSION\0").await?))
    }

    /// Sees that it is there, for a Unix socket takes connections for a program that has long stopped answering.
    async fn greet(&self) -> Result<(), ScanError> {
        match self.ask(b"zPING\0").await?.as_str() {
            "PONG" => Ok(()),
            other => Err(answer::unknown(other)),
        }
    }

    async fn ask(&self, command: &[u8]) -> Result<String, ScanError> {
        let patience = self.patience.greeting;
        let silent = || ScanError::Unreachable(format!("{}: silent for {patience:?}", self.socket.display()));
        timeout(patience, async { Line::open(&self.socket).await?.ask(command).await }).await.map_err(|_| silent())?
    }
}
