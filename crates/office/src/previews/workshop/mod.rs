//! The workshop: where page images are drawn, photos bound and orders printed, by workers that are processes of their own.
//!
//! A stranger's file is read by a worker only (`pishkhan preview-worker`), which confines itself before and is killed when it
//! takes too long. What it answers is not believed: numbers are checked, sizes are bounded, and no name of a file comes from it.

mod bind;
mod frames;
mod office;
mod print;
mod worker;

use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use pishkhan_inspect::Kind;
use tokio::fs::File;
use tokio::sync::{Semaphore, SemaphorePermit};
use tokio::time::timeout;

use frames::{Received, receive};
use worker::Worker;

/// What one worker may use.
#[derive(Clone, Copy, Debug)]
pub struct PreviewLimits {
    /// Address space. 768 MiB suffice for 200 million pixels in black and white, and for 100 million in colour.
    pub memory_bytes: u64,
    /// For one document, in all its pages.
    pub time: Duration,
    /// The most pages that are drawn of one document.
    pub pages: u32,
}

/// Draws pages, binds photos and prints orders. Cloning is cheap; all clones together have as many workers as one.
#[derive(Clone, Debug)]
pub struct Workshop {
    program: PathBuf,
    limits: PreviewLimits,
    office: Option<PathBuf>,
    benches: Arc<Semaphore>,
    has_told: Arc<AtomicBool>,
}

/// What was drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Made {
    /// Pages that have their images; always the first ones, and at least one.
    pub pages: u32,
    /// Pages that the document has. It may have more than are drawn: there is a limit, and a page may have broken the worker.
    pub of: u32,
}

/// Why there is no image.
#[derive(Debug, thiserror::Error)]
pub enum PreviewError {
    /// Nothing here draws this kind: Word documents need `LibreOffice`.
    #[error("nothing draws this kind")]
    NotPossible,
    /// The file broke its reader.
    #[error("the file could not be read")]
    Broken,
    #[error("it took too long")]
    TooSlow,
    #[error("it needs too much memory")]
    TooBig,
    /// The kernel lets no worker confine itself. Without walls no stranger's file is read.
    #[error("the worker could not confine itself")]
    NotConfined,
    /// Our own disk or system.
    #[error("the preview could not be made: {0}")]
    Io(#[from] io::Error),
}

impl Workshop {
    /// `program` is our own binary; `office` is `LibreOffice`'s `soffice`, if Word documents shall be drawn; at most `at_once`
    /// workers run at the same time, at least one.
    pub fn new(program: PathBuf, limits: PreviewLimits, office: Option<PathBuf>, at_once: usize) -> Workshop {
        let benches = Arc::new(Semaphore::new(at_once.clamp(1, Semaphore::MAX_PERMITS)));
        Workshop { program, limits, office, benches, has_told: Arc::default() }
    }

    /// Whether pages of this kind can be drawn here.
    pub fn draws(&self, kind: Kind) -> bool {
        match kind {
            Kind::Jpeg | Kind::Pdf | Kind::Png | Kind::Tiff => true,
            Kind::Doc | Kind::Docx => self.office.is_some(),
        }
    }

    /// Draws the first pages of a document into the folder `out`, which exists: `<page>-900.webp` and `<page>-1800.webp`, from
    /// page 1, at most 900 and 1,800 pixels wide and four times as tall. If it fails or stops early, `out` may hold files beyond
    /// the pages that are reported.
    pub async fn pages(&self, kind: Kind, source: &Path, out: &Path) -> Result<Made, PreviewError> {
        let _bench = self.bench().await;
        let made = match (kind, &self.office) {
            (Kind::Jpeg | Kind::Pdf | Kind::Png | Kind::Tiff, _) => {
                self.draw(kind, File::open(source).await?, out).await
            }
            (Kind::Doc | Kind::Docx, None) => return Err(PreviewError::NotPossible),
            (Kind::Doc | Kind::Docx, Some(office)) => match office::convert(self, office, kind, source, out).await {
                Ok(pdf) => self.draw(Kind::Pdf, pdf, out).await,
                Err(error) => Err(error),
            },
        };
        made.inspect_err(|error| self.tell(error))
    }

    /// Binds photos (JPEG and PNG) into one PDF, a sheet of A4 each, in this order. `into` must not exist; it is whole or not
    /// there.
    pub async fn bind(&self, photos: &[(Kind, PathBuf)], into: &Path) -> Result<(), PreviewError> {
        let _bench = self.bench().await;
        bind::bind(self, photos, into).await.inspect_err(|error| self.tell(error))
    }

    /// Prints an order, as the crate `paper` reads it, and answers the PDF. Waits for its turn no longer than so long.
    pub(crate) async fn print(&self, order: &[u8], patience: Duration) -> Result<Vec<u8>, PreviewError> {
        let _bench = timeout(patience, self.bench()).await.map_err(|_| PreviewError::TooSlow)?;
        print::print(self, order).await.inspect_err(|error| self.tell(error))
    }

    async fn draw(&self, kind: Kind, file: File, out: &Path) -> Result<Made, PreviewError> {
        let most = self.limits.pages;
        let words = [kind.as_str().to_owned(), most.to_string()];
        let mut worker = Worker::start(self, "pages", words, file.into_std().await.into(), true)?;
        let mut received = Received::default();
        let ended = timeout(self.limits.time, async {
            receive(&mut worker.output()?, most, out, &mut received).await?;
            worker.end().await
        });
        let ended = ended.await.unwrap_or(Err(PreviewError::TooSlow));
        match ended {
            // What was drawn before a page broke the worker can be read.
            Ok(()) | Err(PreviewError::Broken | PreviewError::TooSlow | PreviewError::TooBig) => {
                let made = received.whole().map(|pages| Made { pages, of: received.of() });
                made.ok_or(ended.err().unwrap_or(PreviewError::Broken))
            }
            Err(error) => Err(error),
        }
    }

    async fn bench(&self) -> SemaphorePermit<'_> {
        self.benches.acquire().await.expect("the benches are never closed")
    }

    /// That nothing can be drawn at all is told once; what becomes of one file is the caller's to tell.
    fn tell(&self, error: &PreviewError) {
        if matches!(error, PreviewError::NotConfined) && !self.has_told.swap(true, Ordering::Relaxed) {
            tracing::error!(
                "no previews: the kernel (seccomp, and Landlock for Word documents) lets no worker confine itself"
            );
        }
    }
}
