//! Providers that take the first message and refuse the others. Their answers repeat what they were told, as some do.

use std::collections::HashMap;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use serde_json::json;

/// What is added to the command of a message centre's answer.
const ANSWERS: u32 = 0x8000_0000;

/// A web service that is Kavenegar, Twilio, Vonage and any other at once. Answers its address.
pub fn web_service() -> String {
    let sends = Mutex::new(HashMap::new());
    let port = listen(move |line| answer_request(line, &sends));
    format!("http://127.0.0.1:{port}")
}

/// A mail server, which knows the password in its first session only. Answers its port.
pub fn mail_server() -> u16 {
    let sessions = AtomicUsize::new(0);
    listen(move |line| hold_session(line, sessions.fetch_add(1, Ordering::SeqCst) > 0))
}

/// A message centre. Answers its port.
pub fn centre() -> u16 {
    let sends = AtomicUsize::new(0);
    listen(move |line| answer_units(line, &sends))
}

fn listen(serve: impl Fn(TcpStream) + Send + Sync + 'static) -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port is found");
    let port = listener.local_addr().expect("a listener has an address").port();
    let serve = Arc::new(serve);
    std::thread::spawn(move || {
        for line in listener.incoming().flatten() {
            let serve = Arc::clone(&serve);
            // A client may keep a line open without a word.
            std::thread::spawn(move || serve(line));
        }
    });
    port
}

fn answer_request(mut line: TcpStream, sends: &Mutex<HashMap<String, usize>>) {
    let Some(asked) = request(&mut line) else { return };
    let path = asked.split([' ', '?']).nth(1).unwrap_or_default().to_owned();
    let sending = ["/sms/send.json", "/Messages.json", "/sms/json", "/send"];
    let is_send = asked.starts_with("POST ") && sending.iter().any(|end| path.ends_with(end));
    let is_refused = is_send && {
        let mut sends = sends.lock().expect("no thread fails while it holds the lock");
        let count = sends.entry(path.clone()).or_default();
        *count += 1;
        *count > 1
    };
    let (status, part) = match (is_refused, path.ends_with("/sms/send.json")) {
        (false, _) => (200, "0"),
        (true, true) => (418, "4"),
        (true, false) => (401, "4"),
    };
    let mut answer = json!({
        "return": { "status": status, "message": asked },
        "entries": [{ "messageid": 77, "status": 5, "message": asked }],
        "messages": [{ "status": part, "message-id": "m1", "error-text": asked }],
        "id": "77",
        "sid": "SM1",
        "status": "queued",
        "message": asked,
    });
    if is_refused {
        answer["code"] = json!(20_003);
    }
    let body = answer.to_string();
    let head = format!("HTTP/1.1 {status} Whatever\r\ncontent-length: {}\r\nconnection: close\r\n\r\n", body.len());
    // Whoever asked may be gone.
    let _ = line.write_all(format!("{head}{body}").as_bytes());
}

/// A request with its body.
fn request(line: &mut TcpStream) -> Option<String> {
    let mut bytes = Vec::new();
    let mut piece = [0; 4096];
    loop {
        match line.read(&mut piece) {
            Ok(read) if read > 0 => bytes.extend_from_slice(&piece[..read]),
            _ => return None,
        }
        let text = String::from_utf8_lossy(&bytes).into_owned();
        if is_whole(&text) {
            return Some(text);
        }
    }
}

/// Whether all of the request has come.
pub fn is_whole(text: &str) -> bool {
    let Some((head, body)) = text.split_once("\r\n\r\n") else { return false };
    let head = head.to_ascii_lowercase();
    let length = head.lines().find_map(|header| header.strip_prefix("content-length:")?.trim().parse().ok());
    body.len() >= length.unwrap_or(0)
}

fn hold_session(mut line: TcpStream, is_refused: bool) {
    let Ok(reader) = line.try_clone() else { return };
    let mut say = |words: &str| line.write_all(format!("{words}\r\n").as_bytes()).is_ok();
    if !say("220 mail") {
        return;
    }
    let mut is_letter = false;
    for told in BufReader::new(reader).lines().map_while(Result::ok) {
        let answer = match told.split(' ').next().unwrap_or_default() {
            "." if is_letter => {
                is_letter = false;
                "250 taken".to_owned()
            }
            _ if is_letter => continue,
            "EHLO" => "250-mail\r\n250 AUTH PLAIN LOGIN".to_owned(),
            "AUTH" if is_refused => format!("535 5.7.8 {told}"),
            "AUTH" => "235 welcome".to_owned(),
            "DATA" => {
                is_letter = true;
                "354 go on".to_owned()
            }
            "QUIT" => "221 bye".to_owned(),
            _ => format!("250 {told}"),
        };
        if !say(&answer) {
            return;
        }
    }
}

fn answer_units(mut line: TcpStream, sends: &AtomicUsize) {
    let mut head = [0; 16];
    while line.read_exact(&mut head).is_ok() {
        let number = |at: usize| u32::from_be_bytes([head[at], head[at + 1], head[at + 2], head[at + 3]]);
        let (length, command, sequence) = (number(0), number(4), number(12));
        let mut rest = vec![0; (length as usize).saturating_sub(head.len())];
        if line.read_exact(&mut rest).is_err() {
            return;
        }
        let (status, body) = match command {
            _ if command & ANSWERS != 0 => continue,
            // It is bound; a message is taken, or fails.
            9 => (0, &b"centre\0"[..]),
            4 if sends.fetch_add(1, Ordering::SeqCst) == 0 => (0, &b"A01\0"[..]),
            4 => (0x45, &b""[..]),
            _ => (0, &b""[..]),
        };
        let length = u32::try_from(head.len() + body.len()).expect("it is short");
        let mut answer: Vec<u8> =
            [length, command | ANSWERS, status, sequence].iter().flat_map(|part| part.to_be_bytes()).collect();
        answer.extend_from_slice(body);
        if line.write_all(&answer).is_err() {
            return;
        }
    }
}
