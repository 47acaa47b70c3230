//! The measurements: our pages against a bare axum and askama page of the same bytes, our acts against raw commits on the same
//! disk, and the memory of the server. What is compared is measured in turns in one run, so that the ratios hold on any machine.
//!
//! What a run prints is explained in `docs/guide/bench.md`.

mod acts;
mod archive;
mod bare;
mod child;
mod client;
mod cluster;
mod house;
mod lists;
mod live;
mod load;
mod memory;
mod outbox;
mod pages;
mod paper;
mod people;
mod previews;
mod raw;
mod report;
mod requests;
mod seed;
mod serve;
mod uploads;

use std::error::Error;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use load::Pace;

/// What a measurement comes to; a bench that can't measure stops and says why.
type Outcome<T> = Result<T, Box<dyn Error + Send + Sync>>;

const USAGE: &str = "\
pishkhan-bench                                  all measurements, in half an hour
pishkhan-bench quick                            the same with short rounds, to see that all of it works
pishkhan-bench live                             only the memory of live connections
pishkhan-bench outbox                           only what a claim and a receipt cost when there is much, on SQLite and, where
                                                PISHKHAN_TEST_POSTGRES names one, in databases that are made beside it
pishkhan-bench outbox POSTGRES                  the same, in databases beside that one only
pishkhan-bench lists                            only the pages of large archives, which are made for it
pishkhan-bench lists FOLDER…                    the pages of these archives, the smallest first
pishkhan-bench seed FOLDER LETTERS [POSTGRES]   makes an archive of so many letters in a new folder, or in a database that is there
";

fn main() -> ExitCode {
    // As in the server's own program: a worker confines itself before the runtime's threads are there.
    let mut arguments = std::env::args_os().skip(1);
    if arguments.next().is_some_and(|first| first == pishkhan_preview::COMMAND) {
        return pishkhan_preview::run(arguments, |_| None);
    }
    start()
}

#[tokio::main]
async fn start() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let outcome = match words.as_slice() {
        [] => measure(Pace::thorough()).await,
        ["live"] => measure_live().await,
        ["outbox"] => measure_outbox(None).await,
        ["outbox", postgres] => measure_outbox(Some(*postgres)).await,
        ["quick"] => measure(Pace::quick()).await,
        ["lists", folders @ ..] => measure_lists(folders).await,
        ["seed", folder, letters] => seed_archive(folder, letters, None).await,
        ["seed", folder, letters, postgres] => seed_archive(folder, letters, Some(*postgres)).await,
        // The two that a run starts of itself, so that each server's memory and work can be told from the others'.
        ["serve", folder] => serve::run(Path::new(folder)).await,
        ["bare", sample] => bare::run(Path::new(sample)).await,
        _ => Err(format!("unknown arguments; these exist:\n{USAGE}").into()),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("pishkhan-bench: {error}");
            ExitCode::FAILURE
        }
    }
}

/// Measures everything and prints it. An aim that is missed is told, and is no failure: machines differ.
async fn measure(pace: Pace) -> Outcome<()> {
    let folder = Folder::make()?;
    let stage = seed::stage(&folder.0).await?;
    let pages = pages::measure(&stage, pace).await?;
    report::pages(&pages);
    let acts = acts::measure(&stage, pace).await?;
    report::acts(&acts);
    let uploads = uploads::measure(&stage, pace).await?;
    report::uploads(&uploads);
    report::previews(previews::measure(&stage.folder, pace).await?);
    let memory = memory::measure(&stage, pace).await?;
    report::memory(&memory);
    let live = live::measure(&stage).await?;
    report::live(live);
    outboxes(&folder.0).await?;
    let sizes: &[u64] = if pace.is_quick { &lists::SMALL } else { &lists::SIZES };
    let lists = lists::measure(&lists::make(&folder.0, sizes).await?, pace).await?;
    report::lists(&lists);
    report::aims(&pages, &acts, &memory);
    report::live_aim(live);
    report::list_aims(&lists);
    Ok(())
}

async fn measure_live() -> Outcome<()> {
    let folder = Folder::make()?;
    let live = live::measure(&seed::stage(&folder.0).await?).await?;
    report::live(live);
    report::live_aim(live);
    Ok(())
}

async fn measure_outbox(postgres: Option<&str>) -> Outcome<()> {
    let folder = Folder::make()?;
    match postgres {
        Some(_) => outbox_on(&folder.0, postgres).await,
        None => outboxes(&folder.0).await,
    }
}

/// The outbox on SQLite, and on the PostgreSQL of the tests if there is one.
async fn outboxes(folder: &Path) -> Outcome<()> {
    outbox_on(folder, None).await?;
    match postgres_of_tests() {
        Some(postgres) => outbox_on(folder, Some(&postgres)).await,
        None => Ok(()),
    }
}

async fn outbox_on(folder: &Path, postgres: Option<&str>) -> Outcome<()> {
    report::outbox_lies(postgres.is_some());
    report::claims(&outbox::measure(folder, postgres).await?);
    report::receipts(&outbox::receipts::measure(folder, postgres).await?);
    Ok(())
}

#[expect(clippy::disallowed_methods, reason = "it is how tests are told of their PostgreSQL, and no setting")]
fn postgres_of_tests() -> Option<String> {
    std::env::var("PISHKHAN_TEST_POSTGRES").ok().filter(|url| !url.is_empty())
}

async fn measure_lists(folders: &[&str]) -> Outcome<()> {
    let folder = Folder::make()?;
    let folders = match folders {
        [] => lists::make(&folder.0, &lists::SIZES).await?,
        _ => folders.iter().map(PathBuf::from).collect(),
    };
    let lists = lists::measure(&folders, Pace::thorough()).await?;
    report::lists(&lists);
    report::list_aims(&lists);
    Ok(())
}

async fn seed_archive(folder: &str, letters: &str, postgres: Option<&str>) -> Outcome<()> {
    lists::make_one(Path::new(folder), letters.parse()?, postgres).await
}

/// The run's folder. It lies beside the program: the system's temporary folder is often kept in memory, where a flush costs
/// nothing.
struct Folder(PathBuf);

impl Folder {
    fn make() -> Outcome<Folder> {
        let program = std::env::current_exe()?;
        let beside = program.parent().ok_or("the program lies in no folder")?;
        let folder = beside.join(format!("bench-{}", std::process::id()));
        std::fs::create_dir(&folder)?;
        Ok(Folder(folder))
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        if let Err(error) = std::fs::remove_dir_all(&self.0) {
            eprintln!("pishkhan-bench: {} is left behind: {error}", self.0.display());
        }
    }
}
