//! Taking a file in: streamed, hashed, inspected, scanned, counted against its sender's day, and durable when it is an
//! [`Arrival`]. A letter may then name it.

use std::io;
use std::path::Path;
use std::time::Duration;

use bytes::Bytes;
use futures_util::{Stream, StreamExt};
use pishkhan_inspect::{Finding, Kind, Refusal, inspect};
use pishkhan_store::{Clock, Db, Moment, OrganisationId, StoreError};
use sha2::{Digest, Sha256};
use tokio::fs;
use tokio::io::{AsyncWriteExt, BufWriter};

use super::Scan;
use super::antivirus::{ScanError, Verdict};
use super::rows::blobs::{self, Coming};
use super::shelf::{Key, ShelfError};
use super::vault::{Passage, Vault};
use crate::accounts::limits::{self, Over, Taken};
use crate::ids::SenderId;
use crate::receipts::hex;

/// How much is gathered before it is written.
const PIECE: usize = 64 * 1024;

/// A file that has come in and is durable, but that no letter has yet.
#[derive(Clone, Debug)]
pub struct Arrival {
    pub kind: Kind,
    pub size: u64,
    /// SHA-256 of the bytes, lower-case hexadecimal.
    pub sha256: String,
}

/// Who brings a file, and to whom.
#[derive(Clone, Copy, Debug)]
pub struct Bringer<'a> {
    pub organisation: &'a OrganisationId,
    /// Whose day it counts against, and how many files a day may bring; None for staff, 0 for no limit.
    pub counted: Option<(&'a SenderId, u32)>,
}

