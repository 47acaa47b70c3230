//! What the log keeps to itself: when it tells everything that it can, there is still no key, no number and no text in it, whichever gateway
//! carries the messages, and whoever calls.

use std::fs::{self, File};
use std::io::{Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Stdio};
use std::time::Duration;

use data_encoding::BASE64;
use pishkhan_courier::{Language, Message, post};
use pishkhan_store::{Clock, Db, OrganisationId, Place, Row, Tx, query};

use crate::repeating::{centre, mail_server, web_service};
use crate::{command, done, folder};

/// What all keys and passwords begin with.
const SECRET: &str = "s3cret";
/// Those that go in headers, or over the line, written in another way.
const TOKEN: &str = "s3crettoken";
const PASSWORD: &str = "s3cretmail";
const NUMBER: &str = "9121234567";
const ADDRESS: &str = "maryam@example.ir";
/// Signs that no encoding of a form changes.
const TEXT: &str = "secret-words-98765";

const SENT: &str = "select count(*) from outbox where organisation_id = $1 and sent_at is not null";
const REFUSED: &str = "select count(*) from outbox where organisation_id = $1 and sent_at is null and last_error <> ''";

/// How long an answer may take.
const PATIENCE: Duration = Duration::from_mins(1);

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_log_that_tells_everything_holds_no_key_no_number_and_no_text() {
    let data = folder("silence");
    let routes = routes(&web_service(), mail_server(), centre());
    let addresses: Vec<String> = routes.iter().map(|(kind, told)| add(&data, kind, told)).collect();
    let log = data.join("log");
    let mut server = serve(&data, &log);
    let address = address_in(&log).await;
    let db = Db::open(&Place::Folder(data.clone())).await.expect("the database opens");
    for outcome in [SENT, REFUSED] {
        for (kind, _) in &routes {
            say(&db, kind).await;
        }
        for (kind, _) in &routes {
            until(&db, kind, outcome).await;
        }
    }
    for ((kind, _), path) in routes.iter().zip(&addresses) {
        let (called, stranger) = call(&address, path);
        assert_eq!(stranger, "404", "{kind}");
        assert!(*kind != "http" || called == "204", "{kind}: {called}");
    }
    // What broke off is told of when it is noticed.
    tokio::time::sleep(Duration::from_millis(500)).await;
    server.kill().expect("the server can be killed");
    server.wait().expect("the server is gone");
    db.close().await;

    let told = fs::read_to_string(&log).expect("the log is text");
    assert!(told.contains("TRACE"), "it tells everything");
    for why in ["418", "20003", "535", "came from none of its callers"] {
        assert!(told.contains(why), "what went wrong is told: {told}");
    }
    let encoded = [format!("AC1:{TOKEN}"), format!("\0desk\0{PASSWORD}"), PASSWORD.to_owned()];
    let encoded = encoded.iter().map(|secret| BASE64.encode(secret.as_bytes()).trim_end_matches('=').to_owned());
    let in_paths = addresses.iter().filter_map(|path| path.rsplit('/').next()).map(ToOwned::to_owned);
    let plain = [SECRET, NUMBER, ADDRESS, TEXT].map(ToOwned::to_owned);
    for secret in plain.into_iter().chain(encoded).chain(in_paths) {
        let line = told.lines().find(|line| line.contains(&secret));
        assert_eq!(line, None, "{secret} is in the log");
    }
}

