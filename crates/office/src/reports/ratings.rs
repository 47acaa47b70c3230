//! What senders thought of how their letters were dealt with: counts of the steps, so that days, units and months add up. Pure.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::figures::count;
use crate::letters::RATING_STEPS;

/// Counts of ratings by their step.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Ratings(BTreeMap<i64, i64>);

impl Ratings {
    pub fn note(&mut self, step: i64, times: i64) {
        let count = self.0.entry(step).or_insert(0);
        *count += times;
        if *count == 0 {
            self.0.remove(&step);
        }
    }

    pub fn add(&mut self, other: &Ratings) {
        for (&step, &times) in &other.0 {
            self.note(step, times);
        }
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// How many there are.
    pub fn count(&self) -> u64 {
        count(self.0.values().sum())
    }

    /// How many chose this step.
    pub fn of(&self, step: u8) -> u64 {
        count(self.0.get(&i64::from(step)).copied().unwrap_or(0))
    }

    /// The mean of the steps in tenths, rounded; none of nothing.
    pub fn average_in_tenths(&self) -> Option<u64> {
        let all = self.count();
        let sum: u64 = (1..=RATING_STEPS).map(|step| u64::from(step) * self.of(step)).sum();
        (all > 0).then(|| (sum * 10 + all / 2) / all)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_average_is_of_what_was_chosen() {
        let mut ratings = Ratings::default();
        assert_eq!(ratings.average_in_tenths(), None);
        for step in [5, 5, 4, 1] {
            ratings.note(step, 1);
        }
        assert_eq!((ratings.count(), ratings.of(5), ratings.average_in_tenths()), (4, 2, Some(38)));
        ratings.note(1, -1);
        assert_eq!((ratings.of(1), ratings.average_in_tenths()), (0, Some(47)));
    }
}
