//! The time, read once per unit of work and passed on as a parameter.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// A point in time: milliseconds since 1970-01-01 UTC, as every time column holds it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Moment(pub i64);

impl Moment {
    /// This moment moved on by `duration`.
    #[must_use]
    pub fn plus(self, duration: Duration) -> Moment {
        Moment(self.0.saturating_add(millis(duration)))
    }

    /// This moment moved back by `duration`.
    #[must_use]
    pub fn minus(self, duration: Duration) -> Moment {
        Moment(self.0.saturating_sub(millis(duration)))
    }

    /// How long after `earlier` this is; zero when it is not after it.
    pub fn since(self, earlier: Moment) -> Duration {
        Duration::from_millis(u64::try_from(self.0.saturating_sub(earlier.0)).unwrap_or(0))
    }

    /// How many seconds must pass from `earlier` until it is this moment, rounded up; none when it is not after it.
    pub fn seconds_since(self, earlier: Moment) -> u64 {
        let left = self.since(earlier);
        left.as_secs() + u64::from(left.subsec_millis() > 0)
    }
}

fn millis(duration: Duration) -> i64 {
    i64::try_from(duration.as_millis()).unwrap_or(i64::MAX)
}

/// Where the time comes from: the system's clock, moved on by hand in tests.
#[derive(Clone, Debug, Default)]
pub struct Clock {
    moved_on: Arc<AtomicI64>,
}

impl Clock {
    /// The system's clock.
    pub fn system() -> Clock {
        Clock::default()
    }

    /// The time now.
    #[expect(clippy::disallowed_methods, reason = "this is the clock")]
    pub fn now(&self) -> Moment {
        let system = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        Moment(millis(system)).plus_millis(self.moved_on.load(Ordering::Relaxed))
    }

    /// Moves this clock and all its clones on, for tests of deadlines and limits.
    pub fn move_on(&self, duration: Duration) {
        self.moved_on.fetch_add(millis(duration), Ordering::Relaxed);
    }
}

impl Moment {
    fn plus_millis(self, millis: i64) -> Moment {
        Moment(self.0.saturating_add(millis))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_seconds_that_must_pass_are_rounded_up() {
        let seconds = [-1, 0, 1, 1_000, 1_001].map(|at| Moment(at).seconds_since(Moment(0)));
        assert_eq!(seconds, [0, 0, 1, 1, 2]);
    }
}
