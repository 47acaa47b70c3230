//! A furnished database of each kind, of which every test has a copy: making its tables would take longer than most tests.

use std::collections::HashMap;
use std::io::Write;
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::Path;
use std::sync::{Arc, LazyLock};

use pishkhan_office::ids::LetterId;
use pishkhan_store as store;
use sqlx::AssertSqlSafe;
use tokio::sync::Mutex;

use crate::app;
use crate::database::{Folder, Kind, administer, cluster, connect, with_database};
use crate::plan::Place;

/// The file of a database in its folder.
const FILE: &str = "pishkhan.sqlite";

/// How many connections furnish a database.
const CONNECTIONS: u32 = 2;

/// Those that were made in this process, each when a test first asked for it.
static MADE: LazyLock<Mutex<HashMap<Wanted, Arc<Prototype>>>> = LazyLock::new(Mutex::default);

/// The kind of database, and the scheme of its organisations' addresses.
type Wanted = (Kind, &'static str);

/// What copies are made of, and who is in them.
pub(crate) struct Prototype {
    source: Source,
    pub(crate) places: Vec<Place>,
}

enum Source {
    /// The file's bytes.
    Sqlite(Vec<u8>),
    /// The database's name in the cluster.
    Postgres(String),
}

/// The prototype of this kind, made if this is the first test to ask.
pub(crate) async fn prototype(kind: Kind, scheme: &'static str) -> Arc<Prototype> {
    let mut made = MADE.lock().await;
    if let Some(prototype) = made.get(&(kind, scheme)) {
        return Arc::clone(prototype);
    }
    let prototype = Arc::new(match kind {
        Kind::Sqlite => in_a_file(scheme).await,
        Kind::Postgres => in_the_cluster(scheme).await,
    });
    made.insert((kind, scheme), Arc::clone(&prototype));
    prototype
}

impl Prototype {
    /// A copy, in a file of this folder or under this name in the cluster.
    pub(crate) async fn copy(&self, folder: &Path, name: &str) -> store::Place {
        match &self.source {
            Source::Sqlite(bytes) => {
                write(folder, bytes);
                store::Place::Folder(folder.to_owned())
            }
            Source::Postgres(source) => {
                // Its files are copied as they are; page by page through the log takes four times as long.
                administer(format!("create database {name} template {source} strategy file_copy")).await;
                store::Place::Postgres { url: with_database(&cluster(), name), connections: 12 }
            }
        }
    }
}

async fn in_a_file(scheme: &str) -> Prototype {
    let folder = Folder::new();
    let places = app::furnish(&store::Place::Folder(folder.path().to_owned()), scheme).await;
    let (made, copy) = (folder.path().join(FILE), folder.path().join("copy"));
    // Not the file itself, beside which its last commits may still lie in another.
    let mut connection = connect(&format!("sqlite://{}", made.display())).await;
    let statement = format!("vacuum into '{}'", copy.display());
    sqlx::raw_sql(AssertSqlSafe(statement)).execute(&mut connection).await.expect("there is room for a copy");
    Prototype { source: Source::Sqlite(std::fs::read(copy).expect("the copy was made")), places }
}

async fn in_the_cluster(scheme: &str) -> Prototype {
    let name = format!("prototype_{}", LetterId::random());
    administer(format!("create database {name}")).await;
    let place = store::Place::Postgres { url: with_database(&cluster(), &name), connections: CONNECTIONS };
    let places = app::furnish(&place, scheme).await;
    Prototype { source: Source::Postgres(name), places }
}

/// As private as the store makes it.
fn write(folder: &Path, bytes: &[u8]) {
    std::fs::DirBuilder::new().mode(0o700).create(folder).expect("the folder can be made");
    let mut options = std::fs::OpenOptions::new();
    let file = options.write(true).create_new(true).mode(0o600).open(folder.join(FILE));
    file.and_then(|mut file| file.write_all(bytes)).expect("there is room for a database");
}
