//! Pages: the history and a letter, signed in, against the bare page of the same bytes.

use std::time::Duration;

use pishkhan_web::links::{self, Link};

use crate::Outcome;
use crate::child::Child;
use crate::client::Client;
use crate::load::{AT_ONCE, Pace, median, rate};
use crate::requests::get;
use crate::seed::Stage;

/// A page of ours, and the bare one that has its bytes.
pub struct Compared {
    pub name: &'static str,
    pub bytes: usize,
    /// One for each of [`AT_ONCE`].
    pub ours: Vec<Speed>,
    pub bare: Vec<Speed>,
}

/// How fast a server gives a page.
#[derive(Clone, Copy)]
pub struct Speed {
    pub per_second: f64,
    /// Processor time of the server for one page, in microseconds.
    pub work: f64,
}

pub async fn measure(stage: &Stage, pace: Pace) -> Outcome<Vec<Compared>> {
    let server = Child::start("serve", &stage.folder)?;
    let history = compare(stage, pace, &server, "history", &links::letters()).await?;
    let letter = compare(stage, pace, &server, "letter", &links::letter(&stage.letter)).await?;
    Ok(vec![history, letter])
}

async fn compare(stage: &Stage, pace: Pace, server: &Child, name: &'static str, link: &Link) -> Outcome<Compared> {
    let request = get(&stage.reader, link);
    let (sample, bytes) = sample(server, &request).await?;
    let path = stage.folder.join(format!("{name}.sample"));
    std::fs::write(&path, &sample)?;
    let baseline = Child::start("bare", &path)?;
    if self::sample(&baseline, &request).await?.1 != bytes {
        return Err(format!("the bare page of the {name} has other bytes").into());
    }
    let bytes = bytes.len();
    let (mut ours, mut bare) = (Vec::new(), Vec::new());
    for at_once in AT_ONCE {
        let mut rounds = (Vec::new(), Vec::new());
        for _ in 0..pace.rounds {
            rounds.0.push(speed(server, &request, at_once, pace).await?);
            rounds.1.push(speed(&baseline, &request, at_once, pace).await?);
        }
        ours.push(middle(&rounds.0));
        bare.push(middle(&rounds.1));
    }
    Ok(Compared { name, bytes, ours, bare })
}

/// The whole answer, and the page in it.
async fn sample(server: &Child, request: &[u8]) -> Outcome<(Vec<u8>, Vec<u8>)> {
    let mut client = Client::connect(server.address).await?;
    let answer = client.ask(&[request]).await?.expect(200)?;
    Ok(([answer.head.as_bytes(), answer.body].concat(), answer.body.to_vec()))
}

async fn speed(server: &Child, request: &[u8], at_once: usize, pace: Pace) -> Outcome<Speed> {
    read(server, request, at_once, pace.warm_up).await?;
    let before = server.worked()?;
    let per_second = read(server, request, at_once, pace.page_round).await?;
    let work = (server.worked()? - before) * 1e6 / (per_second * pace.page_round.as_secs_f64());
    Ok(Speed { per_second, work })
}

/// Pages a second over so many connections.
pub async fn read(server: &Child, request: &[u8], at_once: usize, length: Duration) -> Outcome<f64> {
    let reading = rate(at_once, length, async |round| {
        let mut client = Client::connect(server.address).await?;
        while round.goes_on() {
            client.ask(&[request]).await?.expect(200)?;
            round.count();
        }
        Ok(())
    });
    reading.await
}

fn middle(speeds: &[Speed]) -> Speed {
    Speed {
        per_second: median(speeds.iter().map(|speed| speed.per_second).collect()),
        work: median(speeds.iter().map(|speed| speed.work).collect()),
    }
}
