//! Databases to test on: one of each kind, made for one test and removed after it.

use std::any::Any;
use std::panic::{AssertUnwindSafe, resume_unwind};
use std::path::{Path, PathBuf};

use futures_util::FutureExt;
use pishkhan_office::ids::LetterId;
use sqlx::any::install_default_drivers;
use sqlx::{AnyConnection, AssertSqlSafe, Connection};

use crate::app::{House, TestApp};
use crate::plan::Plan;
use crate::prototype::prototype;

/// Which database.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    Sqlite,
    Postgres,
}

/// A temporary folder, gone when it is dropped.
pub struct Folder(PathBuf);

/// Runs a test on SQLite, then on PostgreSQL.
pub async fn on_both(test: impl AsyncFn(TestApp)) {
    on_both_as(|_| {}, test).await;
}

/// The same in a house that differs from the usual one.
pub async fn on_both_as(change: impl Fn(&mut Plan), test: impl AsyncFn(TestApp)) {
    on_one(Kind::Sqlite, &change, &test).await;
    on_one(Kind::Postgres, &change, &test).await;
}

/// Runs a test on one of the databases, for what depends on none.
pub async fn on_one(kind: Kind, change: impl Fn(&mut Plan), test: impl AsyncFn(TestApp)) {
    let mut plan = Plan::default();
    change(&mut plan);
    let (folder, name) = (Folder::new(), format!("journey_{}", LetterId::random()));
    let prototype = prototype(kind, plan.scheme).await;
    let place = prototype.copy(&folder.path().join("data"), &name).await;
    let house = House::open(plan, &place, prototype.places.clone(), folder.path()).await;
    let ended = run(house, test).await;
    if kind == Kind::Postgres {
        administer(format!("drop database {name} with (force)")).await;
    }
    if let Err(panic) = ended {
        eprintln!("this happened on {kind:?}");
        resume_unwind(panic);
    }
}

/// Runs a test of a program that is given the URL of a new database.
pub async fn on_postgres(test: impl AsyncFnOnce(String)) {
    let name = format!("journey_{}", LetterId::random());
    administer(format!("create database {name}")).await;
    let ended = AssertUnwindSafe(test(with_database(&cluster(), &name))).catch_unwind().await;
    administer(format!("drop database {name} with (force)")).await;
    if let Err(panic) = ended {
        resume_unwind(panic);
    }
}

/// A failed test is cleaned up after, too.
async fn run(house: House, test: impl AsyncFn(TestApp)) -> Result<(), Box<dyn Any + Send>> {
    let db = house.db().clone();
    let app = TestApp::of(house);
    let ended = AssertUnwindSafe(async {
        test(app.clone()).await;
        // What is still in the outbox must be sendable, too.
        app.settle().await;
        app.looks_into_index().await;
        drop(app);
    })
    .catch_unwind()
    .await;
    db.close().await;
    ended
}

#[expect(clippy::disallowed_methods, reason = "the test runner tells the tests where its cluster is")]
pub(crate) fn cluster() -> String {
    std::env::var("PISHKHAN_TEST_POSTGRES")
        .expect("PISHKHAN_TEST_POSTGRES names no PostgreSQL; run `cargo xtask test`, which starts one")
}

/// Tells the cluster something about its databases.
pub(crate) async fn administer(statement: String) {
    let mut connection = connect(&cluster()).await;
    sqlx::raw_sql(AssertSqlSafe(statement)).execute(&mut connection).await.expect("the cluster lets us make databases");
    connection.close().await.expect("the connection closes");
}

/// A connection of our own.
pub(crate) async fn connect(url: &str) -> AnyConnection {
    install_default_drivers();
    AnyConnection::connect(url).await.expect("the database answers")
}

/// The cluster's URL with another database in it.
pub(crate) fn with_database(cluster: &str, name: &str) -> String {
    let (address, query) = cluster.split_once('?').map_or((cluster, None), |(address, query)| (address, Some(query)));
    let (server, _) = address.rsplit_once('/').expect("the URL names a database");
    match query {
        Some(query) => format!("{server}/{name}?{query}"),
        None => format!("{server}/{name}"),
    }
}

impl Folder {
    /// A new one, empty.
    pub fn new() -> Folder {
        let folder = std::env::temp_dir().join(format!("pishkhan-test-{}", LetterId::random()));
        std::fs::create_dir(&folder).expect("the folder for temporary files is writable");
        Folder(folder)
    }

    pub fn path(&self) -> &Path {
        &self.0
    }
}

impl Default for Folder {
    fn default() -> Folder {
        Folder::new()
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}
