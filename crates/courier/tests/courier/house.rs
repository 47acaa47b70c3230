//! Databases to test on: one of each kind, made for one test and removed after it.

use std::path::PathBuf;
use std::time::Duration;

use pishkhan_courier::{Language, Message, MessageId, post};
use pishkhan_store::{Clock, Db, Moment, OrganisationId, Place, Tx};
use sqlx::any::install_default_drivers;
use sqlx::{AnyConnection, AssertSqlSafe, Connection};

/// A database of its own, a clock of its own, and a folder for files.
#[derive(Clone)]
pub struct House {
    pub db: Db,
    pub clock: Clock,
    pub folder: PathBuf,
    place: Place,
}

impl House {
    /// Opens the same database once more, as a second process would.
    pub async fn second_process(&self) -> Db {
        Db::open(&self.place).await.expect("the database opens twice")
    }

    pub async fn begin(&self, organisation: &str) -> Tx {
        self.db.begin(&OrganisationId(organisation.into()), self.clock.now()).await.expect("the database lets us begin")
    }

    /// Posts a text in an act of its own.
    pub async fn post(&self, organisation: &str, to: &str, text: &str) -> MessageId {
        self.post_until(organisation, to, text, None).await
    }

    pub async fn post_until(&self, organisation: &str, to: &str, text: &str, expires_at: Option<Moment>) -> MessageId {
        let mut tx = self.begin(organisation).await;
        let message = Message {
            to: to.into(),
            template: "letter_registered",
            text: text.into(),
            language: Language::Persian,
            values: vec![("number", "1405/101".into())],
            expires_at,
            about: String::new(),
            hold: Duration::ZERO,
        };
        let id = post(&mut tx, message).await.expect("a message is posted");
        tx.commit().await.expect("the act is committed");
        id
    }

    pub fn wait(&self, seconds: u64) {
        self.clock.move_on(Duration::from_secs(seconds));
    }
}

/// Runs a test on SQLite, then on PostgreSQL.
pub async fn on_both<T, F>(test: T)
where
    T: Fn(House) -> F,
    F: Future<Output = ()> + Send + 'static,
{
    #[expect(clippy::disallowed_methods, reason = "the test runner tells the tests where its cluster is")]
    let cluster = std::env::var("PISHKHAN_TEST_POSTGRES")
        .expect("PISHKHAN_TEST_POSTGRES names no PostgreSQL; run `cargo xtask test`, which starts one");
    let name = format!("courier_{}", MessageId::random());
    let folder = std::env::temp_dir().join(&name);
    std::fs::create_dir(&folder).expect("the folder for temporary files is writable");
    let on_sqlite = run(&test, Place::Folder(folder.join("data")), folder.clone()).await;

    administer(&cluster, format!("create database {name}")).await;
    let on_postgres =
        run(&test, Place::Postgres { url: with_database(&cluster, &name), connections: 5 }, folder.clone()).await;
    administer(&cluster, format!("drop database {name} with (force)")).await;

    std::fs::remove_dir_all(&folder).expect("the test's folder is still there");
    on_sqlite.expect("it holds on SQLite");
    on_postgres.expect("it holds on PostgreSQL");
}

/// In a task of its own, so that a failed test is cleaned up after, too.
async fn run<T, F>(test: &T, place: Place, folder: PathBuf) -> Result<(), tokio::task::JoinError>
where
    T: Fn(House) -> F,
    F: Future<Output = ()> + Send + 'static,
{
    let spool = folder.join("spool.jsonl");
    if spool.exists() {
        std::fs::remove_file(spool).expect("the test's own file can be removed");
    }
    let db = Db::open(&place).await.expect("the database opens");
    let outcome = tokio::spawn(test(House { db: db.clone(), clock: Clock::system(), folder, place })).await;
    db.close().await;
    outcome
}

async fn administer(cluster: &str, statement: String) {
    install_default_drivers();
    let mut connection = AnyConnection::connect(cluster).await.expect("PISHKHAN_TEST_POSTGRES answers");
    sqlx::raw_sql(AssertSqlSafe(statement)).execute(&mut connection).await.expect("the cluster lets us make databases");
    connection.close().await.expect("the connection closes");
}

/// The cluster's URL with another database in it.
fn with_database(cluster: &str, name: &str) -> String {
    let (address, query) = cluster.split_once('?').map_or((cluster, None), |(address, query)| (address, Some(query)));
    let (server, _) = address.rsplit_once('/').expect("the URL names a database");
    match query {
        Some(query) => format!("{server}/{name}?{query}"),
        None => format!("{server}/{name}"),
    }
}
