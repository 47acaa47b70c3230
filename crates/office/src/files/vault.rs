//! The vault: where files come in, are looked at, and lie.
//!
//! A file comes in through `incoming/`, is hashed and measured as it streams, is inspected and scanned, and is put on the shelf
//! only when it is whole and of an accepted kind, fsynced with its folder. So what a row names is there, also after a power cut.

use std::io;
use std::os::unix::fs::DirBuilderExt;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use bytes::{Bytes, BytesMut};
use futures_util::stream::{self, BoxStream, StreamExt};
use pishkhan_store::OrganisationId;
use rustix::io::Errno;
use tokio::io::AsyncReadExt;
use tokio::sync::Semaphore;

use super::antivirus::Antivirus;
use super::shelf::{Key, Shelf, ShelfError, Stored};
use crate::files::{Kind, Preview};
use crate::ids::FileId;

/// How many files are inspected at once; an inspection may take some megabytes and a processor.
const INSPECTIONS: usize = 4;
/// How much of a file is read at once, in bytes.
const PIECE: usize = 128 * 1024;

/// Where files are. Cloning is cheap.
#[derive(Clone, Debug)]
pub struct Vault(Arc<Parts>);

#[derive(Debug)]
struct Parts {
    incoming: PathBuf,
    shelf: Shelf,
    antivirus: Option<Antivirus>,
    rules: VaultRules,
    inspecting: Semaphore,
    has_stopped: AtomicBool,
}

/// What the operator decided about files.
#[derive(Clone, Copy, Debug)]
pub struct VaultRules {
    /// Nothing is taken in while less than so much of the disk is free, in per cent; 0: always.
    pub free_percent: u8,
    /// Whether pictures are made of the pages of PDF, TIFF, JPEG and PNG.
    pub has_previews: bool,
    /// Whether pictures are made of DOC and DOCX as well.
    pub has_document_previews: bool,
}

impl Vault {
    /// A vault that takes files in through this folder, which is made when it doesn't exist, and keeps them on this shelf.
    pub fn open(folder: &Path, shelf: Shelf, antivirus: Option<Antivirus>, rules: VaultRules) -> io::Result<Vault> {
        let incoming = folder.join("incoming");
        std::fs::DirBuilder::new().recursive(true).mode(0o700).create(&incoming)?;
        let inspecting = Semaphore::new(INSPECTIONS);
        let has_stopped = AtomicBool::new(false);
        Ok(Vault(Arc::new(Parts { incoming, shelf, antivirus, rules, inspecting, has_stopped })))
    }

    /// Opens stored bytes for reading.
    pub async fn open_blob(&self, organisation: &OrganisationId, sha256: &str) -> Result<Stored, ShelfError> {
        self.0.shelf.open(&Key::blob(organisation, sha256)).await
    }

    /// Opens the picture of a page, of a width that pictures have.
    pub async fn open_picture(
        &self,
        organisation: &OrganisationId,
        sha256: &str,
        page: u32,
        width: u32,
    ) -> Result<Stored, ShelfError> {
        self.0.shelf.open(&Key::preview(organisation, sha256, page, width)).await
    }

    /// Whether a disk or a flush has failed, so that nothing more is taken in until a restart.
    pub fn has_stopped(&self) -> bool {
        self.0.has_stopped.load(Ordering::Acquire) || self.0.shelf.has_stopped()
    }

    /// Whether so much of the disk is free that files may come in.
    pub fn has_room(&self) -> io::Result<bool> {
        let disk = rustix::fs::statvfs(&self.0.incoming)?;
        let (free, all) = (u128::from(disk.f_bavail), u128::from(disk.f_blocks));
        Ok(free * 100 >= all * u128::from(self.0.rules.free_percent))
    }

    /// Whether bytes can be put on the shelf, read and removed there now.
    pub async fn check(&self) -> Result<(), ShelfError> {
        self.0.shelf.check().await
    }

    pub fn antivirus(&self) -> Option<&Antivirus> {
        self.0.antivirus.as_ref()
    }

    pub(crate) fn shelf(&self) -> &Shelf {
        &self.0.shelf
    }

    pub(crate) fn incoming(&self) -> &Path {
        &self.0.incoming
    }

    /// A place for a file on its way in or out, which is gone when it is dropped.
    pub(crate) fn passage(&self) -> Passage {
        Passage(self.0.incoming.join(FileId::random().as_str()))
    }

    pub(super) fn inspecting(&self) -> &Semaphore {
        &self.0.inspecting
    }

    /// How the preview of a kind begins.
    pub(super) fn first_preview(&self, kind: Kind) -> Preview {
        let is_wanted = match kind {
            Kind::Jpeg | Kind::Pdf | Kind::Png | Kind::Tiff => self.0.rules.has_previews,
            Kind::Doc | Kind::Docx => self.0.rules.has_document_previews,
        };
        if is_wanted { Preview::Waiting } else { Preview::None }
    }

    /// Notes an error of the disk. A failed flush can't be retried, since the kernel has dropped what it could not write; and on
    /// a full disk nothing more can be promised. Too few descriptors or too little memory are no fault of the disk and pass.
    pub(crate) fn note(&self, error: io::Error) -> io::Error {
        let passing = [Errno::MFILE, Errno::NFILE, Errno::NOMEM].map(|errno| Some(errno.raw_os_error()));
        if passing.contains(&error.raw_os_error()) {
            tracing::error!(%error, "a file could not be taken in");
            return error;
        }
        tracing::error!(%error, "a file could not be written; nothing more is taken in until a restart");
        self.0.has_stopped.store(true, Ordering::Release);
        error
    }
}

/// A file in `incoming/` or a folder there.
pub(crate) struct Passage(PathBuf);

impl Passage {
    pub fn path(&self) -> &Path {
        &self.0
    }

    /// The bytes of the file that lies here, piece by piece.
    pub async fn pieces(&self) -> io::Result<BoxStream<'static, io::Result<Bytes>>> {
        let file = tokio::fs::File::open(&self.0).await?;
        let pieces = stream::try_unfold(file, async |mut file| {
            let mut bytes = BytesMut::with_capacity(PIECE);
            let read = file.read_buf(&mut bytes).await?;
            Ok((read > 0).then(|| (bytes.freeze(), file)))
        });
        Ok(pieces.boxed())
    }
}

impl Drop for Passage {
    fn drop(&mut self) {
        // What was moved on is not here any more; what can't be removed now, the sweep removes.
        if std::fs::remove_file(&self.0).is_err() {
            let _ = std::fs::remove_dir_all(&self.0);
        }
    }
}
