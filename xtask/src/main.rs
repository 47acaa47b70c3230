//! The chores of this workspace: `cargo xtask test`, `bench`, `crash`, `fuzz`, `look`, `pictures`, `postgres`, `siege`.
//!
//! Standard library only, so that it builds in a second before anything else does.

#![allow(clippy::disallowed_methods, reason = "a chore reads the clock and the environment, and waits for programs")]

mod browser;
mod crash;
mod fuzz;
mod machine;
mod peers;
mod postgres;
mod scratch;
mod siege;
mod steps;
mod test;
mod workspace;

use std::{env, process::ExitCode};

use postgres::Cluster;
use scratch::Scratch;
use steps::{Failure, Steps, run};
use workspace::cargo;

const USAGE: &str = "\
cargo xtask test [filter…]   everything: format, clippy, tests on both databases, journeys in a real browser
cargo xtask bench            the measurements, as ratios
cargo xtask crash [case…]    kills, power cuts and failing disks under load; ten minutes, as root
cargo xtask fuzz [seconds]   the fuzz targets of the inspection, 60 seconds each unless told
cargo xtask look [filter…]   the journeys in a real browser, with pictures of all pages in target/screenshots
cargo xtask pictures         the pictures of the demo in docs/pictures
cargo xtask postgres         a throw-away PostgreSQL until Ctrl-C, for plain `cargo test`
cargo xtask siege            slowhttptest against the demo while somebody reads: four minutes
";

fn main() -> ExitCode {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let (chore, rest) = arguments.split_first().map_or(("", &[][..]), |(chore, rest)| (chore.as_str(), rest));

    let outcome = match (chore, rest) {
        ("test", filters) => test::all(filters),
        ("bench", []) => bench(),
        ("crash", cases) => crash::full(cases),
        ("fuzz", [] | [_]) => fuzz::all(rest.first().map(String::as_str)),
        ("look", filters) => test::look(filters),
        ("pictures", []) => pictures(),
        ("siege", []) => siege::siege(),
        ("postgres", []) => postgres_until_interrupted(),
        _ => Err(Failure(format!("These chores exist:\n{USAGE}"))),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(Failure(why)) => {
            eprintln!("xtask: {why}");
            ExitCode::FAILURE
        }
    }
}

fn bench() -> Result<(), Failure> {
    run(cargo(&["run", "--release", "-p", "pishkhan-bench"]))
}

fn pictures() -> Result<(), Failure> {
    let mut steps = Steps::default();
    steps.step("the machine has what is needed", || machine::provide(&machine::FOR_BROWSER))?;
    steps.step("the binary", || run(cargo(&["build", "-p", "pishkhan"])))?;
    steps.step("node modules", browser::install)?;
    steps.step("pictures", browser::pictures)?;
    steps.summary();
    Ok(())
}

fn postgres_until_interrupted() -> Result<(), Failure> {
    machine::provide(&machine::FOR_POSTGRES)?;
    let scratch = Scratch::make()?;
    let mut cluster = Cluster::start(&scratch)?;
    println!("export {}={}", postgres::VARIABLE, cluster.url());
    println!("Ctrl-C stops it; the next run removes what it leaves behind.");
    cluster.wait()
}
