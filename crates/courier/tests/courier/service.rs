//! A small web service that keeps what it is asked and answers what it is told to.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

/// A service on a free port of this machine; it ends with the test.
pub struct Service {
    pub address: String,
    asked: Arc<Mutex<Vec<Asked>>>,
}

/// A request, taken apart.
#[derive(Clone, Debug)]
pub struct Asked {
    /// Method, target, and version.
    pub line: String,
    /// Header lines, their names in lower case.
    pub headers: Vec<String>,
    pub body: String,
}

impl Service {
    /// A service that always answers so.
    pub async fn answering(status: u16, body: &str) -> Service {
        let answer = written(status, body);
        Service::start(move |_| Some(answer.clone())).await
    }

    /// A service that never answers.
    pub async fn hanging() -> Service {
        Service::start(|_| None).await
    }

    /// A service that takes what it is asked and answers well, but only after so long.
    pub async fn late(after: Duration, body: &str) -> Service {
        let answer = written(200, body);
        Service::listen(after, move |_| Some(answer.clone())).await
    }

    pub fn asked(&self) -> Vec<Asked> {
        self.asked.lock().expect("no test thread fails while it holds the lock").clone()
    }

    /// A service that looks at each request before it answers; None is silence.
    pub async fn start(answer: impl Fn(&Asked) -> Option<String> + Send + Sync + 'static) -> Service {
        Service::listen(Duration::ZERO, answer).await
    }

    async fn listen(after: Duration, answer: impl Fn(&Asked) -> Option<String> + Send + Sync + 'static) -> Service {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port is found");
        let address = format!("http://{}", listener.local_addr().expect("a listener has an address"));
        let asked = Arc::new(Mutex::new(Vec::new()));
        let kept = asked.clone();
        let answer: Arc<Answering> = Arc::new(answer);
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(serve(stream, kept.clone(), after, answer.clone()));
            }
        });
        Service { address, asked }
    }
}

/// An answer as it is written to the line. It points elsewhere, which nobody should follow, and asks for a pause of 7 seconds, which
/// matters only to who is told to wait.
pub fn written(status: u16, body: &str) -> String {
    let head = format!("HTTP/1.1 {status} Whatever\r\ncontent-length: {}\r\nconnection: close\r\n", body.len());
    format!("{head}location: /elsewhere\r\nretry-after: 7\r\n\r\n{body}")
}

type Answering = dyn Fn(&Asked) -> Option<String> + Send + Sync;

async fn serve(mut stream: TcpStream, asked: Arc<Mutex<Vec<Asked>>>, after: Duration, answer: Arc<Answering>) {
    let mut bytes = Vec::new();
    while whole(&bytes).is_none() {
        if stream.read_buf(&mut bytes).await.is_ok_and(|read| read == 0) {
            return;
        }
    }
    let Some(request) = whole(&bytes) else { return };
    let answer = answer(&request);
    asked.lock().expect("no test thread fails while it holds the lock").push(request);
    if !after.is_zero() {
        tokio::time::sleep(after).await;
        // Who asked may have hung up.
        let _ = stream.write_all(answer.unwrap_or_default().as_bytes()).await;
        return;
    }
    match answer {
        Some(answer) => stream.write_all(answer.as_bytes()).await.expect("the client listens"),
        None => std::future::pending().await,
    }
}

/// The request, once all of it is there.
fn whole(bytes: &[u8]) -> Option<Asked> {
    let text = str::from_utf8(bytes).ok()?;
    let (head, body) = text.split_once("\r\n\r\n")?;
    let mut lines = head.lines();
    let line = lines.next()?.to_owned();
    let in_small_letters = |line: &str| match line.split_once(':') {
        Some((name, value)) => format!("{}:{value}", name.to_lowercase()),
        None => line.to_owned(),
    };
    let headers: Vec<String> = lines.map(in_small_letters).collect();
    let length = headers.iter().find_map(|header| header.strip_prefix("content-length: ")).unwrap_or("0");
    (length.parse() == Ok(body.len())).then(|| Asked { line, headers, body: body.to_owned() })
}
