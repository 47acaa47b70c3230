//! Opening the database, and beginning work on it.

use std::io;
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use sqlx::any::{AnyPoolOptions, install_default_drivers};
use sqlx::{AnyConnection, AnyPool, Connection, Executor, Row};

use crate::bells::{Bell, Bells};
use crate::commit::Queue;
use crate::readers::Readers;
use crate::tx::Link;
use crate::{Moment, OrganisationId, Result, StoreError, Tx, migrate};

/// Where the database is.
#[derive(Clone, Debug)]
pub enum Place {
    /// `SQLite` in this folder, which is made when it doesn't exist.
    Folder(PathBuf),
    /// `PostgreSQL` 15 or newer at this URL, with at most so many connections.
    Postgres {
        /// `postgres://…`
        url: String,
        /// The pool's size.
        connections: u32,
    },
}

/// The oldest `PostgreSQL` whose statements ours were tried on, as it numbers itself.
const OLDEST_POSTGRES: i64 = 150_000;

/// The database. Cloning is cheap.
#[derive(Clone)]
pub struct Db(Arc<House>);

struct House {
    engine: Engine,
    bells: Bells,
}

enum Engine {
    Sqlite { writer: Queue, readers: Readers },
    Postgres(AnyPool),
}

impl Db {
    /// Opens the database and brings its tables up to date.
    pub async fn open(place: &Place) -> Result<Db> {
        install_default_drivers();
        let (engine, bells) = match place {
            Place::Folder(folder) => (open_sqlite(folder).await?, Bells::alone()),
            Place::Postgres { url, connections } => {
                let pool = open_postgres(url, *connections).await?;
                (Engine::Postgres(pool.clone()), Bells::among_others(pool, url.clone()))
            }
        };
        Ok(Db(Arc::new(House { engine, bells })))
    }

    /// Begins work that may write. On `SQLite` acts take turns; the turn ends with `commit` or drop.
    pub async fn begin(&self, organisation: &OrganisationId, now: Moment) -> Result<Tx> {
        let link = match &self.0.engine {
            Engine::Sqlite { writer, .. } => Link::Writer(writer.begin().await?),
            Engine::Postgres(pool) => Link::Postgres(pool.begin().await?),
        };
        Ok(Tx::new(organisation.clone(), now, link, self.0.bells.clone()))
    }

    /// Begins work that only reads; it waits for no writer.
    pub async fn read(&self, organisation: &OrganisationId, now: Moment) -> Result<Tx> {
        let link = match &self.0.engine {
            Engine::Sqlite { readers, .. } => Link::Reader(readers.take().await?),
            Engine::Postgres(pool) => Link::PostgresReader(pool.acquire().await?),
        };
        Ok(Tx::new(organisation.clone(), now, link, self.0.bells.clone()))
    }

    /// Whether the disk has failed under the writer, so that the server must stop.
    pub fn has_stopped(&self) -> bool {
        match &self.0.engine {
            Engine::Sqlite { writer, .. } => writer.has_stopped(),
            Engine::Postgres(_) => false,
        }
    }

    /// A bell of that organisation, which is heard after the commit of work that [rings](Tx::ring) it, on whichever node.
    pub fn hear(&self, organisation: &OrganisationId, topic: &str) -> Bell {
        self.0.bells.hear(organisation, topic)
    }

    /// Closes all connections that can be closed from here.
    pub async fn close(&self) {
        self.0.bells.close();
        match &self.0.engine {
            Engine::Sqlite { readers, .. } => readers.close().await,
            Engine::Postgres(pool) => pool.close().await,
        }
    }
}

async fn open_sqlite(folder: &Path) -> Result<Engine> {
    let file = folder.join("pishkhan.sqlite");
    make_private(folder, &file)
        .map_err(|source| StoreError::Folder { folder: folder.display().to_string(), source })?;
    let url = format!("sqlite://{}", escaped(&file));
    let mut connection = AnyConnection::connect(&format!("{url}?mode=rwc")).await?;
    // FULL, since NORMAL may lose the last commits when the power goes; acknowledged means durable. The cache is as large as a reader's.
    connection
        .execute(
            "pragma busy_timeout = 10000; pragma journal_mode = wal; pragma synchronous = full; pragma foreign_keys = on;
             pragma cache_size = -16000",
        )
        .await?;
    migrate::run(&mut connection, false).await?;
    let readers = Readers::open(&format!("{url}?mode=rw")).await?;
    Ok(Engine::Sqlite { writer: Queue::new(connection), readers })
}

/// Letters are nobody's business on this machine but ours; `SQLite` gives its further files the mode of this one.
fn make_private(folder: &Path, file: &Path) -> io::Result<()> {
    std::fs::DirBuilder::new().recursive(true).mode(0o700).create(folder)?;
    std::fs::OpenOptions::new().append(true).create(true).mode(0o600).open(file)?;
    Ok(())
}

async fn open_postgres(url: &str, connections: u32) -> Result<AnyPool> {
    // On a connection of its own, whose refusal is told at once and as it is; a pool would try on until its time is over.
    let mut connection = AnyConnection::connect(url).await?;
    let row = sqlx::query("select current_setting('server_version_num')::bigint").fetch_one(&mut connection).await?;
    let version: i64 = row.try_get(0)?;
    if version < OLDEST_POSTGRES {
        return Err(StoreError::OldPostgres { found: version / 10_000 });
    }
    migrate::run(&mut connection, true).await?;
    connection.close().await?;
    let pool = AnyPoolOptions::new().max_connections(connections).acquire_timeout(Duration::from_secs(10));
    Ok(pool.connect(url).await?)
}

/// A path as the URL of `SQLite` takes it: `%`, `?` and `#` would end it early.
fn escaped(path: &Path) -> String {
    path.display().to_string().replace('%', "%25").replace('?', "%3f").replace('#', "%23")
}
