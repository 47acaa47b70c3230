//! Having photos bound into one PDF.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::Stdio;

use pishkhan_inspect::Kind;
use tokio::fs::{File, OpenOptions};
use tokio::io::{AsyncReadExt, AsyncWriteExt, copy};
use tokio::process::{ChildStdin, ChildStdout};
use tokio::time::timeout;

use super::worker::Worker;
use super::{PreviewError, Workshop};

/// The worker holds all photos and the PDF at once.
const PARTS_OF_MEMORY: u64 = 3;

pub async fn bind(workshop: &Workshop, photos: &[(Kind, PathBuf)], into: &Path) -> Result<(), PreviewError> {
    let most = workshop.limits.memory_bytes / PARTS_OF_MEMORY;
    let mut worker = Worker::start(workshop, "bind", [""; 0], Stdio::piped(), true)?;
    let (input, output) = (worker.input()?, worker.output()?);
    let target = Target::new(into).await?;
    let bound = timeout(workshop.limits.time, async {
        match hand_over(photos, input, most).await {
            // A worker that ends while photos are still coming says why by its end.
            Err(PreviewError::Io(error)) if error.kind() == io::ErrorKind::BrokenPipe => {}
            handed => handed?,
        }
        let taken = take(output, &target, most).await?;
        worker.end().await?;
        if taken { Ok(()) } else { Err(PreviewError::Broken) }
    });
    bound.await.unwrap_or(Err(PreviewError::TooSlow))?;
    target.keep();
    Ok(())
}

/// Sends each photo: its kind, its length, its bytes.
async fn hand_over(photos: &[(Kind, PathBuf)], mut to: ChildStdin, most: u64) -> Result<(), PreviewError> {
    let mut sum = 0;
    for (kind, path) in photos {
        let letter = match kind {
            Kind::Jpeg => b'J',
            Kind::Png => b'P',
            Kind::Pdf | Kind::Doc | Kind::Docx | Kind::Tiff => return Err(PreviewError::NotPossible),
        };
        let file = File::open(path).await?;
        let length = file.metadata().await?.len();
        sum += length;
        if sum > most {
            return Err(PreviewError::TooBig);
        }
        to.write_all(&[letter]).await?;
        to.write_all(&length.to_be_bytes()).await?;
        copy(&mut file.take(length), &mut to).await?;
    }
    to.shutdown().await?;
    Ok(())
}

/// Takes the PDF; whether it is one.
async fn take(output: ChildStdout, target: &Target, most: u64) -> Result<bool, PreviewError> {
    let mut file = OpenOptions::new().write(true).open(&target.path).await?;
    let mut output = output.take(most + 1);
    let mut head = Vec::new();
    (&mut output).take(5).read_to_end(&mut head).await?;
    file.write_all(&head).await?;
    let length = copy(&mut output, &mut file).await?;
    file.sync_all().await?;
    if length >= most { Err(PreviewError::TooBig) } else { Ok(head == b"%PDF-") }
}

/// A new file, gone unless it is kept.
struct Target {
    path: PathBuf,
    is_kept: bool,
}

impl Target {
    async fn new(path: &Path) -> Result<Target, PreviewError> {
        OpenOptions::new().write(true).create_new(true).mode(0o600).open(path).await?;
        Ok(Target { path: path.to_owned(), is_kept: false })
    }

    fn keep(mut self) {
        self.is_kept = true;
    }
}

impl Drop for Target {
    fn drop(&mut self) {
        if !self.is_kept {
            // What can't be removed is in the way of nobody but the next try, which says so.
            let _ = fs::remove_file(&self.path);
        }
    }
}
