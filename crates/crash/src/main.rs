//! The breaking of Pishkhan: kills, cut power, failing disks; afterwards every acknowledged letter must be there.
//!
//! It knows nothing of the program but its binary: it sets up an organisation by the commands that an operator types, and its
//! people come in and work through the pages. What a run shows, and why it may be believed, is told in
//! `docs/guide/durability.md`.

mod calls;
mod case;
mod chance;
mod check;
mod client;
mod cuts;
mod descriptors;
mod disk;
mod failing_flush;
mod full_disk;
mod house;
mod journal;
mod kills;
mod load;
mod paper;
mod people;
mod rows;
mod server;
mod sight;
mod tracer;

use std::error::Error;
use std::path::Path;
use std::process::ExitCode;

use case::{Bench, Extent};

/// What a case comes to when it could be carried out; a loss that it finds is an error as well.
type Outcome<T> = Result<T, Box<dyn Error + Send + Sync>>;

const USAGE: &str = "\
pishkhan-crash full  <pishkhan> [case…]   100 kills, every call, 50 power cuts, failing disks; ten minutes
pishkhan-crash short <pishkhan> [case…]   some of each, in a minute and a half
The cases: sight, kills, calls, cuts, blind, flush, full-disk, descriptors. <pishkhan> is the program under test.
";

#[tokio::main]
async fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let outcome = match words.as_slice() {
        ["full", binary, cases @ ..] => run(Extent::Full, binary, cases).await,
        ["short", binary, cases @ ..] => run(Extent::Short, binary, cases).await,
        // The one that a run starts of itself: a process may trace another only from one thread, and waits for it alone.
        ["kill-at", process, nth] => tracer::run(process, nth),
        _ => Err(format!("unknown arguments; these exist:\n{USAGE}").into()),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("pishkhan-crash: {error}");
            ExitCode::FAILURE
        }
    }
}

/// Runs the cases, all when none is named; the first loss ends the run, and its folder stays to be looked at.
async fn run(extent: Extent, binary: &str, cases: &[&str]) -> Outcome<()> {
    let bench = Bench::make(extent, Path::new(binary))?;
    let wants = |case: &str| cases.is_empty() || cases.contains(&case);
    if wants("sight") {
        bench.case("(0) the check sees what is missing", sight::run(&bench)).await?;
    }
    if wants("kills") {
        bench.case("(a) killed at random moments under load", kills::run(&bench)).await?;
    }
    if wants("calls") {
        bench.case("(b) killed at the n-th call of a submission and a registration", calls::run(&bench)).await?;
    }
    if bench.may_mount()? {
        if wants("cuts") {
            bench.case("(c) power cuts under load", cuts::run(&bench)).await?;
        }
        if wants("blind") {
            bench.case("(c) power cuts without fsync must lose letters", cuts::without_fsync(&bench)).await?;
        }
        if wants("full-disk") {
            bench.case("(d) a disk that is full", full_disk::run(&bench)).await?;
        }
    }
    if wants("flush") {
        bench.case("(d) a disk that does not flush or write", failing_flush::run(&bench)).await?;
    }
    if wants("descriptors") {
        bench.case("(d) no file descriptors left", descriptors::run(&bench)).await?;
    }
    bench.tidy_up()
}
