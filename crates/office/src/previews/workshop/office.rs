//! Having `LibreOffice` make a PDF of a Word document, in a folder that is made for it and gone after it.

use std::ffi::OsString;
use std::fs;
use std::os::unix::fs::DirBuilderExt;
use std::path::{Path, PathBuf};
use std::process::Stdio;

use pishkhan_inspect::Kind;
use tokio::fs::File;
use tokio::time::timeout;

use super::worker::Worker;
use super::{PreviewError, Workshop};

/// A PDF that is larger is no letter.
const MOST_BYTES: u64 = 256 * 1024 * 1024;

/// The PDF of a document. Its name is gone already: it is there as long as it is open.
pub async fn convert(
    workshop: &Workshop,
    program: &Path,
    kind: Kind,
    source: &Path,
    out: &Path,
) -> Result<File, PreviewError> {
    let folder = Folder::new(&out.canonicalize()?)?;
    let document = folder.0.join("letter").with_extension(kind.as_str());
    tokio::fs::copy(source, &document).await?;
    let words: [OsString; 3] = [program.into(), document.into(), folder.0.clone().into()];
    let worker = Worker::start(workshop, "office", words, Stdio::null(), false)?;
    timeout(workshop.limits.time, worker.end()).await.unwrap_or(Err(PreviewError::TooSlow))?;

    // Whoever took LibreOffice over could have left a link to something else here.
    let pdf = folder.0.join("letter.pdf");
    match tokio::fs::symlink_metadata(&pdf).await {
        Ok(found) if found.is_file() && found.len() <= MOST_BYTES => Ok(File::open(&pdf).await?),
        Ok(_) | Err(_) => Err(PreviewError::Broken),
    }
}

/// A folder, gone with all that is in it when it is dropped.
struct Folder(PathBuf);

impl Folder {
    fn new(within: &Path) -> Result<Folder, PreviewError> {
        let path = within.join("office");
        fs::DirBuilder::new().mode(0o700).create(&path)?;
        Ok(Folder(path))
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        // What stays is within the caller's folder, and goes with it.
        let _ = fs::remove_dir_all(&self.0);
    }
}
