//! What a claim costs when much waits: the same claims of a short and of a long outbox, in turns.

use std::path::Path;
use std::time::{Duration, Instant};

use pishkhan_courier::gateways::Urgency;
use pishkhan_office::OrganisationId;
use pishkhan_office::courier::{Message, outbox};

use crate::Outcome;
use crate::house::House;

/// How many messages wait in each.
pub const SIZES: [usize; 2] = [1_000, 100_000];
const ROUNDS: usize = 20;
/// As many as one round of the courier claims.
const LOAD: u32 = 20;

/// Milliseconds of the median claim, for each size.
pub async fn measure(folder: &Path) -> Outcome<Vec<f64>> {
    let mut houses = Vec::new();
    for size in SIZES {
        let folder = folder.join(format!("outbox-{size}"));
        std::fs::create_dir(&folder)?;
        let house = House::open(&folder).await?;
        fill(&house, size).await?;
        houses.push(house);
    }
    let mut times = vec![Vec::new(); houses.len()];
    for _ in 0..ROUNDS {
        for (house, times) in houses.iter().zip(&mut times) {
            times.push(claim(house).await?);
        }
    }
    Ok(times.into_iter().map(median).collect())
}

async fn fill(house: &House, size: usize) -> Outcome<()> {
    let mut tx = house.begin().await?;
    for number in 0..size {
        let message = Message {
            to: format!("+98912{number:07}"),
            template: "letter_registered",
            text: "bench".into(),
            values: Vec::new(),
            expires_at: None,
            about: String::new(),
            hold: Duration::ZERO,
        };
        outbox::post(&mut tx, message).await?;
    }
    Ok(tx.commit().await?)
}

async fn claim(house: &House) -> Outcome<f64> {
    let began = now();
    let mut tx = house.db.begin(&OrganisationId::house(), house.clock.now()).await?;
    let claimed = outbox::claim(&mut tx, Urgency::News, LOAD, Duration::from_mins(1)).await?;
    tx.commit().await?;
    let took = began.elapsed().as_secs_f64() * 1_000.0;
    if claimed.len() != LOAD as usize {
        return Err(format!("{} messages were claimed", claimed.len()).into());
    }
    Ok(took)
}

#[expect(clippy::disallowed_methods, reason = "a bench measures time")]
fn now() -> Instant {
    Instant::now()
}

fn median(mut times: Vec<f64>) -> f64 {
    times.sort_by(f64::total_cmp);
    times.get(times.len() / 2).copied().unwrap_or(f64::NAN)
}
