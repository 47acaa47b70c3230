//! An ordinary reader, who opens one page after the other and notes how long each took.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::{JoinHandle, sleep, spawn};
use std::time::{Duration, Instant};

use super::demo::Demo;
use crate::steps::Failure;

const PAGES: [&str; 3] = ["/", "/help", "/tracking"];
/// How long somebody reads, and how long somebody waits before giving up.
const READING: Duration = Duration::from_millis(250);
const PATIENCE: Duration = Duration::from_secs(10);

/// Somebody who reads until told to stop.
pub struct Reader {
    stop: Arc<AtomicBool>,
    reading: JoinHandle<Seen>,
}

/// What the reader saw.
#[derive(Default)]
pub struct Seen {
    /// How long each page took that came.
    pub waits: Vec<Duration>,
    /// How many did not come.
    pub failed: usize,
}

impl Reader {
    pub fn start(demo: &Demo) -> Reader {
        let stop = Arc::new(AtomicBool::new(false));
        let (address, told) = (demo.address(), stop.clone());
        let reading = spawn(move || {
            let mut seen = Seen::default();
            for path in PAGES.iter().cycle() {
                if told.load(Ordering::Relaxed) {
                    break;
                }
                let start = Instant::now();
                match get(address, path) {
                    Some(_) => seen.waits.push(start.elapsed()),
                    None => seen.failed += 1,
                }
                sleep(READING);
            }
            seen
        });
        Reader { stop, reading }
    }

    pub fn stop(self) -> Seen {
        self.stop.store(true, Ordering::Relaxed);
        self.reading.join().expect("the reader doesn't panic")
    }
}

impl Seen {
    /// Nineteen of twenty pages took no longer.
    pub fn p95(&self) -> Duration {
        let mut waits = self.waits.clone();
        waits.sort();
        waits.get(waits.len() * 95 / 100).copied().unwrap_or(Duration::MAX)
    }
}

/// A page over a connection of its own; nothing unless it came whole and well.
pub fn get(address: SocketAddr, path: &str) -> Option<String> {
    let mut line = TcpStream::connect_timeout(&address, PATIENCE).ok()?;
    line.set_read_timeout(Some(PATIENCE)).ok()?;
    let request = format!("GET {path} HTTP/1.1\r\nHost: localhost:{}\r\nConnection: close\r\n\r\n", address.port());
    line.write_all(request.as_bytes()).ok()?;
    let mut answer = Vec::new();
    line.read_to_end(&mut answer).ok()?;
    let answer = String::from_utf8_lossy(&answer).into_owned();
    answer.starts_with("HTTP/1.1 200 ").then_some(answer)
}

/// The path of the largest file that the first page names.
pub fn largest_file(demo: &Demo) -> Result<String, Failure> {
    let page = get(demo.address(), "/").ok_or_else(|| Failure("the demo's first page does not come".into()))?;
    let named = page.split('"').filter(|text| text.starts_with("/assets/"));
    let largest = named.max_by_key(|path| get(demo.address(), path).map_or(0, |file| file.len()));
    largest.map(ToOwned::to_owned).ok_or_else(|| Failure("the demo's first page names no file".into()))
}
