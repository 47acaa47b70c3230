//! Chance: moments and bytes that nobody could have foreseen.

use std::time::Duration;

use crate::Outcome;

/// Random bytes.
pub fn bytes(count: usize) -> Outcome<Vec<u8>> {
    let mut bytes = vec![0; count];
    getrandom::fill(&mut bytes)?;
    Ok(bytes)
}

/// A number from the first to below the second.
pub fn between(least: u64, below: u64) -> Outcome<u64> {
    Ok(least + getrandom::u64()? % (below - least).max(1))
}

/// So many milliseconds, from the first to below the second.
pub fn pause(least: u64, below: u64) -> Outcome<Duration> {
    Ok(Duration::from_millis(between(least, below)?))
}
