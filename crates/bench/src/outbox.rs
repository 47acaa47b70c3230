//! What a claim costs when much waits: the same claims of a short outbox, of a long one, and of one where nearly all waits behind one
//! message, in turns. What a receipt costs when much was sent is measured beside it.

pub mod receipts;
mod rows;

use std::path::Path;
use std::time::{Duration, Instant};

use pishkhan_courier::gateways::Urgency;
use pishkhan_office::courier::{Language, Message, MessageId, outbox};
use pishkhan_office::{OrganisationId, Tx};

use crate::house::House;
use crate::{Outcome, archive, cluster};

/// What waits in an outbox.
#[derive(Clone, Copy)]
pub enum Wait {
    /// So many messages that are due, each to somebody else.
    Due(usize),
    /// So many to one person, behind one that waits for its next try; beside them as many are due as in the shortest.
    Behind(usize),
}

/// The outboxes, the shortest first.
pub const CASES: [Wait; 3] = [Wait::Due(SHORT), Wait::Due(LONG), Wait::Behind(LONG)];
const SHORT: usize = 1_000;
const LONG: usize = 100_000;
/// So many are posted in one commit, and wait since the same moment: more than an act posts.
const AT_A_MOMENT: usize = 10;
const ROUNDS: usize = 20;
/// As many as one round of the courier claims.
pub const LOAD: u32 = 20;
const LEASE: Duration = Duration::from_mins(1);

/// Milliseconds of the median claim, for each case. With a URL the databases are made beside that one of PostgreSQL, and removed.
pub async fn measure(folder: &Path, postgres: Option<&str>) -> Outcome<Vec<f64>> {
    let mut houses = Vec::new();
    for (place, case) in CASES.into_iter().enumerate() {
        let house = open(folder, postgres, &name(place)).await?;
        fill(&house, case).await?;
        houses.push(house);
    }
    let took = in_turns(&houses).await;
    for (place, house) in houses.iter().enumerate() {
        close(house, postgres, &name(place)).await?;
    }
    took
}

fn name(place: usize) -> String {
    format!("claims_{place}")
}

/// A house of this name with nothing in it.
async fn open(folder: &Path, postgres: Option<&str>, name: &str) -> Outcome<House> {
    let kind = if postgres.is_some() { "postgres" } else { "sqlite" };
    let folder = folder.join(format!("outbox_{name}_{kind}"));
    std::fs::create_dir(&folder)?;
    if let Some(postgres) = postgres {
        House::lies_in_postgres(&folder, &cluster::make(postgres, &database(name)).await?)?;
    }
    House::open(&folder).await
}

/// Closes it, and removes its database of PostgreSQL.
async fn close(house: &House, postgres: Option<&str>, name: &str) -> Outcome<()> {
    house.db.close().await;
    match postgres {
        Some(postgres) => cluster::remove(postgres, &database(name)).await,
        None => Ok(()),
    }
}

/// The name of a database of this run.
fn database(name: &str) -> String {
    format!("bench_outbox_{}_{name}", std::process::id())
}

async fn in_turns(houses: &[House]) -> Outcome<Vec<f64>> {
    let mut times = vec![Vec::new(); houses.len()];
    for _ in 0..ROUNDS {
        for (house, times) in houses.iter().zip(&mut times) {
            times.push(claim(house).await?);
        }
    }
    Ok(times.into_iter().map(median).collect())
}

async fn fill(house: &House, case: Wait) -> Outcome<()> {
    let due = match case {
        Wait::Due(size) => size,
        Wait::Behind(size) => {
            put_behind(house, size).await?;
            SHORT
        }
    };
    post_all(house, due, |number| format!("+98912{number:07}")).await?;
    Ok(())
}

/// One message to a person that is put off as after a try that failed, and so many behind it.
async fn put_behind(house: &House, size: usize) -> Outcome<()> {
    post_all(house, size + 1, |_| "+989360000000".to_owned()).await?;
    let mut tx = house.begin().await?;
    let claimed = outbox::claim(&mut tx, Urgency::News, 1, LEASE).await?;
    let first = claimed.first().ok_or("no message was claimed")?;
    let next_try = tx.now().plus(Duration::from_hours(1));
    outbox::retry(&mut tx, first, next_try, None, "bench").await?;
    Ok(tx.commit().await?)
}

/// Posts so many messages; their ids, in their order.
async fn post_all(house: &House, count: usize, to: impl Fn(usize) -> String) -> Outcome<Vec<MessageId>> {
    let mut posted = Vec::with_capacity(count);
    for first in (0..count).step_by(AT_A_MOMENT) {
        let mut tx = house.begin().await?;
        for number in first..(first + AT_A_MOMENT).min(count) {
            posted.push(post(&mut tx, to(number)).await?);
        }
        tx.commit().await?;
    }
    let mut tx = house.begin().await?;
    archive::look_at_all(&mut tx).await?;
    tx.commit().await?;
    Ok(posted)
}

async fn post(tx: &mut Tx, to: String) -> Outcome<MessageId> {
    let message = Message {
        to,
        template: "letter_registered",
        text: "bench".into(),
        language: Language::Persian,
        values: Vec::new(),
        expires_at: None,
        about: String::new(),
        hold: Duration::ZERO,
    };
    Ok(outbox::post(tx, message).await?)
}

async fn claim(house: &House) -> Outcome<f64> {
    let began = now();
    let mut tx = house.db.begin(&OrganisationId::house(), house.clock.now()).await?;
    let claimed = outbox::claim(&mut tx, Urgency::News, LOAD, LEASE).await?;
    tx.commit().await?;
    let took = milliseconds(began);
    if claimed.len() != LOAD as usize {
        return Err(format!("{} messages were claimed", claimed.len()).into());
    }
    Ok(took)
}

#[expect(clippy::disallowed_methods, reason = "a bench measures time")]
fn now() -> Instant {
    Instant::now()
}

fn milliseconds(since: Instant) -> f64 {
    since.elapsed().as_secs_f64() * 1_000.0
}

fn median(mut times: Vec<f64>) -> f64 {
    times.sort_by(f64::total_cmp);
    times.get(times.len() / 2).copied().unwrap_or(f64::NAN)
}
