//! What can go wrong with the database, as its callers tell it apart.

use sqlx::error::DatabaseError;
use sqlx::sqlite::SqliteError;

/// What can go wrong with the database.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The database refused or lost a statement.
    #[error("the database answered: {0}")]
    Database(#[from] sqlx::Error),
    /// The disk failed earlier, so nothing is acknowledged any more until a restart (a failed fsync can't be retried).
    #[error("the store has stopped since its disk failed; restart the server when the disk is well")]
    Stopped,
    /// The common commit failed; none of its acts is acknowledged.
    #[error("the commit failed: {0}")]
    Commit(String),
    /// The database was written by a newer program.
    #[error(
        "this database is at migration {found}, this program knows up to {known}: it was written by a newer version of \
         Pishkhan; install that version, or restore the backup from before the update"
    )]
    Newer {
        /// The newest migration in the database.
        found: i64,
        /// The newest migration in the program.
        known: i64,
    },
    /// The server is older than any that was tried.
    #[error("this PostgreSQL is version {found}; Pishkhan needs 15 or newer")]
    OldPostgres {
        /// The server's major version.
        found: i64,
    },
    /// A migration failed; the database is as it was before it.
    #[error("migration {version} failed: {source}")]
    Migration {
        /// The migration's number.
        version: i64,
        /// What the database said.
        source: sqlx::Error,
    },
    /// The data folder can't be used.
    #[error("the data folder {folder} can't be used: {source}")]
    Folder {
        /// The folder's path.
        folder: String,
        /// What the system said.
        source: std::io::Error,
    },
    /// A stored value that this program can't read: a damaged row, or a bug.
    #[error("a stored {0} can't be read")]
    Unreadable(&'static str),
}

impl StoreError {
    /// Whether a unique key refused the row, so that somebody else was first.
    pub fn is_taken(&self) -> bool {
        matches!(self, StoreError::Database(sqlx::Error::Database(e)) if e.is_unique_violation())
    }

    /// Whether the database can't do its work now: it has stopped, its disk refuses, or it is out of reach. Nobody asked for
    /// anything wrong, and later it may go.
    pub fn is_outage(&self) -> bool {
        match self {
            StoreError::Stopped | StoreError::Commit(_) => true,
            StoreError::Database(error) => is_outage(error),
            StoreError::Newer { .. }
            | StoreError::OldPostgres { .. }
            | StoreError::Migration { .. }
            | StoreError::Folder { .. }
            | StoreError::Unreadable(_) => false,
        }
    }
}

/// Whether the disk under `SQLite` failed, so that nothing that was written since can be trusted: an I/O error, no room, or a
/// damaged file.
pub(crate) fn is_disk_failure(error: &sqlx::Error) -> bool {
    matches!(error, sqlx::Error::Database(error) if matches!(sqlite_code(error.as_ref()), Some(IOERR | CORRUPT | FULL | NOTADB)))
}

// Result codes of SQLite (sqlite.org/rescode.html).
const BUSY: u32 = 5;
const NOMEM: u32 = 7;
const READONLY: u32 = 8;
const IOERR: u32 = 10;
const CORRUPT: u32 = 11;
const FULL: u32 = 13;
const CANTOPEN: u32 = 14;
const NOTADB: u32 = 26;
const SQLITE_OUTAGES: [u32; 8] = [BUSY, NOMEM, READONLY, IOERR, CORRUPT, FULL, CANTOPEN, NOTADB];

/// Classes of PostgreSQL's codes (its manual, appendix A): connection lost, no resources, stopped by an operator, system error;
/// a server that only reads, such as a standby; and a transaction that was given up for another one (a deadlock).
const POSTGRES_OUTAGES: [&str; 6] = ["08", "53", "57P", "58", "25006", "40"];

fn is_outage(error: &sqlx::Error) -> bool {
    match error {
        sqlx::Error::Io(_)
        | sqlx::Error::Tls(_)
        | sqlx::Error::PoolTimedOut
        | sqlx::Error::PoolClosed
        | sqlx::Error::WorkerCrashed => true,
        sqlx::Error::Database(error) => {
            let code = error.code().unwrap_or_default();
            let is_of_postgres = || POSTGRES_OUTAGES.iter().any(|class| code.starts_with(class));
            sqlite_code(error.as_ref()).map_or_else(is_of_postgres, |code| SQLITE_OUTAGES.contains(&code))
        }
        _ => false,
    }
}

/// The primary result code, when it was `SQLite` that answered. What it hands out is the extended one, whose lowest byte this is.
fn sqlite_code(error: &dyn DatabaseError) -> Option<u32> {
    let error = error.try_downcast_ref::<SqliteError>()?;
    let extended: u32 = error.code()?.parse().ok()?;
    Some(extended & 0xff)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_out_of_reach_is_an_outage_and_what_is_not_there_is_none() {
        assert!(StoreError::from(sqlx::Error::PoolTimedOut).is_outage());
        assert!(StoreError::from(sqlx::Error::Io(std::io::ErrorKind::ConnectionReset.into())).is_outage());
        assert!(!StoreError::from(sqlx::Error::RowNotFound).is_outage());
        assert!(!StoreError::Unreadable("letter").is_outage());
    }
}
