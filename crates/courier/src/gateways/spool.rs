//! A file as a gateway: one JSON line per message, for a program of the organisation's own that carries it on.

use std::fs::{File, OpenOptions};
use std::io::{self, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};
use std::time::Duration;

use serde::Serialize;

use super::{Accepted, Gateway, Outgoing, SendError, Work, rfc3339};

/// Appends to a file, which is made when it is missing; it may be moved away at any time.
#[derive(Clone, Debug)]
pub struct Spool {
    path: PathBuf,
}

/// A line of the spool, in the order in which its keys are written.
#[derive(Serialize)]
struct Line<'a> {
    id: &'a str,
    organisation: &'a str,
    to: &'a str,
    template: &'a str,
    text: &'a str,
    at: String,
}

impl Spool {
    /// A spool in this file, whose folder must exist.
    pub fn new(path: PathBuf) -> Spool {
        Spool { path }
    }

    async fn keep(&self, message: &Outgoing) -> Result<Accepted, SendError> {
        let line = line(message);
        let path = self.path.clone();
        let appended = tokio::task::spawn_blocking(move || append(&path, line.as_bytes())).await;
        appended
            .map_err(|_| SendError::Failed("the spool's thread was stopped".into()))?
            .map_err(|error| SendError::Failed(format!("the spool can't be written: {}", error.kind())))?;
        Ok(Accepted::default())
    }
}

impl Gateway for Spool {
    fn name(&self) -> &'static str {
        "spool"
    }

    fn time_limit(&self) -> Duration {
        Duration::from_secs(10)
    }

    fn send_text<'a>(&'a self, message: &'a Outgoing) -> Work<'a, Result<Accepted, SendError>> {
        Box::pin(self.keep(message))
    }
}

fn line(message: &Outgoing) -> String {
    let line = Line {
        id: message.id.as_str(),
        organisation: message.organisation.as_str(),
        to: &message.to,
        template: &message.template,
        text: &message.text,
        at: rfc3339(message.at),
    };
    let mut json = serde_json::to_string(&line).expect("six strings are always writable as JSON");
    json.push('\n');
    json
}

/// Appends the whole line or nothing, and has it on the disk.
fn append(path: &Path, line: &[u8]) -> io::Result<()> {
    // Numbers and codes are in it: for the owner's eyes only.
    let mut file = OpenOptions::new().append(true).create(true).mode(0o600).open(path)?;
    // Against other workers, so that what a full disk cut off can be taken back; released when the file is closed.
    file.lock()?;
    let before = file.metadata()?.len();
    let written = file.write(line)?;
    if written < line.len() {
        file.set_len(before)?;
        return Err(io::ErrorKind::StorageFull.into());
    }
    file.sync_all()?;
    if before == 0 {
        // A new file's name is not on the disk before its folder is.
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        File::open(folder)?.sync_all()?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::super::sample;
    use super::line;

    #[test]
    fn a_message_is_one_line() {
        assert_eq!(
            line(&sample("سلام «\"جهان\"»\nخط دوم")),
            "{\"id\":\"0f\",\"organisation\":\"shahrdari\",\"to\":\"+989121234567\",\"template\":\"sign_in_code\",\
             \"text\":\"سلام «\\\"جهان\\\"»\\nخط دوم\",\"at\":\"2025-03-21T08:30:00Z\"}\n"
        );
    }
}
