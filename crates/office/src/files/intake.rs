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
    count(db, clock, bringer).await?;
    let house = House { vault, db, clock, organisation: bringer.organisation };
    let taken = house.take_in(pieces, limit).await;
    if let (Err(error), Some((sender, _))) = (&taken, bringer.counted)
        && error.is_ours()
    {
        give_back(db, clock, bringer.organisation, sender).await;
    }
    taken
}

/// Counts a file against its sender's day before it comes, so that what is refused counts as well: looking at it costs the same.
async fn count(db: &Db, clock: &Clock, bringer: Bringer<'_>) -> Result<(), ArrivalError> {
    let Some((sender, ceiling)) = bringer.counted.filter(|(_, ceiling)| *ceiling > 0) else { return Ok(()) };
    let mut tx = db.begin(bringer.organisation, clock.now()).await?;
    let day = Duration::from_hours(24);
    match limits::take(&mut tx, Over::Organisation, &counter_of(sender), ceiling, day).await? {
        Taken::Within => Ok(tx.commit().await?),
        Taken::Over { until } => Err(ArrivalError::Quota { until }),
    }
}

/// Gives a sender's day a file back that came to nothing through no fault of theirs.
pub(crate) async fn give_back(db: &Db, clock: &Clock, organisation: &OrganisationId, sender: &SenderId) {
    let given = async {
        let mut tx = db.begin(organisation, clock.now()).await?;
        limits::give_back(&mut tx, Over::Organisation, &counter_of(sender)).await?;
        tx.commit().await
    };
    if let Err(error) = given.await {
        tracing::warn!(%error, "a file stays counted that came to nothing");
    }
}

/// Where a file comes in.
struct House<'a> {
    vault: &'a Vault,
    db: &'a Db,
    clock: &'a Clock,
    organisation: &'a OrganisationId,
}

/// A file on its way in, of which all is known.
struct Known {
    size: u64,
    sha256: String,
    finding: Finding,
    scan: Scan,
}

impl House<'_> {
    async fn take_in<E>(
        &self,
        pieces: impl Stream<Item = Result<Bytes, E>>,
        limit: u64,
    ) -> Result<Arrival, ArrivalError> {
        let passage = self.vault.passage();
        let (size, sha256) = write(self.vault, passage.path(), pieces, limit).await?;
        let finding = look_into(self.vault, passage.path()).await?.map_err(ArrivalError::Refused)?;
        let scan = self.scan(passage.path(), &sha256).await?;
        let known = Known { size, sha256, finding, scan };
        self.settle(&passage, &known).await?;
        Ok(Arrival { kind: known.finding.kind, size, sha256: known.sha256 })
    }

    /// Has the scanner look, if there is one. One that is down keeps nobody waiting: the file goes to quarantine.
    async fn scan(&self, path: &Path, sha256: &str) -> Result<Scan, ArrivalError> {
        let Some(antivirus) = self.vault.antivirus() else { return Ok(Scan::Off) };
        match antivirus.scan(path).await {
            Ok(Verdict::Clean) => Ok(Scan::Clean),
            Ok(Verdict::Infected { name }) => {
                tracing::warn!(%name, "an infected file was refused");
                // The same bytes may lie here from before the scanner knew them.
                let mut tx = self.db.begin(self.organisation, self.clock.now()).await?;
                if blobs::condemn(&mut tx, sha256, &name).await? {
                    tracing::error!(%sha256, %name, "ALARM: a stored file is infected; nobody can open it");
                }
                tx.commit().await?;
                Err(ArrivalError::Infected)
            }
            Err(error) => {
                note_scanner(&error);
                Ok(Scan::Waiting)
            }
        }
    }

    /// Notes the bytes, and puts them on the shelf; the row comes first, so that what lies there without a name is found without
    /// walking through all of it.
    async fn settle(&self, passage: &Passage, known: &Known) -> Result<(), ArrivalError> {
        let Known { size, sha256, finding, scan } = known;
        let preview = self.vault.first_preview(finding.kind);
        let mut tx = self.db.begin(self.organisation, self.clock.now()).await?;
        if !blobs::keep(&mut tx, &Coming { sha256, size: *size, finding, scan: *scan, preview }).await? {
            return Err(ArrivalError::Unreachable("the same bytes are just being removed".to_owned()));
        }
        tx.commit().await?;
        let key = Key::blob(self.organisation, sha256);
        self.vault.shelf().put(&key, passage.path(), sha256, *size).await.map_err(|error| match error {
            ShelfError::Disk(error) => ArrivalError::Disk(self.vault.note(error)),
            ShelfError::Stopped => ArrivalError::Store(StoreError::Stopped),
            ShelfError::NotThere | ShelfError::Changed | ShelfError::Unreachable(_) => {
                tracing::error!(%error, "a file could not be put on the shelf");
                ArrivalError::Unreachable(error.to_string())
            }
        })
    }
}

/// Inspects a file, a few at a time.
async fn look_into(vault: &Vault, path: &Path) -> io::Result<Result<Finding, Refusal>> {
    let _turn = vault.inspecting().acquire().await.map_err(io::Error::other)?;
    let path = path.to_owned();
    tokio::task::spawn_blocking(move || inspect(&mut std::fs::File::open(path)?)).await.map_err(io::Error::other)?
}

pub(super) fn note_scanner(error: &ScanError) {
    tracing::warn!(%error, "the scanner could not look at a file, which waits in quarantine");
}

async fn write<E>(
    vault: &Vault,
    path: &Path,
    pieces: impl Stream<Item = Result<Bytes, E>>,
    limit: u64,
) -> Result<(u64, String), ArrivalError> {
    let mut pieces = std::pin::pin!(pieces);
    let mut file = BufWriter::with_capacity(PIECE, open_new(path).await.map_err(|error| vault.note(error))?);
    let mut digest = Sha256::new();
    let mut size = 0;
    let mut is_too_large = false;
    while let Some(piece) = pieces.next().await {
        // Whatever broke the line, what came was too much already.
        let cut_off = if is_too_large { ArrivalError::TooLarge(limit) } else { ArrivalError::CutOff };
        let piece = piece.map_err(|_| cut_off)?;
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