/// A kind of gateway for each way in which one is told a secret, and what is said of it.
fn routes(web: &str, mail: u16, centre: u16) -> [(&'static str, String); 6] {
    [
        ("kavenegar", format!("key = \"s3cretkey\"\nbase = \"{web}\"\n")),
        ("twilio", format!("account = \"AC1\"\nsecret = \"{TOKEN}\"\nfrom = \"+15005550006\"\nbase = \"{web}\"\n")),
        (
            "vonage",
            format!(
                "key = \"account\"\nsecret = \"s3cretvonage\"\nsignature_secret = \"s3cretsignature\"\nfrom = \"1000\"\n\
                 base = \"{web}\"\n"
            ),
        ),
        (
            "http",
            format!(
                "url = \"{web}/send?key=s3cretquery\"\nheaders = {{ \"X-Key\" = \"s3cretheader\" }}\n\
                 body = '{{\"pin\":\"s3cretpin\",\"to\":\"{{to}}\",\"text\":\"{{text}}\"}}'\nmessage_id = \"/id\"\n\
                 [calls]\nid = \"messageid\"\nstate = \"status\"\nstates = {{ \"10\" = \"delivered\" }}\n"
            ),
        ),
        (
            "mail",
            format!(
                "host = \"127.0.0.1\"\nport = {mail}\nsafety = \"none\"\nusername = \"desk\"\n\
                 password = \"{PASSWORD}\"\nfrom = \"desk@example.ir\"\n"
            ),
        ),
        (
            "smpp",
            format!(
                "host = \"127.0.0.1\"\nport = {centre}\nname = \"pishkhan\"\npassword = \"s3cretc\"\nfrom = \"3000\"\n"
            ),
        ),
    ]
}

/// Adds an organisation with such a route. Answers where the gateway may call.
fn add(data: &Path, kind: &str, told: &str) -> String {
    done(data, &format!("org add {kind} --name نمونه --url https://{kind}.example.ir"));
    let file = data.join(format!("{kind}.toml"));
    // All but one are called from an address that isn't their callers', which is told of.
    let callers = if kind == "http" { "127.0.0.1" } else { "192.0.2.7" };
    let described = format!("name = \"line\"\ncallers = [\"{callers}\"]\n[gateway]\nkind = \"{kind}\"\n{told}");
    fs::write(&file, described).expect("the folder is writable");
    let added = done(data, &format!("route add {} --org {kind}", file.display()));
    let (_, path) = added.split_once("/gateways/").expect("where it may call is told");
    format!("/gateways/{}", path.lines().next().unwrap_or_default())
}

/// The server, which carries messages, too.
fn serve(data: &Path, log: &Path) -> Child {
    // A test machine's disk may be as full as it likes.
    let typed = "serve --set log.level=trace --set server.listen=127.0.0.1:0 --set files.free_percent=0";
    let mut server = command(data, typed);
    server.args(["--set", "messages.quiet_from_hour=0", "--set", "messages.quiet_until_hour=0"]);
    server.stdin(Stdio::null()).stdout(Stdio::null());
    server.stderr(File::create(log).expect("the folder is writable")).spawn().expect("the program starts")
}

/// Where the server listens, by its own words.
async fn address_in(log: &Path) -> String {
    for _ in 0..600 {
        let told = fs::read_to_string(log).unwrap_or_default();
        if let Some((_, rest)) = told.split_once("address=127.0.0.1:")
            && let Some((port, _)) = rest.split_once(|sign: char| !sign.is_ascii_digit())
        {
            return format!("127.0.0.1:{port}");
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    panic!("it never serves");
}

/// Calls as a gateway would and in ways that none would. Answers the status of a good call, and that of one with another secret.
fn call(address: &str, path: &str) -> (String, String) {
    let called = asked(address, &format!("GET {path}?messageid=77&status=10"));
    let stranger = asked(address, &format!("GET {path}0?messageid=77&status=10"));
    for line in
        [format!("POST {path}"), format!("DELETE {path}"), format!("GET {path}/more"), format!("GET {path}\u{1}")]
    {
        asked(address, &line);
    }
    let mut half = TcpStream::connect(address).expect("it accepts");
    write!(half, "POST {path} HTTP/1.1\r\nHost: http.example.ir\r\nContent-Length: 99\r\n\r\nmessageid")
        .expect("half of it is sent");
    (called, stranger)
}

/// The status of an answer; nothing where there is none.
fn asked(address: &str, line: &str) -> String {
    let mut stream = TcpStream::connect(address).expect("it accepts");
    stream.set_read_timeout(Some(PATIENCE)).expect("a socket waits as long as it is told");
    write!(stream, "{line} HTTP/1.1\r\nHost: http.example.ir\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
        .expect("it is sent");
    let mut answer = Vec::new();
    // Who is refused early may find the line cut.
    let _ = stream.read_to_end(&mut answer);
    String::from_utf8_lossy(&answer).chars().skip(9).take(3).collect()
}

async fn begin(db: &Db, organisation: &str) -> Tx {
    db.begin(&OrganisationId(organisation.into()), Clock::system().now()).await.expect("the database lets us begin")
}

async fn say(db: &Db, organisation: &str) {
    let mut tx = begin(db, organisation).await;
    let message = Message {
        to: if organisation == "mail" { ADDRESS.to_owned() } else { format!("+98{NUMBER}") },
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

/// Waits until a statement counts something of the organisation's.
async fn until(db: &Db, organisation: &str, statement: &'static str) {
    for _ in 0..600 {
        let mut tx = begin(db, organisation).await;
        let counted = query(statement).bind(organisation.to_owned()).fetch_one(tx.connection()).await;
        drop(tx);
        if counted.expect("the statement holds").get::<i64, _>(0) > 0 {
            return;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    panic!("{organisation} never comes to that: {statement}");
}
