//! (d) No file descriptors left: what was acknowledged stays, and when there are some again, the same server goes on.

use std::fs;
use std::process::Command;
use std::time::Duration;

use tokio::time::{Instant, sleep};

use crate::Outcome;
use crate::case::{Bench, doing};
use crate::failing_flush::heals;
use crate::house::House;
use crate::journal::Journal;
use crate::load::{Counter, Letters, Load};
use crate::people::People;
use crate::server::{Flushes, Server};

/// How many descriptors more than it has open a server is left with: a few connections come in, and their files don't.
const LEFT: usize = 6;
/// How long a server may take to recover.
const RECOVERY: Duration = Duration::from_secs(10);

pub async fn run(bench: &Bench) -> Outcome<String> {
    let folder = bench.folder("descriptors")?;
    let house = House::make(bench, &folder.join("data"), &folder).await?;
    let journal = Journal::default();
    let mut server = Server::start(&house, Flushes::Honest).await?;
    let people = People::come_in(&house).await?;
    let idle = fs::read_dir(format!("/proc/{}/fd", server.pid()))?.count();

    let load = Load::start(&Counter::of(&house, &journal), &people, Letters::WithFiles);
    sleep(Duration::from_millis(500)).await;
    limit(&server, &(idle + LEFT).to_string())?;
    sleep(Duration::from_secs(bench.either(10, 3))).await;
    limit(&server, "1024")?;
    load.stop().await?;
    if let Some(fault) = journal.open().faults.first() {
        return Err(format!("somebody was answered with something else than words: {fault}").into());
    }
    let refusals = std::mem::take(&mut journal.open().refusals);

    let start = Instant::now();
    while let Err(error) = heals(&house, &people, &journal).await {
        if !server.is_running()? || start.elapsed() > RECOVERY {
            return Err(format!("it does not recover by itself: {error}").into());
        }
        sleep(Duration::from_millis(200)).await;
    }
    server.kill()?;
    let server = Server::start(&house, Flushes::Honest).await?;
    heals(&house, &people, &journal).await?;
    server.kill()?;
    Ok(format!("{LEFT} left beside the idle server's {idle}; {refusals} refused in words; {}", journal.told()))
}

/// Sets how many descriptors the server may have from now on.
fn limit(server: &Server, most: &str) -> Outcome<()> {
    let mut command = Command::new("prlimit");
    command.args(["--pid", &server.pid().to_string(), &format!("--nofile={most}:")]);
    let status = command.status().map_err(doing("prlimit can't be run"))?;
    if status.success() { Ok(()) } else { Err(format!("prlimit: {status}").into()) }
}
