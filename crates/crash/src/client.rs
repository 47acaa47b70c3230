//! A browser: one jar of cookies, and a connection of its own for each request, so that a killed server breaks that one only.

use std::collections::BTreeMap;
use std::io;
use std::sync::Mutex;
use std::time::Duration;

use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::time::timeout;

use crate::Outcome;
use crate::paper::Attachment;

/// How long an answer may take. A server that was stopped in the middle never answers.
const PATIENCE: Duration = Duration::from_secs(40);
const BOUNDARY: &str = "----------------------------crash";

/// Somebody's browser.
pub struct Browser {
    port: u16,
    jar: Mutex<BTreeMap<String, String>>,
}

/// An answer that came whole.
pub struct Answer {
    /// For what is told about it.
    asked: String,
    pub status: u16,
    head: String,
    pub body: Vec<u8>,
}

impl Browser {
    pub fn new(port: u16) -> Browser {
        Browser { port, jar: Mutex::default() }
    }

    pub async fn get(&self, path: &str) -> io::Result<Answer> {
        self.ask("GET", path, "", Vec::new()).await
    }

    /// Posts a form; the token of this browser's forms is put in.
    pub async fn post(&self, path: &str, token: &str, fields: &[(&str, &str)]) -> io::Result<Answer> {
        let all = [("form_token", token)].into_iter().chain(fields.iter().copied());
        let pairs: Vec<String> = all.map(|(name, value)| format!("{name}={}", escaped(value))).collect();
        let kind = "Content-Type: application/x-www-form-urlencoded\r\n";
        self.ask("POST", path, kind, pairs.join("&").into_bytes()).await
    }

    /// Posts a form with files.
    pub async fn upload(
        &self,
        path: &str,
        token: &str,
        fields: &[(&str, &str)],
        files: &[Attachment],
    ) -> io::Result<Answer> {
        let mut body = Vec::new();
        for (name, value) in [("form_token", token)].into_iter().chain(fields.iter().copied()) {
            let head = format!("--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n");
            body.extend([head.as_bytes(), value.as_bytes(), b"\r\n"].concat());
        }
        for file in files {
            let head = format!(
                "--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"files\"; filename=\"{}\"\r\n\
                 Content-Type: application/pdf\r\n\r\n",
                file.name
            );
            body.extend([head.as_bytes(), &file.bytes, b"\r\n"].concat());
        }
        body.extend(format!("--{BOUNDARY}--\r\n").into_bytes());
        let kind = format!("Content-Type: multipart/form-data; boundary={BOUNDARY}\r\n");
        self.ask("POST", path, &kind, body).await
    }

    async fn ask(&self, method: &str, path: &str, headers: &str, body: Vec<u8>) -> io::Result<Answer> {
        let cookies: Vec<String> = self.jar().iter().map(|(name, value)| format!("{name}={value}")).collect();
        let (cookies, port, length) = (cookies.join("; "), self.port, body.len());
        let head = format!(
            "{method} {path} HTTP/1.1\r\nHost: localhost:{port}\r\nConnection: close\r\nCookie: {cookies}\r\n{headers}\
             Content-Length: {length}\r\n\r\n"
        );
        let request = [head.into_bytes(), body].concat();
        let received = timeout(PATIENCE, exchange(port, &request)).await.map_err(|_| io::ErrorKind::TimedOut)??;
        let answer = Answer::parse(format!("{method} {path}"), &received)?;
        self.keep_cookies(&answer.head);
        Ok(answer)
    }

    fn keep_cookies(&self, head: &str) {
        for cookie in headers(head, "set-cookie") {
            let (pair, attributes) = cookie.split_once(';').unwrap_or((cookie, ""));
            let Some((name, value)) = pair.split_once('=') else { continue };
            if attributes.contains("Max-Age=0") {
                self.jar().remove(name);
            } else {
                self.jar().insert(name.to_owned(), value.to_owned());
            }
        }
    }

    fn jar(&self) -> std::sync::MutexGuard<'_, BTreeMap<String, String>> {
        self.jar.lock().expect("nobody panics with the jar in hand")
    }
}

/// Sends and receives until the server closes. A server that refuses early is heard out.
async fn exchange(port: u16, request: &[u8]) -> io::Result<Vec<u8>> {
    let mut stream = TcpStream::connect(("127.0.0.1", port)).await?;
    let sent = stream.write_all(request).await;
    let mut received = Vec::new();
    // The end of a connection that carried a whole answer may still be a reset.
    let ended = stream.read_to_end(&mut received).await;
    if received.is_empty() {
        sent?;
        ended?;
    }
    Ok(received)
}

impl Answer {
    /// An answer that was cut off is none: a browser would not have gone on.
    fn parse(asked: String, received: &[u8]) -> io::Result<Answer> {
        let end = received.windows(4).position(|window| window == b"\r\n\r\n").ok_or(io::ErrorKind::UnexpectedEof)? + 4;
        let head = String::from_utf8_lossy(&received[..end]).into_owned();
        let status = head.get(9..12).and_then(|status| status.parse().ok()).ok_or(io::ErrorKind::InvalidData)?;
        let body = received[end..].to_vec();
        let announced = headers(&head, "content-length").next().and_then(|length| length.parse::<usize>().ok());
        if announced.is_some_and(|announced| announced != body.len()) {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        Ok(Answer { asked, status, head, body })
    }

    pub fn location(&self) -> &str {
        headers(&self.head, "location").next().unwrap_or_default()
    }

    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    /// What an input of the page holds.
    pub fn value(&self, name: &str) -> Outcome<String> {
        let page = self.text();
        let found = between(&page, &format!("name=\"{name}\" value=\""), "\"");
        Ok(found.ok_or_else(|| format!("{}: the page has no {name}", self.told()))?.to_owned())
    }

    /// This answer if it has that status.
    pub fn expect(self, status: u16) -> Outcome<Answer> {
        if self.status == status { Ok(self) } else { Err(format!("{} instead of {status}", self.told()).into()) }
    }

    /// What was asked and what came, in a line.
    pub fn told(&self) -> String {
        let page = self.text();
        let title = between(&page, "<title>", "</title>").unwrap_or_default();
        format!("{} → {} {}{title}", self.asked, self.status, self.location())
    }
}

/// What stands between two texts.
pub fn between<'a>(text: &'a str, before: &str, after: &str) -> Option<&'a str> {
    let (_, rest) = text.split_once(before)?;
    rest.split_once(after).map(|(found, _)| found)
}

fn headers<'a>(head: &'a str, name: &str) -> impl Iterator<Item = &'a str> {
    let pairs = head.lines().filter_map(|line| line.split_once(':'));
    pairs.filter(move |(found, _)| found.eq_ignore_ascii_case(name)).map(|(_, value)| value.trim())
}

fn escaped(text: &str) -> String {
    utf8_percent_encode(text, NON_ALPHANUMERIC).to_string()
}
