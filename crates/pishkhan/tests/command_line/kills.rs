//! Fifty kills of the real program between sending and marking a message, on each database.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use pishkhan_courier::{Language, Message, post, waiting};
use pishkhan_store::{Clock, Db, OrganisationId, Place, Row, Tx, query};
use pishkhan_testkit::on_postgres;

use crate::{BINARY, done, folder};

const KILLS: usize = 50;
const PATIENCE: Duration = Duration::from_mins(1);
/// How long a claim lasts when its gateway is waited for as long as any.
const LONGEST_CLAIM: Duration = Duration::from_secs(90);
/// In that time a worker would have marked what its gateway took.
const MARKING: Duration = Duration::from_millis(100);

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn fifty_kills_lose_no_message_and_each_doubles_one_at_most() {
    let data = folder("kills");
    survive(&data, &Place::Folder(data.clone()), &[]).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nor_do_fifty_kills_on_postgresql() {
    on_postgres(async |url| {
        let place = Place::Postgres { url: url.clone(), connections: 2 };
        let settings = ["--set".to_owned(), format!("database.url={url}")];
        survive(&folder("kills-postgres"), &place, &settings).await;
    })
    .await;
}

/// At each kill the gateway has a message, and the program has not written that down: every other time since no answer has come, and else since
/// the answer is there and the mark waits for a row that is held. The next worker repeats it, and goes on to the one behind it, at which it is
/// killed.
async fn survive(data: &Path, place: &Place, settings: &[String]) {
    let db = Db::open(place).await.expect("the database opens");
    let typed = format!("org add nemune --name نمونه --url https://desk.example.ir {}", settings.join(" "));
    done(data, typed.trim_end());
    let gateway = Gateway::open();
    let mut expected = Vec::new();
    for kill in 0..KILLS {
        let id = say(&db, "+989120000000", &format!("پیام {kill}")).await;
        let mut worker = start(data, settings, &gateway.address);
        let heard = gateway.unanswered.recv_timeout(PATIENCE);
        let is_answered = kill % 2 == 1;
        let held = if is_answered { Some(hold(&db).await) } else { None };
        gateway.answers.send(is_answered).expect("the gateway's thread is well");
        if is_answered {
            tokio::time::sleep(MARKING).await;
        }
        worker.kill().expect("the worker can be killed");
        worker.wait().expect("the worker is gone");
        if let Some(held) = held {
            held.commit().await.expect("it is let go");
        }
        assert_eq!(
            heard.as_ref(),
            Ok(&id),
            "the worker sends what is posted, once it has repeated what it was killed at"
        );
        expected.extend([id.clone(), id]);
        let_claims_run_out(&db).await;
    }
    let mut worker = start(data, settings, &gateway.address);
    let sent = until_sent(&db).await;
    worker.kill().expect("the worker can be killed");
    worker.wait().expect("the worker is gone");
    db.close().await;
    assert!(sent, "the worker sends what is due, and gives up nothing");
    let taken = gateway.taken.lock().expect("the gateway's thread is well");
    assert_eq!(*taken, expected, "each in its order, cut off once and repeated once under its id, and nothing else");
}

/// Holds all messages, so that none is marked.
async fn hold(db: &Db) -> Tx {
    let mut tx = begin(db).await;
    query("update outbox set due_at = due_at where organisation_id = 'nemune'")
        .execute(tx.connection())
        .await
        .expect("the statement is well");
    tx
}

/// A provider that takes one message after the other. The first time that one comes it asks whether to answer.
struct Gateway {
    address: String,
    taken: Arc<Mutex<Vec<String>>>,
    unanswered: Receiver<String>,
    answers: Sender<bool>,
}

impl Gateway {
    fn open() -> Gateway {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port is found");
        let address = format!("http://{}/send", listener.local_addr().expect("a listener has an address"));
        let taken = Arc::<Mutex<Vec<String>>>::default();
        let ((tell, unanswered), (answers, is_answered)) = (channel(), channel());
        let gateway = Gateway { address, taken: Arc::clone(&taken), unanswered, answers };
        std::thread::spawn(move || {
            for line in listener.incoming().flatten() {
                serve(line, &taken, &tell, &is_answered);
            }
        });
        gateway
    }
}

fn serve(mut line: TcpStream, taken: &Mutex<Vec<String>>, tell: &Sender<String>, is_answered: &Receiver<bool>) {
    let mut bytes = Vec::new();
    let mut piece = [0; 4096];
    let id = loop {
        match line.read(&mut piece) {
            Ok(read) if read > 0 => bytes.extend_from_slice(&piece[..read]),
            _ => return,
        }
        let text = String::from_utf8_lossy(&bytes).into_owned();
        let id = text.split_once(r#""id":""#).and_then(|(_, rest)| rest.split_once('"'));
        if let Some((id, _)) = id {
            break id.to_owned();
        }
    };
    let mut taken = taken.lock().expect("no thread fails while it holds the lock");
    let is_new = !taken.contains(&id);
    taken.push(id.clone());
    drop(taken);
    if is_new {
        // A test that has failed doesn't wait for it any more.
        let _ = tell.send(id);
        if !is_answered.recv().unwrap_or_default() {
            // Nothing is said until whoever asked is gone.
            while line.read(&mut piece).is_ok_and(|read| read > 0) {}
            return;
        }
    }
    let answer =
        "HTTP/1.1 200 OK\r\ncontent-length: 2\r\ncontent-type: application/json\r\nconnection: close\r\n\r\n{}";
    // Whoever asked may be gone.
    let _ = line.write_all(answer.as_bytes());
}

fn start(data: &Path, settings: &[String], address: &str) -> Child {
    let url = format!("messages.http.url={address}");
    let body = r#"messages.http.body={"id":"{id}","to":"{to}","text":"{text}"}"#;
    let mut command = worker(data, settings);
    command.args(["--set", "messages.gateway=http", "--set", &url, "--set", body]);
    command.args(["--set", "messages.http.timeout_seconds=60"]);
    command.spawn().expect("the program starts")
}

/// A worker that says nothing.
pub fn worker(data: &Path, settings: &[String]) -> Command {
    let mut command = Command::new(BINARY);
    command.arg("work").arg("--data").arg(data).args(settings);
    command.args(["--set", "messages.quiet_from_hour=0", "--set", "messages.quiet_until_hour=0"]);
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    command
}

/// The claims of a worker that was killed run out by themselves, and soon; what is left of that time isn't waited for.
pub async fn let_claims_run_out(db: &Db) {
    let mut tx = begin(db).await;
    let row = query(
        "select coalesce(max(due_at), 0) from outbox
         where organisation_id = 'nemune' and sent_at is null and parked_at is null",
    )
    .fetch_one(tx.connection())
    .await
    .expect("the statement is well");
    assert!(row.get::<i64, _>(0) <= tx.now().plus(LONGEST_CLAIM).0, "nobody's claim is longer");
    query("update outbox set due_at = 0 where organisation_id = 'nemune' and sent_at is null")
        .execute(tx.connection())
        .await
        .expect("the statement is well");
    tx.commit().await.expect("it is kept");
}

pub async fn begin(db: &Db) -> Tx {
    db.begin(&OrganisationId("nemune".into()), Clock::system().now()).await.expect("the database lets us begin")
}

/// Posts news in an act of its own.
pub async fn say(db: &Db, to: &str, text: &str) -> String {
    say_as(db, "letter_registered", to, text).await
}

/// The same for a message of any kind.
pub async fn say_as(db: &Db, template: &'static str, to: &str, text: &str) -> String {
    let mut tx = begin(db).await;
    let message = Message {
        to: to.into(),
        template,
        text: text.into(),
        language: Language::Persian,
        values: Vec::new(),
        expires_at: None,
        about: String::new(),
        hold: Duration::ZERO,
    };
    let id = post(&mut tx, message).await.expect("a message is posted");
    tx.commit().await.expect("the act is committed");
    id.0
}

/// Whether all that is due was sent in the end.
pub async fn until_sent(db: &Db) -> bool {
    until_done(db).await == Some(0)
}

/// How many messages were given up once nothing more is due.
pub async fn until_done(db: &Db) -> Option<i64> {
    for _ in 0..600 {
        let mut tx = begin(db).await;
        let left = waiting(&mut tx).await.expect("the statement is well");
        drop(tx);
        if left.due + left.later == 0 {
            return Some(left.parked + left.ended);
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    None
}
