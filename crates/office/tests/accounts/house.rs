//! Databases to test on: one of each kind, made for one test and removed after it; and a number that asks for codes.

use std::net::{IpAddr, Ipv4Addr};
use std::sync::Arc;
use std::time::Duration;

use pishkhan_office::accounts::sign_in::{self, Confirmed, Requested, Resent, SignInWords};
use pishkhan_office::accounts::{SignInToken, Visitor};
use pishkhan_office::ids::SenderId;
use pishkhan_office::persian::{Language, Mobile};
use pishkhan_office::rules::Rules;
use pishkhan_office::{Clock, Db, Moment, OrganisationId, Secret, Tx};
use pishkhan_store::{Place, Row, query};
use sqlx::any::install_default_drivers;
use sqlx::{AnyConnection, AssertSqlSafe, Connection};

const WORDS: SignInWords<'_> =
    SignInWords { host: "here.example.ir", organisation: "سازمان نمونه", language: Language::Persian };

/// A database of its own, a clock of its own, and the default rules without a pause between the sign-ins of one number.
#[derive(Clone)]
pub struct House {
    pub db: Db,
    pub clock: Clock,
    pub secret: Secret,
    pub rules: Arc<Rules>,
}

impl House {
    pub async fn begin(&self) -> Tx {
        self.begin_in("here").await
    }

    pub async fn begin_in(&self, organisation: &str) -> Tx {
        self.db.begin(&OrganisationId(organisation.into()), self.now()).await.expect("the database lets us begin")
    }

    pub fn now(&self) -> Moment {
        self.clock.now()
    }

    pub fn wait(&self, seconds: u64) {
        self.clock.move_on(Duration::from_secs(seconds));
    }

    /// The same house with other rules.
    pub fn with(&self, change: impl FnOnce(&mut Rules)) -> House {
        let mut rules = (*self.rules).clone();
        change(&mut rules);
        House { rules: Arc::new(rules), ..self.clone() }
    }

    pub async fn try_request(&self, organisation: &str, visitor: &Visitor, mobile: &Mobile) -> Requested {
        self.try_request_after(None, organisation, visitor, mobile).await
    }

    /// The same in a browser that has asked before.
    pub async fn try_request_after(
        &self,
        before: Option<&SignInToken>,
        organisation: &str,
        visitor: &Visitor,
        mobile: &Mobile,
    ) -> Requested {
        let mut tx = self.begin_in(organisation).await;
        let requested = sign_in::request_code(&mut tx, &self.secret, &self.rules, &WORDS, visitor, mobile, before)
            .await
            .expect("the database answers");
        if let Requested::Sent(_) = requested {
            tx.commit().await.expect("committed");
        }
        requested
    }

    /// Asks for a code and reads it in the message.
    pub async fn request(&self, mobile: &Mobile) -> (SignInToken, String) {
        match self.try_request("here", &visitor(1), mobile).await {
            Requested::Sent(token) => (token, self.last_code().await),
            Requested::Waiting => panic!("no code was sent: one is waited for"),
            Requested::TooMany { why, .. } => panic!("no code was sent: {why:?}"),
        }
    }

    pub async fn resend(&self, token: &SignInToken) -> Resent {
        let mut tx = self.begin().await;
        let rules = &self.rules;
        let resent = sign_in::resend(&mut tx, &self.secret, rules, &WORDS, &visitor(1), token, sign_in::Way::Text)
            .await
            .expect("the database answers");
        if resent == Resent::Sent {
            tx.commit().await.expect("committed");
        }
        resent
    }

    pub async fn confirm(&self, visitor: &Visitor, token: &SignInToken, code: &str) -> Confirmed {
        let mut tx = self.begin().await;
        let confirmed = sign_in::confirm(&mut tx, &self.secret, &self.rules, visitor, token, code)
            .await
            .expect("the database answers");
        tx.commit().await.expect("committed");
        confirmed
    }

    /// The code in the last message that was posted.
    pub async fn last_code(&self) -> String {
        let mut tx = self.begin().await;
        let row = query("select text from outbox where organisation_id = 'here' order by created_at desc, id limit 1")
            .fetch_one(tx.connection())
            .await
            .expect("a message");
        let text: String = row.get("text");
        text.chars().take(6).collect()
    }

    pub async fn count(&self, statement: &'static str) -> i64 {
        let mut tx = self.begin().await;
        query(statement).fetch_one(tx.connection()).await.expect("a count").get(0)
    }
}

/// Another code than this one.
pub fn other_than(code: &str) -> String {
    let number: u32 = code.parse().expect("six digits");
    format!("{:06}", (number + 1) % 1_000_000)
}

/// A visitor with an address of their own, each in a network of its own.
pub fn visitor(number: u8) -> Visitor {
    Visitor::at(IpAddr::V4(Ipv4Addr::new(192, 0, number, 7)))
}

pub fn mobile(last: u32) -> Mobile {
    Mobile::parse(&format!("0912{last:07}")).expect("a mobile number")
}

pub fn sender() -> SenderId {
    SenderId::random()
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
    let name = format!("accounts_{}", SenderId::random());
    let folder = std::env::temp_dir().join(&name);
    let on_sqlite = run(&test, Place::Folder(folder.clone())).await;

    administer(&cluster, format!("create database {name}")).await;
    let on_postgres = run(&test, Place::Postgres { url: with_database(&cluster, &name), connections: 8 }).await;
    administer(&cluster, format!("drop database {name} with (force)")).await;

    std::fs::remove_dir_all(&folder).expect("the test's folder is still there");
    on_sqlite.expect("it holds on SQLite");
    on_postgres.expect("it holds on PostgreSQL");
}

/// In a task of its own, so that a failed test is cleaned up after, too.
async fn run<T, F>(test: &T, place: Place) -> Result<(), tokio::task::JoinError>
where
    T: Fn(House) -> F,
    F: Future<Output = ()> + Send + 'static,
{
    let db = Db::open(&place).await.expect("the database opens");
    let (clock, secret, mut rules) = (Clock::system(), Secret::random(), Rules::default());
    rules.limits.sends_per_number_per_minute = 0;
    let outcome = tokio::spawn(test(House { db: db.clone(), clock, secret, rules: Arc::new(rules) })).await;
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
    let (address, query) = cluster.split_once('?').map_or((cluster, ""), |(address, query)| (address, query));
    let (server, _) = address.rsplit_once('/').expect("the URL names a database");
    format!("{server}/{name}?{query}")
}
