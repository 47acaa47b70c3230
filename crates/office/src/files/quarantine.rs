//! The quarantine: files that came while the scanner was down. Nobody opens them until it has looked at them.

use std::time::Duration;

use pishkhan_store::{Clock, Db, Moment, OrganisationId, Result};

use super::antivirus::{Antivirus, ScanError, Verdict};
use super::intake::note_scanner;
use super::rows::quarantine::{self, Claimed};
use super::shelf::{Key, ShelfError};
use super::vault::Vault;
use super::{File, Scan};

/// How long a claimed file is left to whoever claimed it, and after which a scanner that was down is asked again.
const LEASE: Duration = Duration::from_mins(2);
/// From when on it is an alarm that files are still waiting, and no letter waits for it any more.
const TOO_LONG: Duration = Duration::from_hours(1);

/// What waits for the scanner.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Quarantine {
    pub files: i64,
    /// When the oldest of them came.
    pub oldest: Option<Moment>,
}

/// What a letter waits for before it is registered, as far as its files go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wait {
    /// The scanner has looked at all of them, or there is none.
    Nothing,
    /// A file came a while ago, and the scanner should look at it any moment.
    Scanner,
    /// It should have looked long ago: it is out of order, or can't cope with the file. Nobody waits for that.
    InVain,
}

/// What a letter with these files waits for.
pub fn wait(files: &[File], now: Moment) -> Wait {
    let waiting = files.iter().filter(|file| file.scan == Scan::Waiting);
    match waiting.map(|file| file.stored_at).max() {
        None => Wait::Nothing,
        Some(last) if now.since(last) <= TOO_LONG => Wait::Scanner,
        Some(_) => Wait::InVain,
    }
}

/// Scans what is due, until nothing is or the scanner does not answer. Answers what still waits.
pub async fn scan_waiting(db: &Db, clock: &Clock, vault: &Vault) -> Result<Quarantine> {
    if let Some(antivirus) = vault.antivirus() {
        scan_due(db, clock, vault, antivirus).await?;
    }
    quarantine::in_quarantine(&mut db.read(&OrganisationId::house(), clock.now()).await?).await
}

impl Quarantine {
    /// Whether a file has waited for so long that somebody must look, also when no scanner is set any more.
    pub fn is_alarming(&self, now: Moment) -> bool {
        self.oldest.is_some_and(|oldest| now.since(oldest) > TOO_LONG)
    }
}

async fn scan_due(db: &Db, clock: &Clock, vault: &Vault, antivirus: &Antivirus) -> Result<()> {
    let house = OrganisationId::house();
    while quarantine::is_any_due(&mut db.read(&house, clock.now()).await?).await? {
        let mut tx = db.begin(&house, clock.now()).await?;
        let claimed = quarantine::claim(&mut tx, LEASE).await?;
        tx.commit().await?;
        let Some(claimed) = claimed else { break };
        match look(vault, antivirus, &claimed).await {
            Ok((scan, said)) => {
                let mut tx = db.begin(&claimed.organisation, clock.now()).await?;
                quarantine::mark(&mut tx, &claimed.sha256, scan, &said).await?;
                tx.commit().await?;
                if scan == Scan::Infected {
                    tracing::error!(sha256 = %claimed.sha256, name = %said, "ALARM: a stored file is infected; nobody can open it");
                }
            }
            Err(Away::Scanner(error @ ScanError::Unreachable(_))) => {
                note_scanner(&error);
                break;
            }
            // This one's own trouble: the others may fare better.
            Err(Away::Scanner(error)) => note_scanner(&error),
            Err(Away::Shelf(error)) => tracing::warn!(%error, "a file for the scanner could not be had"),
        }
    }
    Ok(())
}

/// Why there is no verdict yet.
enum Away {
    Scanner(ScanError),
    Shelf(ShelfError),
}

async fn look(vault: &Vault, antivirus: &Antivirus, claimed: &Claimed) -> std::result::Result<(Scan, String), Away> {
    let passage = vault.passage();
    let key = Key::blob(&claimed.organisation, &claimed.sha256);
    vault.shelf().fetch(&key, passage.path()).await.map_err(Away::Shelf)?;
    Ok(match antivirus.scan(passage.path()).await.map_err(Away::Scanner)? {
        Verdict::Clean => (Scan::Clean, String::new()),
        Verdict::Infected { name } => (Scan::Infected, name),
    })
}
