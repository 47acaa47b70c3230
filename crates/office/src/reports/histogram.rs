//! How long things took, as counts in steps that grow with the duration, so that days, units and months add up. Pure.

use std::collections::BTreeMap;
use std::time::Duration;

use serde::{Deserialize, Serialize};

/// Counts of durations. Four steps for each doubling: what is read out is at most 9.1 per cent from what went in.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Histogram(BTreeMap<u32, i64>);

/// Where the steps of a doubling begin, in thousandths: 2 to the power of 0, ¼, ½ and ¾.
const BEGINS: [u64; 4] = [1000, 1189, 1414, 1682];
/// Their geometric middles.
const MIDDLES: [u64; 4] = [1091, 1297, 1542, 1834];

impl Histogram {
    pub fn note(&mut self, took: Duration, times: i64) {
        self.add_to(step(took), times);
    }

    pub fn add(&mut self, other: &Histogram) {
        for (&step, &times) in &other.0 {
            self.add_to(step, times);
        }
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// How many durations there are.
    pub fn count(&self) -> u64 {
        self.0.values().filter_map(|&times| u64::try_from(times).ok()).sum()
    }

    /// The duration that so many per cent don't exceed; none of nothing.
    pub fn percentile(&self, per_cent: u64) -> Option<Duration> {
        let rank = (self.count() * per_cent).div_ceil(100).max(1);
        let mut seen = 0;
        self.0.iter().find_map(|(&step, &times)| {
            seen += u64::try_from(times).unwrap_or(0);
            (seen >= rank).then(|| middle(step))
        })
    }

    fn add_to(&mut self, step: u32, times: i64) {
        let count = self.0.entry(step).or_insert(0);
        *count += times;
        if *count == 0 {
            self.0.remove(&step);
        }
    }
}

fn step(took: Duration) -> u32 {
    let seconds = took.as_secs().clamp(1, 1 << 40);
    let octave = seconds.ilog2();
    let quarters = BEGINS.iter().filter(|&&begin| seconds * 1000 >= begin << octave).count();
    octave * 4 + u32::try_from(quarters).unwrap_or(1) - 1
}

fn middle(step: u32) -> Duration {
    let (octave, quarter) = (step / 4, step as usize % 4);
    Duration::from_millis(MIDDLES[quarter] << octave.min(40))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_read_out_is_near_what_went_in() {
        // Below a quarter of a minute the steps are whole seconds and coarser than that; nobody decides so fast.
        for seconds in (16..5_000).chain((5_000..90_000_000).step_by(997)) {
            let took = Duration::from_secs(seconds);
            let out = middle(step(took));
            let off = out.abs_diff(took).as_millis() * 1000 / took.as_millis();
            assert!(off <= 91, "{seconds} s are read as {out:?}, {off} thousandths off");
        }
    }

    #[test]
    fn halves_and_tenths_are_found() {
        let mut took = Histogram::default();
        assert_eq!(took.percentile(50), None);
        for hours in 1..=100 {
            took.note(Duration::from_hours(hours), 1);
        }
        let is_near = |found: Option<Duration>, hours: u64| {
            let off = found.expect("there are durations").abs_diff(Duration::from_hours(hours));
            off.as_secs() * 1000 <= 91 * hours * 3600
        };
        assert!(is_near(took.percentile(50), 50));
        assert!(is_near(took.percentile(90), 90));
    }

    #[test]
    fn what_is_taken_back_leaves_nothing() {
        let mut took = Histogram::default();
        took.note(Duration::from_hours(3), 1);
        took.note(Duration::from_hours(3), -1);
        assert!(took.is_empty());
    }
}
