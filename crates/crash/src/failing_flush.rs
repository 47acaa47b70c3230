//! (d) A disk that does not flush or write: from one moment on the system answers EIO. Nothing is acknowledged any more, people
//! are told so in words, the server ends with a failure, and is well again after a restart.

use std::process::Stdio;
use std::time::Duration;

use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::process::{Child, Command};
use tokio::time::sleep;

use crate::Outcome;
use crate::case::{Bench, doing};
use crate::check::{Look, check};
use crate::house::House;
use crate::journal::Journal;
use crate::load::{Counter, Letters, Load};
use crate::paper;
use crate::people::People;
use crate::server::{Flushes, Server};

/// How long a server with a broken disk may go on before it ends.
const END: Duration = Duration::from_secs(40);

/// What fails: in words, by its calls, and on which file of the data folder; on all when none is named.
struct Fault {
    what: &'static str,
    calls: &'static str,
    file: Option<&'static str>,
}

const FAULTS: [Fault; 3] = [
    Fault { what: "the database's log is not flushed", calls: "fsync,fdatasync", file: Some("pishkhan.sqlite-wal") },
    Fault { what: "the database's log is not written", calls: "pwrite64", file: Some("pishkhan.sqlite-wal") },
    Fault { what: "nothing is flushed", calls: "fsync,fdatasync", file: None },
];

pub async fn run(bench: &Bench) -> Outcome<String> {
    let folder = bench.folder("flush")?;
    let house = House::make(bench, &folder.join("data"), &folder).await?;
    let journal = Journal::default();
    let mut server = Server::start(&house, Flushes::Honest).await?;
    let people = People::come_in(&house).await?;
    let mut refusals = 0;
    for fault in &FAULTS {
        let load = Load::start(&Counter::of(&house, &journal), &people, Letters::WithFiles);
        sleep(Duration::from_millis(500)).await;
        let mut strace = break_down(&house, &server, fault).await?;
        let ended = end(server).await.map_err(|error| format!("{}: {error}", fault.what));
        strace.kill().await?;
        load.stop().await?;
        ended?;
        refusals += expect_refusals(&journal).map_err(|error| format!("{}: {error}", fault.what))?;
        server = Server::start(&house, Flushes::Honest).await?;
        let healed = heals(&house, &people, &journal).await;
        healed.map_err(|error| format!("{}: afterwards {error}", fault.what))?;
    }
    let faults: Vec<&str> = FAULTS.iter().map(|fault| fault.what).collect();
    Ok(format!("{}; {refusals} refused in words; {}", faults.join(", "), journal.told()))
}

/// From now on these calls answer EIO.
async fn break_down(house: &House, server: &Server, fault: &Fault) -> Outcome<Child> {
    let mut command = Command::new("strace");
    command.args(["-f", "-o", "/dev/null", "-p", &server.pid().to_string(), "-e", &format!("trace={}", fault.calls)]);
    command.args(["-e", &format!("inject={}:error=EIO", fault.calls)]);
    if let Some(file) = fault.file {
        command.arg("-P").arg(house.data.join(file));
    }
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::piped()).kill_on_drop(true);
    let mut strace = command.spawn().map_err(doing("strace can't be run"))?;
    let mut told = BufReader::new(strace.stderr.take().ok_or("strace says nothing")?).lines();
    while let Some(line) = told.next_line().await? {
        if line.contains("attached") {
            // Whatever else it says is swallowed, so that it never waits for us.
            tokio::spawn(async move { while let Ok(Some(_)) = told.next_line().await {} });
            return Ok(strace);
        }
    }
    Err("strace did not attach".into())
}

/// Waits for a server to end by itself, which must be a failure.
pub async fn end(mut server: Server) -> Outcome<()> {
    match server.ends_within(END).await? {
        Some(status) if status.code().is_some_and(|code| code != 0) => Ok(()),
        Some(status) => Err(format!("the server ended as if all were well: {status}").into()),
        None => Err(format!("the server still runs after {} s", END.as_secs()).into()),
    }
}

/// Somebody must have been told that nothing is taken.
pub fn expect_refusals(journal: &Journal) -> Outcome<usize> {
    let mut pages = journal.open();
    match std::mem::take(&mut pages.refusals) {
        0 => Err(format!(
            "nobody was told in words that nothing is taken; what they were told: {:?}",
            pages.faults.first()
        )
        .into()),
        refusals => Ok(refusals),
    }
}

/// All is there, and one more letter goes its whole way.
pub async fn heals(house: &House, people: &People, journal: &Journal) -> Outcome<()> {
    check(house, people, journal, Look::AtAll).await?;
    let counter = Counter::of(house, journal);
    let draft = counter.save(&people.senders[0], &paper::files()?).await?.ok_or("no draft is taken")?;
    counter.submit(&people.senders[0], &draft).await?;
    counter.register(&people.reviewers[0], &draft).await?;
    let is_registered = journal.open().letters.get(&draft).is_some_and(|letter| letter.is_registered);
    if !is_registered {
        return Err("no letter goes its way any more".into());
    }
    check(house, people, journal, Look::AtNew).await
}