#[derive(Debug, thiserror::Error)]
pub enum ArrivalError {
    #[error("the file is empty")]
    Empty,
    #[error("the file is larger than {0} bytes")]
    TooLarge(u64),
    #[error("the file is refused: {0:?}")]
    Refused(Refusal),
    #[error("the file is infected")]
    Infected,
    /// The line was cut before the file's end.
    #[error("the file did not come whole")]
    CutOff,
    /// The sender has brought as many files as a day may.
    #[error("too many files today")]
    Quota { until: Moment },
    /// The disk is nearly full; nothing was acknowledged.
    #[error("there is no room")]
    NoRoom,
    /// The storage doesn't answer; nothing was acknowledged, and a later try may go well.
    #[error("the storage is not there: {0}")]
    Unreachable(String),
    /// The disk refused; nothing was acknowledged.
    #[error("the file could not be stored: {0}")]
    Disk(#[from] io::Error),
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl ArrivalError {
    /// Whether the fault is ours and not the file's.
    pub fn is_ours(&self) -> bool {
        match self {
            ArrivalError::NoRoom | ArrivalError::Unreachable(_) | ArrivalError::Disk(_) | ArrivalError::Store(_) => {
                true
            }
            ArrivalError::Empty
            | ArrivalError::TooLarge(_)
            | ArrivalError::Refused(_)
            | ArrivalError::Infected
            | ArrivalError::CutOff
            | ArrivalError::Quota { .. } => false,
        }
    }
}

/// Takes a file in, at most `limit` bytes, without ever holding more than a piece of it in memory.
pub async fn take_in<E>(
    vault: &Vault,
    db: &Db,
    clock: &Clock,
    bringer: Bringer<'_>,
    pieces: impl Stream<Item = Result<Bytes, E>>,
    limit: u64,
) -> Result<Arrival, ArrivalError> {
    if vault.has_stopped() {
        return Err(StoreError::Stopped.into());
    }
    if !vault.has_room()? {
        return Err(ArrivalError::NoRoom);
    }
    let passage = vault.passage();
    let (size, sha256) = write(vault, passage.path(), pieces, limit).await?;
    let finding = look_into(vault, passage.path()).await?.map_err(ArrivalError::Refused)?;
    let scan = scan(vault, passage.path()).await?;
    settle(vault, db, clock, bringer, &passage, size, &sha256, &finding, scan).await?;
    Ok(Arrival { kind: finding.kind, size, sha256 })
}

/// Inspects a file, a few at a time.
async fn look_into(vault: &Vault, path: &Path) -> io::Result<Result<Finding, Refusal>> {
    let _turn = vault.inspecting().acquire().await.map_err(io::Error::other)?;
    let path = path.to_owned();
    tokio::task::spawn_blocking(move || inspect(&mut std::fs::File::open(path)?)).await.map_err(io::Error::other)?
}

/// Has the scanner look, if there is one. One that is down keeps nobody waiting: the file goes to quarantine.
async fn scan(vault: &Vault, path: &Path) -> Result<Scan, ArrivalError> {
    let Some(antivirus) = vault.antivirus() else { return Ok(Scan::Off) };
    match antivirus.scan(path).await {
        Ok(Verdict::Clean) => Ok(Scan::Clean),
        Ok(Verdict::Infected { name }) => {
            tracing::warn!(%name, "an infected file was refused");
            Err(ArrivalError::Infected)
        }
        Err(error) => {
            note_scanner(&error);
            Ok(Scan::Waiting)
        }
    }
}

pub(super) fn note_scanner(error: &ScanError) {
    tracing::warn!(%error, "the scanner could not look at a file, which waits in quarantine");
}

/// Counts the file, notes its bytes, and puts them on the shelf; the row comes first, so that what lies there without a name is
/// found without walking through all of it.
#[expect(clippy::too_many_arguments, reason = "the last step of one act, split off to be read by itself")]
async fn settle(
    vault: &Vault,
    db: &Db,
    clock: &Clock,
    bringer: Bringer<'_>,
    passage: &Passage,
    size: u64,
    sha256: &str,
    finding: &Finding,
    scan: Scan,
) -> Result<(), ArrivalError> {
    let mut tx = db.begin(bringer.organisation, clock.now()).await?;
    if let Some((sender, ceiling)) = bringer.counted {
        let subject = counter_of(sender);
        let day = Duration::from_hours(24);
        if let Taken::Over { until } = limits::take(&mut tx, Over::Organisation, &subject, ceiling, day).await? {
            return Err(ArrivalError::Quota { until });
        }
    }
    let preview = vault.first_preview(finding.kind);
    if !blobs::keep(&mut tx, &Coming { sha256, size, finding, scan, preview }).await? {
        return Err(ArrivalError::Unreachable("the same bytes are just being removed".to_owned()));
    }
    tx.commit().await?;
    let key = Key::blob(bringer.organisation, sha256);
    vault.shelf().put(&key, passage.path(), sha256, size).await.map_err(|error| match error {
        ShelfError::Disk(error) => ArrivalError::Disk(vault.note(error)),
        ShelfError::Stopped => ArrivalError::Store(StoreError::Stopped),
        ShelfError::NotThere | ShelfError::Changed | ShelfError::Unreachable(_) => {
            tracing::error!(%error, "a file could not be put on the shelf");
            ArrivalError::Unreachable(error.to_string())
        }
    })
}

async fn write<E>(
    vault: &Vault,
    path: &Path,
    pieces: impl Stream<Item = Result<Bytes, E>>,
    limit: u64,
) -> Result<(u64, String), ArrivalError> {
    let mut pieces = std::pin::pin!(pieces);
    let mut file = BufWriter::with_capacity(PIECE, open_new(path).await?);
    let mut digest = Sha256::new();
    let mut size = 0;
    let mut is_too_large = false;
    while let Some(piece) = pieces.next().await {
        let piece = piece.map_err(|_| ArrivalError::CutOff)?;
        size += piece.len() as u64;
        // What is too much is read to its end and thrown away, so that the rest of the form still arrives.
        is_too_large |= size > limit;
        if !is_too_large {
            digest.update(&piece);
            file.write_all(&piece).await.map_err(|error| vault.note(error))?;
        }
    }
    if is_too_large {
        return Err(ArrivalError::TooLarge(limit));
    }
    if size == 0 {
        return Err(ArrivalError::Empty);
    }
    file.flush().await.map_err(|error| vault.note(error))?;
    file.into_inner().sync_all().await.map_err(|error| vault.note(error))?;
    Ok((size, hex(&digest.finalize())))
}

/// The counter of how many files a sender brings in a day.
pub(crate) fn counter_of(sender: &SenderId) -> String {
    format!("files:{sender}")
}

/// Letters are nobody's business on this machine but ours.
pub(crate) async fn open_new(path: &Path) -> io::Result<fs::File> {
    fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(path).await
}
