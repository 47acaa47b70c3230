//! What the siege does to the server: its open connections, by the system's own list, and its memory.

use std::collections::HashMap;
use std::fs;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::{JoinHandle, sleep, spawn};
use std::time::{Duration, Instant};

use super::demo::Demo;

/// How often it is looked at.
const TICK: Duration = Duration::from_millis(250);
/// As /proc/net/tcp writes it.
const ESTABLISHED: &str = "01";
/// 127.0.0.1 as it stands there: of IPv4, and within IPv6.
const BESIEGERS: [&str; 2] = ["0100007F", "0000000000000000FFFF00000100007F"];

/// Somebody who watches until told to stop.
pub struct Watch {
    stop: Arc<AtomicBool>,
    watching: JoinHandle<Seen>,
}

/// What was seen.
#[derive(Default)]
pub struct Seen {
    /// The most connections of the siege that were open at once, and how many still were at the end.
    pub most: usize,
    pub left: usize,
    /// The longest that one of them was open.
    pub oldest: Duration,
    /// The server's memory in kilobytes.
    pub before: u64,
    pub peak: u64,
    pub after: u64,
}

impl Watch {
    pub fn start(demo: &Demo) -> Watch {
        let stop = Arc::new(AtomicBool::new(false));
        let (port, process, told) = (demo.port, demo.process(), stop.clone());
        let watching = spawn(move || {
            let mut seen = Seen { before: Demo::memory(process), ..Seen::default() };
            let mut since: HashMap<String, Instant> = HashMap::new();
            while !told.load(Ordering::Relaxed) {
                let open = open(port);
                since.retain(|peer, _| open.contains(peer));
                for peer in open {
                    let age = since.entry(peer).or_insert_with(Instant::now).elapsed();
                    seen.oldest = seen.oldest.max(age);
                }
                seen.most = seen.most.max(since.len());
                // The siege's own program closes what is left at its end, so what is left is what was there just before.
                seen.left = since.values().filter(|since| since.elapsed() > super::OLDEST).count();
                seen.peak = seen.peak.max(Demo::memory(process));
                sleep(TICK);
            }
            seen.after = Demo::memory(process);
            seen
        });
        Watch { stop, watching }
    }

    pub fn stop(self) -> Seen {
        self.stop.store(true, Ordering::Relaxed);
        self.watching.join().expect("the watch doesn't panic")
    }
}

/// The other ends of the connections of the siege to this port that are established, as the server has them.
fn open(port: u16) -> Vec<String> {
    let here = format!(":{port:04X}");
    let mut peers = Vec::new();
    for file in ["/proc/net/tcp", "/proc/net/tcp6"] {
        let list = fs::read_to_string(file).unwrap_or_default();
        for line in list.lines().skip(1) {
            let mut columns = line.split_whitespace().skip(1);
            let (Some(local), Some(peer), Some(state)) = (columns.next(), columns.next(), columns.next()) else {
                continue;
            };
            let is_siege = peer.rsplit_once(':').is_some_and(|(address, _)| BESIEGERS.contains(&address));
            if local.ends_with(&here) && state == ESTABLISHED && is_siege {
                peers.push(peer.to_owned());
            }
        }
    }
    peers
}
