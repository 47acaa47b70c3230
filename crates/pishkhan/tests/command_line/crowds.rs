//! Kills of the real program while many messages are with their gateways, on each database: each arrives at least once, and a kill doubles none more
//! than once, nor by another way.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard};
use std::time::Duration;

use pishkhan_courier::routes::{self, RouteDefinition, RouteId};
use pishkhan_courier::waiting;
use pishkhan_store::{Db, Place};
use pishkhan_testkit::on_postgres;

use crate::kills::{begin, let_claims_run_out, say, say_as, until_done, until_sent, worker};
use crate::repeating::is_whole;
use crate::{done, folder};

const KILLS: usize = 5;
/// How many messages are posted before each kill. With those that hang on, nineteen are in the air; the program has twenty places for news.
const CROWD: usize = 10;
const KEYED: &str = r#"{"text":"{text}","id":"{id}"}"#;
const PLAIN: &str = r#"{"text":"{text}"}"#;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_kill_doubles_no_message_more_than_once_however_many_are_in_the_air() {
    let data = folder("crowds");
    survive(&data, &Place::Folder(data.clone()), &[]).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nor_does_a_kill_on_postgresql() {
    on_postgres(async |url| {
        let place = Place::Postgres { url: url.clone(), connections: 2 };
        let settings = ["--set".to_owned(), format!("database.url={url}")];
        survive(&folder("crowds-postgres"), &place, &settings).await;
    })
    .await;
}

