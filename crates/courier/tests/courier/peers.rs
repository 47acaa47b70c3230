//! Message centres and a mail server that know nothing of ours, from npm and PyPI, each in a process of its own on this machine.

use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Duration;

use pishkhan_courier::MessageId;
use serde_json::{Value, json};
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader, Lines, copy_bidirectional};
use tokio::net::TcpStream;
use tokio::process::{Child, ChildStdin, ChildStdout, Command};
use tokio::sync::broadcast;
use tokio::time::timeout;

/// How long anything may take that a test waits for.
const PATIENCE: Duration = Duration::from_secs(20);

/// A peer; its process ends with the test.
pub struct Peer {
    pub port: u16,
    child: Child,
    input: ChildStdin,
    output: Lines<BufReader<ChildStdout>>,
    /// What was told and not looked for yet.
    told: Vec<Value>,
}

/// The two message centres.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Centre {
    /// npm's smpp.
    Node,
    /// PyPI's smpp34.
    Python,
}

pub const CENTRES: [Centre; 2] = [Centre::Node, Centre::Python];

impl Peer {
    pub async fn centre(kind: Centre) -> Peer {
        Peer::centre_on(kind, free_port()).await
    }

    pub async fn centre_on(kind: Centre, port: u16) -> Peer {
        let (program, script) = match kind {
            Centre::Node => (PathBuf::from("node"), "centre.mjs"),
            Centre::Python => (python(), "centre.py"),
        };
        Peer::start(&program, script, port, &["s3cret"]).await
    }

    /// npm's, by TLS, with the certificate in `folder`.
    pub async fn safe_centre(folder: &Path) -> Peer {
        let folder = folder.to_str().expect("the folder's name is a text");
        Peer::start(Path::new("node"), "centre.mjs", free_port(), &["s3cret", folder]).await
    }

    /// A mail server; `folder` has its certificate where it needs one.
    pub async fn mailbox(safety: &str, folder: &Path) -> Peer {
        let folder = folder.to_str().expect("the folder's name is a text");
        Peer::start(&python(), "mailbox.py", free_port(), &[safety, folder]).await
    }

    async fn start(program: &Path, script: &str, port: u16, more: &[&str]) -> Peer {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../e2e");
        let mut child = Command::new(program)
            .arg(folder.join(script))
            .arg(port.to_string())
            .args(more)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .kill_on_drop(true)
            .spawn()
            .unwrap_or_else(|error| panic!("{}: {error}; `cargo xtask test` installs it", program.display()));
        let input = child.stdin.take().expect("it was piped");
        let output = BufReader::new(child.stdout.take().expect("it was piped")).lines();
        let mut peer = Peer { port, child, input, output, told: Vec::new() };
        peer.see("listening").await;
        peer
    }

    /// The next event of this name, whatever else is told before it.
    pub async fn see(&mut self, event: &str) -> Value {
        if let Some(at) = self.told.iter().position(|told| told["event"] == event) {
            return self.told.remove(at);
        }
        let waiting = async {
            loop {
                let line = self.output.next_line().await.expect("the peer's output is text");
                let line =
                    line.unwrap_or_else(|| panic!("the peer ended before {event}; `cargo xtask test` installs it"));
                let told: Value = serde_json::from_str(&line).expect("each line is JSON");
                if told["event"] == event {
                    return told;
                }
                self.told.push(told);
            }
        };
        timeout(PATIENCE, waiting).await.unwrap_or_else(|_| panic!("{event} was never told"))
    }

    /// Has it do something, and waits until it has.
    pub async fn has(&mut self, deed: &Value) {
        self.input.write_all(format!("{deed}\n").as_bytes()).await.expect("the peer listens");
        self.see("done").await;
    }

    /// A `deliver_sm` from a person's number to our line.
    pub async fn deliver(&mut self, fields: &Value) {
        let mut pdu = json!({
            "source_addr": "989121234567", "destination_addr": "3000", "esm_class": 4, "short_message": "",
        });
        for (name, value) in fields.as_object().expect("fields are an object") {
            pdu[name] = value.clone();
        }
        self.has(&json!({ "do": "deliver", "pdu": pdu })).await;
    }

    /// How often an event was told that nobody has looked for.
    pub fn count(&self, event: &str) -> usize {
        self.told.iter().filter(|told| told["event"] == event).count()
    }

    /// Ends it at once, as a machine that loses its power.
    pub async fn kill(mut self) {
        self.child.kill().await.expect("it can be ended");
    }
}

/// A way to a port of this machine that can be cut as a cable is: neither end has said that it goes.
pub struct Relay {
    pub port: u16,
    cut: broadcast::Sender<()>,
}

impl Relay {
    pub async fn to(far: u16) -> Relay {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a free port is found");
        let port = listener.local_addr().expect("a listener has an address").port();
        let (cut, _) = broadcast::channel(1);
        let relay = Relay { port, cut: cut.clone() };
        tokio::spawn(async move {
            while let Ok((mut ours, _)) = listener.accept().await {
                let mut cut = cut.subscribe();
                tokio::spawn(async move {
                    let Ok(mut theirs) = TcpStream::connect(("127.0.0.1", far)).await else { return };
                    tokio::select! {
                        _ = copy_bidirectional(&mut ours, &mut theirs) => {}
                        _ = cut.recv() => {}
                    }
                });
            }
        });
        relay
    }

    /// Cuts what goes through now; what is begun after it goes through again.
    pub fn cut(&self) {
        self.cut.send(()).expect("something goes through");
    }
}

/// A folder with a certificate for this machine, which is removed after the test.
pub struct Folder(PathBuf);

impl Folder {
    pub fn with_certificate() -> Folder {
        let folder = std::env::temp_dir().join(format!("courier_peer_{}", MessageId::random()));
        std::fs::create_dir(&folder).expect("the folder for temporary files is writable");
        let made = rcgen::generate_simple_self_signed(["localhost".to_owned()]).expect("a certificate is made");
        std::fs::write(folder.join("certificate.pem"), made.cert.pem()).expect("the folder is writable");
        std::fs::write(folder.join("key.pem"), made.signing_key.serialize_pem()).expect("the folder is writable");
        Folder(folder)
    }

    pub fn path(&self) -> &Path {
        &self.0
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        std::fs::remove_dir_all(&self.0).expect("the test's folder is still there");
    }
}

/// A port that nobody listens on.
pub fn free_port() -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port is found");
    listener.local_addr().expect("a listener has an address").port()
}

/// Python with what e2e/requirements.txt names, as `cargo xtask test` installs it.
fn python() -> PathBuf {
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).parent().expect("it is in the target folder");
    target.join("e2e-python/bin/python")
}
