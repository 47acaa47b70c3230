//! Load: so many at once, for so long, and what came of it.

use std::cell::Cell;
use std::time::{Duration, Instant};

use futures_util::future::try_join_all;

use crate::Outcome;

/// How many work at once.
pub const AT_ONCE: [usize; 2] = [1, 16];

/// How long a run measures.
#[derive(Clone, Copy)]
pub struct Pace {
    /// Whether it only shows that all of it works.
    pub is_quick: bool,
    /// How often each of two things that are compared has its turn; the median counts.
    pub rounds: usize,
    /// Before each round of pages, uncounted.
    pub warm_up: Duration,
    pub page_round: Duration,
    pub act_round: Duration,
    /// How many letters are made ready for one round of acts.
    pub letters: usize,
    /// The same for the pages of archives, of which there are many.
    pub list_rounds: usize,
    pub list_round: Duration,
}

impl Pace {
    pub fn thorough() -> Pace {
        Pace {
            is_quick: false,
            rounds: 3,
            warm_up: Duration::from_millis(500),
            page_round: Duration::from_secs(3),
            act_round: Duration::from_secs(2),
            letters: 2_500,
            list_rounds: 5,
            list_round: Duration::from_millis(300),
        }
    }

    pub fn quick() -> Pace {
        Pace {
            is_quick: true,
            rounds: 1,
            warm_up: Duration::from_millis(100),
            page_round: Duration::from_millis(500),
            act_round: Duration::from_millis(500),
            letters: 300,
            list_rounds: 1,
            list_round: Duration::from_millis(20),
        }
    }
}

/// Until when a round lasts, and how much was done in it.
pub struct Round {
    start: Instant,
    length: Duration,
    done: Cell<u32>,
    named: Cell<u32>,
}

impl Round {
    /// Whether there is time for one more.
    pub fn goes_on(&self) -> bool {
        self.start.elapsed() < self.length
    }

    /// Counts one that was done.
    pub fn count(&self) {
        self.done.set(self.done.get() + 1);
    }

    /// A name that nothing else in this round has.
    pub fn name(&self) -> String {
        self.named.set(self.named.get() + 1);
        self.named.get().to_string()
    }
}

/// Has so many workers work at once for `length`, or until all have ended; returns how much they did a second.
///
/// All of them share one task: whoever measures should take one processor at most.
pub async fn rate(at_once: usize, length: Duration, worker: impl AsyncFn(&Round) -> Outcome<()>) -> Outcome<f64> {
    let round = Round { start: now(), length, done: Cell::new(0), named: Cell::new(0) };
    try_join_all((0..at_once).map(|_| worker(&round))).await?;
    Ok(f64::from(round.done.get()) / round.start.elapsed().as_secs_f64())
}

/// The one in the middle.
pub fn median(mut numbers: Vec<f64>) -> f64 {
    numbers.sort_by(f64::total_cmp);
    numbers.get(numbers.len() / 2).copied().unwrap_or(f64::NAN)
}

#[expect(clippy::disallowed_methods, reason = "a bench measures time")]
fn now() -> Instant {
    Instant::now()
}