/// Two routes, of which one drops what comes twice. After each kill the other one comes first.
async fn survive(data: &Path, place: &Place, settings: &[String]) {
    let db = Db::open(place).await.expect("the database opens");
    let typed = format!("org add nemune --name نمونه --url https://desk.example.ir {}", settings.join(" "));
    done(data, typed.trim_end());
    let heard = Heard::default();
    let keyed = add(&db, &heard.listens("keyed"), KEYED).await;
    add(&db, &heard.listens("plain"), PLAIN).await;
    let (mut ids, mut caught) = (BTreeMap::new(), BTreeMap::<String, usize>::new());
    for kill in 0..KILLS {
        for number in 0..CROWD {
            let text = format!("{kill}.{number}");
            let id = say(&db, &format!("+98912{kill:03}{number:04}"), &text).await;
            ids.insert(text, id);
        }
        let mut working = worker(data, settings).spawn().expect("the program starts");
        let are_in_the_air = until_all_hang(&db, &heard).await;
        working.kill().expect("the worker can be killed");
        working.wait().expect("the worker is gone");
        assert!(are_in_the_air, "what hasn't been taken is with its gateway");
        let cut_off = std::mem::take(&mut heard.known().hanging);
        // Of those of before some hang on once more, or twice.
        let in_the_air = [CROWD, CROWD + 6].get(kill).copied().unwrap_or(CROWD + 9);
        assert_eq!(cut_off.len(), in_the_air, "all of them at once");
        for text in cut_off {
            *caught.entry(text).or_default() += 1;
        }
        move_to(&db, &keyed, if kill % 2 == 0 { 2 } else { 1 }).await;
        let_claims_run_out(&db).await;
    }
    heard.known().answers_all = true;
    let mut working = worker(data, settings).spawn().expect("the program starts");
    let sent = until_sent(&db).await;
    working.kill().expect("the worker can be killed");
    working.wait().expect("the worker is gone");
    db.close().await;
    assert!(sent, "the worker sends what is due, and gives up nothing");
    let known = heard.known();
    assert_eq!(known.taken.len(), KILLS * CROWD, "each at least once");
    for (text, copies) in &known.taken {
        let kills = caught.get(text).copied().unwrap_or_default();
        assert_eq!(
            copies.len(),
            kills + 1,
            "{text} goes once more for each kill that it was in the air at, and never else"
        );
        assert!(copies.iter().all(|copy| *copy == copies[0]), "{text} goes by one way, under one id: {copies:?}");
        let (by, id) = &copies[0];
        assert!(by == "plain" || Some(id) == ids.get(text), "{text} goes under its own id");
    }
    let ways: BTreeSet<&str> = known.taken.values().map(|copies| copies[0].0.as_str()).collect();
    assert_eq!(ways.len(), 2, "both routes had some");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_kill_doubles_no_code_for_anybody() {
    let data = folder("killed-codes");
    kill_at_codes(&data, &Place::Folder(data.clone()), &[]).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nor_does_it_on_postgresql() {
    on_postgres(async |url| {
        let place = Place::Postgres { url: url.clone(), connections: 2 };
        let settings = ["--set".to_owned(), format!("database.url={url}")];
        kill_at_codes(&folder("killed-codes-postgres"), &place, &settings).await;
    })
    .await;
}

/// A code goes again where a second one is dropped. Elsewhere it doesn't: it is put aside, and whoever waits reads that nobody knows.
async fn kill_at_codes(data: &Path, place: &Place, settings: &[String]) {
    let db = Db::open(place).await.expect("the database opens");
    let typed = format!("org add nemune --name نمونه --url https://desk.example.ir {}", settings.join(" "));
    done(data, typed.trim_end());
    let heard = Heard::default();
    for (by, body, copies, put_aside) in [("keyed", KEYED, 2, 0), ("plain", PLAIN, 1, 1)] {
        let route = add(&db, &heard.listens(by), body).await;
        // The first copy is left without an answer.
        let text = format!("{by}.0");
        let id = say_as(&db, "sign_in_code", "+989120000000", &text).await;
        let mut working = worker(data, settings).spawn().expect("the program starts");
        let is_in_the_air = until_all_hang(&db, &heard).await;
        working.kill().expect("the worker can be killed");
        working.wait().expect("the worker is gone");
        assert!(is_in_the_air, "the code is with its gateway");
        heard.known().hanging.clear();
        let_claims_run_out(&db).await;
        let mut working = worker(data, settings).spawn().expect("the program starts");
        let given_up = until_done(&db).await;
        working.kill().expect("the worker can be killed");
        working.wait().expect("the worker is gone");
        assert_eq!(given_up, Some(put_aside), "{by}");
        let taken = heard.known().taken.remove(&text).unwrap_or_default();
        assert_eq!(taken.len(), copies, "{by}: {taken:?}");
        let own = if by == "keyed" { id } else { String::new() };
        assert!(taken.iter().all(|copy| *copy == (by.to_owned(), own.clone())), "{taken:?}");
        let mut tx = begin(&db).await;
        routes::remove(&mut tx, &route).await.expect("it is removed");
        tx.commit().await.expect("it is kept");
    }
    db.close().await;
}

/// What both providers heard.
#[derive(Clone, Default)]
struct Heard(Arc<Mutex<Known>>);

#[derive(Default)]
struct Known {
    /// Of each text: by which route it came each time, and under which id.
    taken: BTreeMap<String, Vec<(String, String)>>,
    /// What came and was not answered.
    hanging: BTreeSet<String>,
    answers_all: bool,
}

impl Heard {
    fn known(&self) -> MutexGuard<'_, Known> {
        self.0.lock().expect("no thread fails while it holds the lock")
    }

    /// A provider on a free port: of each message it answers the second copy, or the third, or the fourth.
    fn listens(&self, by: &'static str) -> String {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port is found");
        let address = format!("http://{}/send", listener.local_addr().expect("a listener has an address"));
        let heard = self.clone();
        std::thread::spawn(move || {
            for line in listener.incoming().flatten() {
                let heard = heard.clone();
                std::thread::spawn(move || heard.serve(line, by));
            }
        });
        address
    }

    fn serve(&self, mut line: TcpStream, by: &str) {
        let mut bytes = Vec::new();
        let mut piece = [0; 4096];
        while !is_whole(&String::from_utf8_lossy(&bytes)) {
            match line.read(&mut piece) {
                Ok(read) if read > 0 => bytes.extend_from_slice(&piece[..read]),
                _ => return,
            }
        }
        if self.hangs(&String::from_utf8_lossy(&bytes), by) {
            // Nothing is said until whoever asked is gone.
            while line.read(&mut piece).is_ok_and(|read| read > 0) {}
            return;
        }
        let head =
            "HTTP/1.1 200 OK\r\ncontent-length: 2\r\ncontent-type: application/json\r\nconnection: close\r\n\r\n";
        // Whoever asked may be gone.
        let _ = line.write_all(format!("{head}{{}}").as_bytes());
    }

    /// Keeps what came. Answers whether it is left without an answer.
    fn hangs(&self, asked: &str, by: &str) -> bool {
        let (text, id) = (field(asked, "text"), field(asked, "id"));
        let number: usize = text.split('.').nth(1).and_then(|number| number.parse().ok()).unwrap_or_default();
        let mut known = self.known();
        let copies = known.taken.entry(text.clone()).or_default();
        copies.push((by.to_owned(), id));
        let times = copies.len();
        let is_left = !known.answers_all && times <= number % 3 + 1;
        if is_left {
            known.hanging.insert(text);
        }
        is_left
    }
}

/// A field of the request's body; empty when it isn't there.
fn field(asked: &str, name: &str) -> String {
    let rest = asked.split_once(&format!(r#""{name}":""#)).map_or("", |(_, rest)| rest);
    rest.split('"').next().unwrap_or_default().to_owned()
}

async fn add(db: &Db, address: &str, body: &str) -> RouteId {
    let described =
        format!("name = \"line\"\n[gateway]\nkind = \"http\"\nurl = {address:?}\nbody = {body:?}\ntimeout = 60\n");
    let definition: RouteDefinition = toml::from_str(&described).expect("a definition");
    let mut tx = begin(db).await;
    let id = routes::add(&mut tx, &definition).await.expect("a route is added");
    tx.commit().await.expect("it is kept");
    id
}

async fn move_to(db: &Db, id: &RouteId, position: usize) {
    let mut tx = begin(db).await;
    routes::move_to(&mut tx, id, position).await.expect("it is moved");
    tx.commit().await.expect("it is kept");
}

/// Whether all that was not taken is with its gateway in the end.
async fn until_all_hang(db: &Db, heard: &Heard) -> bool {
    for _ in 0..1_200 {
        let mut tx = begin(db).await;
        let left = waiting(&mut tx).await.expect("the statement is well");
        drop(tx);
        let hanging = i64::try_from(heard.known().hanging.len()).expect("they are few");
        if hanging == left.due + left.later {
            return left.parked == 0;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    false
}
