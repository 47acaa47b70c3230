//! (b) Killed at the n-th call, for every n: one draft with files, its submission and its registration, each time with the
//! server killed before another of the calls by which it writes, flushes, renames or answers.

use std::process::Stdio;

use tokio::io::{AsyncBufReadExt, AsyncReadExt, BufReader};
use tokio::process::{Child, ChildStdout, Command};

use crate::case::Bench;
use crate::check::{Look, check};
use crate::house::House;
use crate::journal::Journal;
use crate::load::Counter;
use crate::people::People;
use crate::server::{Flushes, Server};
use crate::{Outcome, chance, paper, tracer};

/// How many calls the short form kills at, spread evenly.
const SAMPLE: usize = 12;
/// The whole was done so often in a row without reaching n: there is no n-th call. Once may be chance, since the courier's
/// work comes when it likes.
const ENOUGH: usize = 3;

pub async fn run(bench: &Bench) -> Outcome<String> {
    let folder = bench.folder("calls")?;
    let house = House::make(bench, &folder.join("data"), &folder).await?;
    let journal = Journal::default();
    let server = Server::start(&house, Flushes::Honest).await?;
    let people = People::come_in(&house).await?;
    let stage = Stage { house, people, journal };

    let (server, Death { count, .. }) = stage.act(server, usize::MAX).await?;
    let mut server = server;
    let step = bench.either(1, (count / SAMPLE).max(1));
    let mut nth = usize::try_from(chance::between(1, u64::try_from(step)? + 1)?)?;
    let (mut kills, mut survived) = (0, 0);
    let mut places = std::collections::BTreeMap::new();
    while survived < bench.either(ENOUGH, 1) {
        let (started, death) = stage.act(server, nth).await?;
        server = started;
        let place = death.place.clone().unwrap_or_else(|| format!("all of its {} calls", death.count));
        let checked = check(&stage.house, &stage.people, &stage.journal, Look::AtNew).await;
        checked.map_err(|error| format!("killed at call {nth}, {place}: {error}"))?;
        match death.place {
            Some(place) => {
                kills += 1;
                survived = 0;
                *places.entry(kind(&place).to_owned()).or_insert(0) += 1;
            }
            None => survived += 1,
        }
        nth += step;
    }
    check(&stage.house, &stage.people, &stage.journal, Look::AtAll).await?;
    let places: Vec<String> = places.into_iter().map(|(kind, count)| format!("{count} {kind}")).collect();
    let (places, told) = (places.join(", "), stage.journal.told());
    Ok(format!("{kills} kills, each at another of some {count} calls ({places}); {told}"))
}

struct Stage {
    house: House,
    people: People,
    journal: Journal,
}

/// How a server under a tracer ended.
struct Death {
    /// How many calls there were before it.
    count: usize,
    /// The call that was not carried out; none when all was done before.
    place: Option<String>,
}

impl Stage {
    /// Hands in and registers one letter with the server killed at its n-th call, or after all; then starts it again.
    async fn act(&self, server: Server, nth: usize) -> Outcome<(Server, Death)> {
        let (tracer, told) = trace(&server, nth).await?;
        let counter = Counter::of(&self.house, &self.journal);
        let (sender, reviewer) = (&self.people.senders[0], &self.people.reviewers[0]);
        // An error is the kill.
        if let Ok(Some(draft)) = counter.save(sender, &paper::files()?).await
            && counter.submit(sender, &draft).await.is_ok()
        {
            self.journal.open().waiting.clear();
            drop(counter.register(reviewer, &draft).await);
        }
        server.kill()?;
        let death = last_words(tracer, told).await?;
        Ok((Server::start(&self.house, Flushes::Honest).await?, death))
    }
}

/// Starts this program as the server's tracer, and returns when work may begin.
async fn trace(server: &Server, nth: usize) -> Outcome<(Child, BufReader<ChildStdout>)> {
    let mut command = Command::new(std::env::current_exe()?);
    command.args(["kill-at", &server.pid().to_string(), &nth.to_string()]);
    let mut tracer = command.stdin(Stdio::null()).stdout(Stdio::piped()).kill_on_drop(true).spawn()?;
    let mut told = BufReader::new(tracer.stdout.take().ok_or("the tracer says nothing")?);
    let mut line = String::new();
    told.read_line(&mut line).await?;
    if line.trim() != tracer::READY {
        return Err("the server can't be traced".into());
    }
    Ok((tracer, told))
}

async fn last_words(mut tracer: Child, mut told: BufReader<ChildStdout>) -> Outcome<Death> {
    let mut text = String::new();
    told.read_to_string(&mut text).await?;
    tracer.wait().await?;
    let (count, place) = text.trim_end_matches('\n').split_once(' ').ok_or("the tracer did not count")?;
    Ok(Death { count: count.parse()?, place: (!place.is_empty()).then(|| place.to_owned()) })
}

/// What a call does, without the name of the very file.
fn kind(place: &str) -> &str {
    match place.split_once(' ') {
        Some((_, file)) if file.starts_with("socket:") => "answers",
        Some((verb, _)) if verb != "a" => verb,
        _ => "changes of names",
    }
}
