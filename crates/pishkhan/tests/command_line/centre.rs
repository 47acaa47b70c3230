//! The real program and a message centre that knows nothing of ours, npm's: a message goes out and its receipt is noted, and a text that a
//! person sends is answered by the office.

use std::fs;
use std::net::TcpListener;
use std::path::Path;
use std::process::Stdio;
use std::time::Duration;

use pishkhan_courier::gateways::Delivery;
use pishkhan_courier::{Language, Message, MessageId, fate, post};
use pishkhan_store::{Clock, Db, OrganisationId, Place};
use serde_json::{Value, json};
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader, Lines};
use tokio::process::{Child, ChildStdin, ChildStdout, Command};
use tokio::time::timeout;

use crate::{command, done, folder};

/// How long anything may take that is waited for.
const PATIENCE: Duration = Duration::from_mins(1);
const PASSWORD: &str = "s3cret";
/// A code as they are, of which there is no letter.
const CODE: &str = "۱۳۳۶۰۷۱۳۳۶۰۱";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_message_goes_out_by_a_centre_and_a_text_that_comes_in_is_answered() {
    let data = folder("centre");
    done(&data, "org add nemune --name نمونه --url https://desk.example.ir");
    let mut centre = Centre::start().await;
    let route = data.join("route.toml");
    fs::write(&route, described(centre.port)).expect("the folder is writable");
    done(&data, &format!("route add {} --org nemune", route.display()));
    let mut worker = work(&data);

    let db = Db::open(&Place::Folder(data.clone())).await.expect("the database opens");
    let id = say(&db).await;
    let sent = centre.see("submit").await;
    assert_eq!((&sent["from"], &sent["to"]), (&json!("3000"), &json!("989120000001")));
    assert_eq!(sent["text"], "پیام");
    centre.deliver(&json!({ "esm_class": 4, "receipted_message_id": sent["id"], "message_state": 2 })).await;
    assert_eq!(centre.see("taken").await["status"], 0);
    until_delivered(&db, &id).await;

    let asked = format!("وضعیت {CODE}");
    centre.deliver(&json!({ "esm_class": 0, "data_coding": 8, "short_message": asked })).await;
    assert_eq!(centre.see("taken").await["status"], 0);
    let answer = centre.see("submit").await;
    assert_eq!((&answer["from"], &answer["to"]), (&json!("3000"), &json!("989121234567")));
    assert_eq!(answer["text"], "نامه‌ای با این شماره پیگیری پیدا نشد. دوباره نگاه کنید.");

    worker.kill().await.expect("the worker can be killed");
    db.close().await;
}

/// npm's message centre, as `e2e/centre.mjs` has it; its process ends with the test.
struct Centre {
    port: u16,
    /// Ends with this.
    _process: Child,
    input: ChildStdin,
    output: Lines<BufReader<ChildStdout>>,
    /// What was told and not looked for yet.
    told: Vec<Value>,
}

impl Centre {
    async fn start() -> Centre {
        let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../e2e/centre.mjs");
        let port = free_port();
        let mut process = Command::new("node")
            .arg(script)
            .arg(port.to_string())
            .arg(PASSWORD)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .kill_on_drop(true)
            .spawn()
            .expect("Node.js is there; `cargo xtask test` installs it");
        let input = process.stdin.take().expect("it was piped");
        let output = BufReader::new(process.stdout.take().expect("it was piped")).lines();
        let mut centre = Centre { port, _process: process, input, output, told: Vec::new() };
        centre.see("listening").await;
        centre
    }

    /// The next event of this name, whatever else is told before it.
    async fn see(&mut self, event: &str) -> Value {
        if let Some(at) = self.told.iter().position(|told| told["event"] == event) {
            return self.told.remove(at);
        }
        let waiting = async {
            loop {
                let line = self.output.next_line().await.expect("the centre's output is text");
                let line = line.unwrap_or_else(|| {
                    panic!("the centre ended before {event}; `cargo xtask test` installs npm's smpp")
                });
                let told: Value = serde_json::from_str(&line).expect("each line is JSON");
                if told["event"] == event {
                    return told;
                }
                self.told.push(told);
            }
        };
        timeout(PATIENCE, waiting).await.unwrap_or_else(|_| panic!("{event} was never told"))
    }

    /// A `deliver_sm` from a person's number to our line.
    async fn deliver(&mut self, fields: &Value) {
        let mut pdu = json!({ "source_addr": "989121234567", "destination_addr": "3000", "short_message": "" });
        for (name, value) in fields.as_object().expect("fields are an object") {
            pdu[name] = value.clone();
        }
        let deed = json!({ "do": "deliver", "pdu": pdu });
        self.input.write_all(format!("{deed}\n").as_bytes()).await.expect("the centre listens");
        self.see("done").await;
    }
}

fn free_port() -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port is found");
    listener.local_addr().expect("a listener has an address").port()
}

/// A route to the centre on this port.
fn described(port: u16) -> String {
    format!(
        "name = \"line\"\n[gateway]\nkind = \"smpp\"\nhost = \"127.0.0.1\"\nport = {port}\nname = \"pishkhan\"\n\
         password = \"{PASSWORD}\"\nfrom = \"3000\"\n"
    )
}

/// The worker, which ends with the test.
fn work(data: &Path) -> Child {
    let mut worker = Command::from(command(data, "work"));
    worker.args(["--set", "messages.quiet_from_hour=0", "--set", "messages.quiet_until_hour=0"]);
    worker.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    worker.kill_on_drop(true).spawn().expect("the program starts")
}

fn organisation() -> OrganisationId {
    OrganisationId("nemune".into())
}

async fn say(db: &Db) -> MessageId {
    let mut tx = db.begin(&organisation(), Clock::system().now()).await.expect("the database lets us begin");
    let message = Message {
        to: "+989120000001".into(),
        template: "letter_registered",
        text: "پیام".into(),
        language: Language::Persian,
        values: Vec::new(),
        expires_at: None,
        about: String::new(),
        hold: Duration::ZERO,
    };
    let id = post(&mut tx, message).await.expect("a message is posted");
    tx.commit().await.expect("the act is committed");
    id
}

/// Waits until it is noted that the message arrived.
async fn until_delivered(db: &Db, id: &MessageId) {
    for _ in 0..600 {
        let mut look = db.read(&organisation(), Clock::system().now()).await.expect("the database is read");
        let became = fate(&mut look, id).await.expect("the statement is well").expect("it was posted");
        drop(look);
        if became.delivery == Some(Delivery::Delivered) {
            assert!(became.sent_at.is_some() && became.delivered_at.is_some(), "{became:?}");
            return;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    panic!("the receipt is never noted");
}
