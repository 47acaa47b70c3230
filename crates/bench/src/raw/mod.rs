//! The least that a durable act costs: one row in one commit of SQLite, and one file written and flushed. Same disk, same pragmas.

mod rows;

use std::fs::File;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use sqlx::SqliteConnection;
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqliteSynchronous};
use sqlx::{ConnectOptions, Connection};
use tokio::sync::Mutex;

use crate::load::rate;
use crate::{Outcome, paper};

/// About as much text as a letter's rows hold.
const TEXT_BYTES: usize = 2_000;

/// Commits a second through one connection, for which all wait in turns.
pub async fn commits(folder: &Path, at_once: usize, length: Duration) -> Outcome<f64> {
    let options = SqliteConnectOptions::new()
        .filename(folder.join("raw.sqlite"))
        .create_if_missing(true)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full);
    let mut connection: SqliteConnection = options.connect().await?;
    rows::create(&mut connection).await?;
    let connection = Mutex::new(connection);
    let text = "x".repeat(TEXT_BYTES);
    let rate = rate(at_once, length, async |round| {
        while round.goes_on() {
            rows::insert(&mut *connection.lock().await, &text).await?;
            round.count();
        }
        Ok(())
    });
    let rate = rate.await?;
    connection.into_inner().close().await?;
    Ok(rate)
}

/// Files of that size a second, each flushed with its folder.
pub async fn files(folder: &Path, size: usize, at_once: usize, length: Duration) -> Outcome<f64> {
    let folder = folder.join("raw");
    std::fs::create_dir_all(&folder)?;
    let bytes = Arc::new(paper::pdf(size));
    let rate = rate(at_once, length, async |round| {
        while round.goes_on() {
            let (folder, name, bytes) = (folder.clone(), round.name(), bytes.clone());
            tokio::task::spawn_blocking(move || write(folder, &name, &bytes)).await??;
            round.count();
        }
        Ok(())
    });
    let rate = rate.await?;
    std::fs::remove_dir_all(&folder)?;
    Ok(rate)
}

fn write(folder: PathBuf, name: &str, bytes: &[u8]) -> io::Result<()> {
    let mut file = File::create_new(folder.join(name))?;
    file.write_all(bytes)?;
    file.sync_all()?;
    File::open(folder)?.sync_all()
}
