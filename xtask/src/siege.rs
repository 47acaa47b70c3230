//! `cargo xtask siege`: slowhttptest in its three modes against the demo, while an ordinary reader goes on reading.
//!
//! Each mode is run twice: with the cap on connections per address as it is set by default, and with that cap out of the way, so
//! that the time limits stand alone. The siege comes from 127.0.0.1 and the reader from `::1`, which are two addresses to the
//! server.

mod demo;
mod reader;
mod watch;

use std::process::{Command, Stdio};
use std::time::Duration;

use crate::machine;
use crate::steps::{Failure, Steps, run};
use crate::workspace::cargo;

use demo::Demo;
use reader::Reader;
use watch::{Seen, Watch};

/// How many slow connections there are, and how many of them are opened in a second.
const CONNECTIONS: u32 = 500;
const RATE: u32 = 250;
/// Longer than any connection may last, so that it is the server that ends them.
const SECONDS: u32 = 40;
/// The bounds: how long a slow connection may last, how long a reader may wait, and by how much memory may grow.
const OLDEST: Duration = Duration::from_secs(30);
const WAIT: Duration = Duration::from_secs(1);
const GROWTH: u64 = 64 * 1024;

/// One of slowhttptest's three modes, and its flags.
struct Mode {
    name: &'static str,
    flags: &'static [&'static str],
    /// What is asked for: pages by their path, or the largest file of the pages.
    path: Option<&'static str>,
}

const MODES: [Mode; 3] = [
    Mode { name: "slow heads", flags: &["-H", "-i", "5", "-x", "24"], path: Some("/") },
    Mode { name: "slow bodies", flags: &["-B", "-i", "5", "-x", "24", "-s", "8192"], path: Some("/sign-in") },
    Mode {
        name: "slow reading",
        flags: &["-X", "-w", "512", "-y", "1024", "-n", "5", "-z", "32", "-k", "10"],
        path: None,
    },
];

/// What one run showed.
struct Shown {
    name: String,
    slow: Seen,
    reader: reader::Seen,
}

/// Runs all of it, prints a table, and fails when a bound was missed.
pub fn siege() -> Result<(), Failure> {
    let mut steps = Steps::default();
    steps.step("the machine has what is needed", || machine::provide(&machine::FOR_SIEGE))?;
    steps.step("the binary", || run(cargo(&["build", "-p", "pishkhan"])))?;
    let mut shown = Vec::new();
    for (cap, set) in [("default caps", &[][..]), ("time limits only", &["server.connections_per_address=2000"])] {
        for mode in &MODES {
            let name = format!("{}, {cap}", mode.name);
            println!("\n── {name}");
            // A fresh server each time, so that its memory is this run's.
            let demo = Demo::start(set)?;
            shown.push(besiege(&demo, mode, name)?);
        }
    }
    steps.summary();
    table(&shown);
    let missed: Vec<String> = shown.iter().flat_map(missed).collect();
    if missed.is_empty() { Ok(()) } else { Err(Failure(missed.join("; "))) }
}

fn besiege(demo: &Demo, mode: &Mode, name: String) -> Result<Shown, Failure> {
    let path = match mode.path {
        Some(path) => path.to_owned(),
        None => reader::largest_file(demo)?,
    };
    let reader = Reader::start(demo);
    let watch = Watch::start(demo);
    let mut slow = Command::new("slowhttptest");
    slow.args(mode.flags).args(["-u", &format!("http://127.0.0.1:{}{path}", demo.port), "-p", "10"]);
    for (flag, number) in [("-c", CONNECTIONS), ("-r", RATE), ("-l", SECONDS)] {
        slow.args([flag, &number.to_string()]);
    }
    // What it says of the server is about its own address, which is meant to be shut out. We look for ourselves.
    slow.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    run(slow)?;
    Ok(Shown { name, slow: watch.stop(), reader: reader.stop() })
}

fn table(shown: &[Shown]) {
    println!("\n{:<32}{:>6}{:>9}{:>8}{:>8}{:>7}{:>22}", "", "open", "oldest", "pages", "failed", "p95", "memory, MB");
    for Shown { name, slow, reader } in shown {
        let [before, peak, after] = [slow.before, slow.peak, slow.after].map(|kilobytes| kilobytes / 1024);
        println!(
            "{name:<32}{:>6}{:>7.1} s{:>8}{:>8}{:>4} ms{:>10} → {peak} → {after}",
            slow.most,
            slow.oldest.as_secs_f32(),
            reader.waits.len(),
            reader.failed,
            reader.p95().as_millis(),
            before,
        );
    }
}

/// Which bounds a run missed, in words.
fn missed(shown: &Shown) -> Vec<String> {
    let Shown { name, slow, reader } = shown;
    let mut missed = Vec::new();
    let mut must = |holds: bool, what: &str| {
        if !holds {
            missed.push(format!("{name}: {what}"));
        }
    };
    must(slow.most > 50, "there was no siege");
    must(slow.oldest <= OLDEST, "a slow connection was open for too long");
    must(slow.left == 0, "slow connections were still open at the end");
    must(reader.waits.len() > 20 && reader.failed == 0, "the reader did not get every page");
    must(reader.p95() < WAIT, "the reader waited for too long");
    must(slow.peak.max(slow.after) <= slow.before + GROWTH, "memory grew");
    missed
}
