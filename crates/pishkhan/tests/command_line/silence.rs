//! What the log keeps to itself: when it tells everything that it can, there is still no key, no number and no text in it.

use std::fs::{self, File};
use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::process::Stdio;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use pishkhan_courier::{Language, Message, post};
use pishkhan_store::{Clock, Db, OrganisationId, Place, Row, Tx, query};

use crate::{command, done, folder};

const KEY: &str = "s3cretkey";
const NUMBER: &str = "9121234567";
/// Signs that no encoding of a form changes.
const TEXT: &str = "secret-words-98765";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_log_that_tells_everything_holds_no_key_no_number_and_no_text() {
    let data = folder("silence");
    done(&data, "org add nemune --name نمونه --url https://desk.example.ir");
    let route = data.join("route.toml");
    let described =
        format!("name = \"line\"\n[gateway]\nkind = \"kavenegar\"\nkey = \"{KEY}\"\nbase = {:?}\n", provider());
    fs::write(&route, described).expect("the folder is writable");
    done(&data, &format!("route add {} --org nemune", route.display()));
    let log = data.join("log");
    let mut worker = command(&data, "work --set log.level=trace");
    worker.args(["--set", "messages.quiet_from_hour=0", "--set", "messages.quiet_until_hour=0"]);
    worker.stdin(Stdio::null()).stdout(Stdio::null());
    let mut worker =
        worker.stderr(File::create(&log).expect("the folder is writable")).spawn().expect("the program starts");

    let db = Db::open(&Place::Folder(data.clone())).await.expect("the database opens");
    say(&db).await;
    until(&db, "select count(*) from outbox where organisation_id = 'nemune' and sent_at is not null").await;
    say(&db).await;
    until(&db, "select count(*) from outbox where organisation_id = 'nemune' and last_error like '%418%'").await;
    worker.kill().expect("the worker can be killed");
    worker.wait().expect("the worker is gone");
    db.close().await;

    let told = fs::read_to_string(&log).expect("the log is text");
    assert!(told.contains("TRACE"), "it tells everything");
    assert!(told.contains("418"), "what went wrong is told: {told}");
    for secret in [KEY, NUMBER, TEXT] {
        let line = told.lines().find(|line| line.contains(secret));
        assert_eq!(line, None, "{secret} is in the log");
    }
}

/// A provider on a free port that takes the first message and has no credit for the others. Its answers repeat what it was told, as some do.
fn provider() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port is found");
    let address = format!("http://{}", listener.local_addr().expect("a listener has an address"));
    let sends = Arc::new(AtomicUsize::new(0));
    std::thread::spawn(move || {
        for line in listener.incoming().flatten() {
            let sends = Arc::clone(&sends);
            // A client may keep a line open without a word.
            std::thread::spawn(move || serve(line, &sends));
        }
    });
    address
}

fn serve(mut line: TcpStream, sends: &AtomicUsize) {
    let mut bytes = Vec::new();
    let mut piece = [0; 4096];
    let asked = loop {
        match line.read(&mut piece) {
            Ok(read) if read > 0 => bytes.extend_from_slice(&piece[..read]),
            _ => return,
        }
        let text = String::from_utf8_lossy(&bytes).into_owned();
        if is_whole(&text) {
            break text;
        }
    };
    let is_send = asked.starts_with(&format!("POST /{KEY}/sms/send.json"));
    let status = if is_send && sends.fetch_add(1, Ordering::SeqCst) > 0 { 418 } else { 200 };
    let body = format!(
        r#"{{"return":{{"status":{status},"message":"{KEY} 0{NUMBER} {TEXT}"}},"entries":[{{"messageid":77,"status":5,"receptor":"0{NUMBER}"}}]}}"#
    );
    let head = format!("HTTP/1.1 {status} Whatever\r\ncontent-length: {}\r\nconnection: close\r\n\r\n", body.len());
    // Whoever asked may be gone.
    let _ = line.write_all(format!("{head}{body}").as_bytes());
}

/// Whether all of the request has come.
pub fn is_whole(text: &str) -> bool {
    let Some((head, body)) = text.split_once("\r\n\r\n") else { return false };
    let head = head.to_ascii_lowercase();
    let length = head.lines().find_map(|header| header.strip_prefix("content-length:")?.trim().parse().ok());
    body.len() >= length.unwrap_or(0)
}

async fn begin(db: &Db) -> Tx {
    db.begin(&OrganisationId("nemune".into()), Clock::system().now()).await.expect("the database lets us begin")
}

async fn say(db: &Db) {
    let mut tx = begin(db).await;
    let message = Message {
        to: format!("+98{NUMBER}"),
        template: "letter_registered",
        text: TEXT.into(),
        language: Language::Persian,
        values: Vec::new(),
        expires_at: None,
        about: String::new(),
        hold: Duration::ZERO,
    };
    post(&mut tx, message).await.expect("a message is posted");
    tx.commit().await.expect("the act is committed");
}

/// Waits until a statement counts something.
async fn until(db: &Db, statement: &'static str) {
    for _ in 0..600 {
        let mut tx = begin(db).await;
        let row = query(statement).fetch_one(tx.connection()).await.expect("the statement holds");
        drop(tx);
        if row.get::<i64, _>(0) > 0 {
            return;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    panic!("it never comes to that: {statement}");
}
