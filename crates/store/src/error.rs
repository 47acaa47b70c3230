//! What can go wrong with the database, as its callers tell it apart.

/// What can go wrong with the database.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The database refused or lost a statement.
    #[error("the database answered: {0}")]
    Database(#[from] sqlx::Error),
    /// A commit failed earlier, so nothing is acknowledged any more until a restart (a failed fsync can't be retried).
    #[error("the store has stopped after a failed commit; restart the server when the disk is well")]
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
}
