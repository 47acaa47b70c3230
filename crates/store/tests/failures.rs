//! What becomes of a store on SQLite whose disk fails: nothing more is acknowledged, and a restart heals.

use std::path::PathBuf;
use std::time::Duration;

use pishkhan_store::{Clock, Db, OrganisationId, Place, Row, StoreError, Tx, query};

/// A folder of its own for one test, gone afterwards.
struct Folder(PathBuf);

impl Folder {
    fn make(test: &str) -> Folder {
        Folder(std::env::temp_dir().join(format!("pishkhan-failures-{test}-{}", std::process::id())))
    }

    async fn open(&self) -> Db {
        Db::open(&Place::Folder(self.0.clone())).await.expect("the folder opens")
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        // What can't be removed now is in the system's temporary folder.
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

async fn begin(db: &Db) -> Result<Tx, StoreError> {
    db.begin(&OrganisationId("us".to_owned()), Clock::system().now()).await
}

async fn add(tx: &mut Tx, host: &str) -> Result<(), StoreError> {
    query("insert into hosts (organisation_id, host) values ('us', $1)").bind(host).execute(tx.connection()).await?;
    Ok(())
}

async fn add_and_commit(db: &Db, host: &str) -> Result<(), StoreError> {
    let mut tx = begin(db).await?;
    add(&mut tx, host).await?;
    tx.commit().await
}

async fn hosts(db: &Db) -> Vec<String> {
    let mut tx = db.read(&OrganisationId("us".to_owned()), Clock::system().now()).await.expect("reading goes on");
    let rows = query("select host from hosts where organisation_id = 'us' order by host").fetch_all(tx.connection());
    rows.await.expect("the rows are read").iter().map(|row| row.get(0)).collect()
}

/// From now on the database has no room to grow, as on a full disk.
async fn fill(tx: &mut Tx) {
    query("pragma max_page_count = 1").fetch_all(tx.connection()).await.expect("a limit is set");
}

/// Writes more than there is room for.
async fn write_too_much(tx: &mut Tx) -> StoreError {
    add(tx, &"x".repeat(1_000_000)).await.expect_err("there is no room")
}

#[tokio::test(flavor = "multi_thread")]
async fn a_full_disk_stops_the_store_until_a_restart() {
    let folder = Folder::make("full");
    let db = folder.open().await;
    add_and_commit(&db, "before").await.expect("there is room");
    let mut tx = begin(&db).await.expect("work begins");
    fill(&mut tx).await;
    let error = write_too_much(&mut tx).await;
    assert!(error.is_outage(), "{error}");
    drop(tx);
    assert!(db.has_stopped());
    assert!(matches!(begin(&db).await.err(), Some(StoreError::Stopped)));
    assert_eq!(hosts(&db).await, ["before"]);
    db.close().await;
    drop(db);

    let again = folder.open().await;
    add_and_commit(&again, "after").await.expect("a restart heals");
    assert_eq!(hosts(&again).await, ["after", "before"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_waits_for_the_commit_with_the_one_that_failed_is_refused() {
    let folder = Folder::make("waiting");
    let db = folder.open().await;
    let mut first = begin(&db).await.expect("work begins");
    fill(&mut first).await;
    add(&mut first, "first").await.expect("one row still fits");
    // Queued before the first commits, so that it has the writer before the committer has it.
    let (queue, sent) = (db.clone(), Clock::system().now());
    let second = tokio::spawn(async move { queue.begin(&OrganisationId("us".to_owned()), sent).await });
    tokio::time::sleep(Duration::from_millis(100)).await;
    let first = tokio::spawn(first.commit());
    let mut second = second.await.expect("no panic").expect("work begins");
    write_too_much(&mut second).await;
    drop(second);
    let refused = first.await.expect("no panic").expect_err("it shared a transaction with what failed");
    assert!(refused.is_outage(), "{refused}");
    assert_eq!(hosts(&db).await, [""; 0]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_transaction_that_the_database_has_given_up_by_itself_stops_the_store() {
    // As SQLite may do after a failed write.
    for is_committed in [true, false] {
        let folder = Folder::make(if is_committed { "given-up" } else { "given-up-and-dropped" });
        let db = folder.open().await;
        let mut tx = begin(&db).await.expect("work begins");
        add(&mut tx, "lost").await.expect("it fits");
        query("rollback").execute(tx.connection()).await.expect("it is given up");
        if is_committed {
            let refused = tx.commit().await.expect_err("there is nothing to commit");
            assert!(refused.is_outage(), "{refused}");
        } else {
            drop(tx);
        }
        let refused = begin(&db).await.err().expect("nothing more is taken");
        assert!(refused.is_outage(), "{refused}");
        assert!(db.has_stopped());
        assert_eq!(hosts(&db).await, [""; 0]);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_row_that_is_refused_or_a_statement_that_is_wrong_stops_nothing() {
    let folder = Folder::make("ordinary");
    let db = folder.open().await;
    add_and_commit(&db, "one").await.expect("it fits");
    let taken = add_and_commit(&db, "one").await.expect_err("it is there already");
    assert!(taken.is_taken() && !taken.is_outage());
    let mut tx = begin(&db).await.expect("work begins");
    let wrong = query("select no_such_column from hosts").execute(tx.connection()).await.map_err(StoreError::from);
    assert!(wrong.is_err_and(|error| !error.is_outage()));
    drop(tx);
    add_and_commit(&db, "two").await.expect("the store goes on");
    assert!(!db.has_stopped());
}
