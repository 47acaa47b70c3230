//! What callers of the store rely on, on both databases.

use std::future::Future;
use std::path::PathBuf;
use std::time::Duration;

use futures_util::future::join_all;
use pishkhan_store::{Clock, Db, OrganisationId, Place, Row, StoreError, Tx, query};

/// A place of its own for one test, gone afterwards.
struct House {
    place: Place,
    folder: PathBuf,
    database: Option<(String, String)>,
}

impl House {
    fn sqlite() -> House {
        let folder = std::env::temp_dir().join(format!("pishkhan-store-{}", unique()));
        House { place: Place::Folder(folder.clone()), folder, database: None }
    }

    async fn postgres() -> House {
        #[expect(clippy::disallowed_methods, reason = "this is how the tests learn of their cluster")]
        let cluster = std::env::var("PISHKHAN_TEST_POSTGRES").expect(
            "PISHKHAN_TEST_POSTGRES names no cluster: run `cargo xtask test`, or `cargo xtask postgres` beside this",
        );
        let name = format!("store_{}", unique());
        run_on(&cluster, &format!("create database {name}")).await;
        let (server, _) = cluster.rsplit_once('/').expect("a URL ends in a database's name");
        let url = format!("{server}/{name}");
        let folder = std::env::temp_dir().join(format!("pishkhan-store-{}", unique()));
        House { place: Place::Postgres { url, connections: 16 }, folder, database: Some((cluster, name)) }
    }

    async fn remove(self) {
        // A SQLite folder that is still open goes with the last file handle.
        let _ = std::fs::remove_dir_all(&self.folder);
        if let Some((cluster, name)) = self.database {
            run_on(&cluster, &format!("drop database {name} with (force)")).await;
        }
    }
}

async fn run_on(url: &str, statement: &str) {
    sqlx::any::install_default_drivers();
    let mut connection = <sqlx::AnyConnection as sqlx::Connection>::connect(url).await.expect("the cluster answers");
    let statement = sqlx::AssertSqlSafe(statement.to_owned());
    sqlx::raw_sql(statement).execute(&mut connection).await.expect("the cluster obeys");
}

fn unique() -> String {
    use std::sync::atomic::{AtomicU32, Ordering};
    static COUNT: AtomicU32 = AtomicU32::new(0);
    let now = Clock::system().now().0;
    format!("{}_{now}_{}", std::process::id(), COUNT.fetch_add(1, Ordering::Relaxed))
}

async fn on_both<F: Future<Output = ()>>(test: impl Fn(Db, Place) -> F) {
    for house in [House::sqlite(), House::postgres().await] {
        let db = Db::open(&house.place).await.expect("a fresh place opens");
        test(db.clone(), house.place.clone()).await;
        db.close().await;
        house.remove().await;
    }
}

fn us() -> OrganisationId {
    OrganisationId("us".to_owned())
}

async fn begin(db: &Db) -> Tx {
    db.begin(&us(), Clock::system().now()).await.expect("work begins")
}

/// Adds a host; any small table will do.
async fn add(tx: &mut Tx, host: &str) {
    let id = tx.organisation().0.clone();
    query("insert into hosts (organisation_id, host) values ($1, $2)")
        .bind(id)
        .bind(host)
        .execute(tx.connection())
        .await
        .expect("the row fits");
}

async fn count(db: &Db) -> i64 {
    let mut tx = db.read(&us(), Clock::system().now()).await.expect("reading begins");
    let row = query("select count(*) from hosts where organisation_id = 'us'").fetch_one(tx.connection()).await;
    row.expect("it counts").get(0)
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_committed_is_there_and_what_is_dropped_is_not() {
    on_both(async |db, _| {
        let mut kept = begin(&db).await;
        add(&mut kept, "kept").await;
        kept.commit().await.expect("it commits");
        let mut dropped = begin(&db).await;
        add(&mut dropped, "dropped").await;
        drop(dropped);
        let mut next = begin(&db).await;
        add(&mut next, "next").await;
        next.commit().await.expect("the next one is not disturbed");
        assert_eq!(count(&db).await, 2);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn acts_at_once_are_all_kept_and_those_given_up_take_nobody_along() {
    on_both(async |db, _| {
        let acts = (0..120).map(|n| {
            let db = db.clone();
            tokio::spawn(async move {
                let mut tx = begin(&db).await;
                add(&mut tx, &format!("host-{n}")).await;
                if n % 3 == 0 {
                    return 0;
                }
                tx.commit().await.expect("it commits");
                1
            })
        });
        let kept: i64 = join_all(acts).await.into_iter().map(|act| act.expect("no act panics")).sum();
        assert_eq!(kept, 80);
        assert_eq!(count(&db).await, 80);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn acts_whose_callers_go_away_leave_the_writer_whole() {
    on_both(async |db, _| {
        for pause in 0..60 {
            let work = async {
                let mut tx = begin(&db).await;
                add(&mut tx, &format!("host-{pause}")).await;
                tx.commit().await
            };
            // Some of these end before their begin, some within a statement, some within the commit.
            let _ = tokio::time::timeout(Duration::from_micros(pause * 40), work).await;
        }
        let before = count(&db).await;
        let mut tx = begin(&db).await;
        add(&mut tx, "after").await;
        tx.commit().await.expect("the writer is whole");
        // A commit whose caller went away may still have been under way when we counted.
        assert!(count(&db).await > before);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refused_row_is_told_as_taken_and_ends_its_act_only() {
    on_both(async |db, _| {
        let mut tx = begin(&db).await;
        add(&mut tx, "one").await;
        tx.commit().await.expect("it commits");
        let mut again = begin(&db).await;
        let refused = query("insert into hosts (organisation_id, host) values ('us', 'one')")
            .execute(again.connection())
            .await
            .map_err(StoreError::from);
        assert!(refused.is_err_and(|error| error.is_taken()));
        drop(again);
        let mut next = begin(&db).await;
        add(&mut next, "two").await;
        next.commit().await.expect("the next one is not disturbed");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn readers_do_not_wait_for_a_writer() {
    on_both(async |db, _| {
        let mut tx = begin(&db).await;
        add(&mut tx, "unseen").await;
        let counted = tokio::time::timeout(Duration::from_secs(5), count(&db)).await;
        assert_eq!(counted.expect("a reader goes on beside the writer"), 0);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_database_is_opened_again_and_a_newer_one_is_refused_with_a_sentence() {
    on_both(async |db, place| {
        drop(Db::open(&place).await.expect("it opens again"));
        let mut tx = begin(&db).await;
        query("insert into migrations (version) values (9000)").execute(tx.connection()).await.expect("it fits");
        tx.commit().await.expect("it commits");
        let refused = Db::open(&place).await.err().map(|error| error.to_string()).unwrap_or_default();
        assert!(refused.contains("9000") && refused.contains("newer version"), "{refused}");
    })
    .await;
}

#[tokio::test]
async fn a_server_that_is_not_there_is_told_soon() {
    let place = Place::Postgres { url: "postgres://nobody@127.0.0.1:9/none".to_owned(), connections: 2 };
    let opened = tokio::time::timeout(Duration::from_secs(5), Db::open(&place)).await;
    let error = opened.expect("no long wait").err().map(|error| error.to_string()).unwrap_or_default();
    assert!(error.to_lowercase().contains("refused"), "{error}");
}
