//! What an organisation may still send today.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use pishkhan_store::{Moment, OrganisationId};

/// How long a count is believed; other processes send too.
const FRESH: Duration = Duration::from_secs(10);

/// How much was sent today, as far as it was counted lately.
#[derive(Default)]
pub(crate) struct Budget(Mutex<BTreeMap<OrganisationId, Count>>);

#[derive(Clone, Copy)]
struct Count {
    day: Moment,
    sent: i64,
    counted_at: Moment,
    has_rung: bool,
}

impl Count {
    fn is_fresh(&self, day: Moment, now: Moment) -> bool {
        self.day == day && now.since(self.counted_at) < FRESH
    }
}

/// What one more message would mean.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Room {
    /// Nobody has counted lately.
    Unknown,
    /// There is room.
    Enough,
    /// There is room, and four fifths are used up, which was not told yet today.
    Alarm,
    /// There is none until tomorrow.
    Spent,
}

impl Budget {
    /// Keeps what was counted, unless somebody else was quicker: places may be taken of their count already.
    pub fn counted(&self, organisation: &OrganisationId, day: Moment, now: Moment, sent: i64) {
        let mut counts = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if counts.get(organisation).is_some_and(|count| count.is_fresh(day, now)) {
            return;
        }
        let has_rung = counts.get(organisation).is_some_and(|count| count.day == day && count.has_rung);
        counts.insert(organisation.clone(), Count { day, sent, counted_at: now, has_rung });
    }

    /// Takes one place of `most`.
    pub fn take(&self, organisation: &OrganisationId, day: Moment, now: Moment, most: u32) -> Room {
        let mut counts = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let Some(count) = counts.get_mut(organisation) else { return Room::Unknown };
        if !count.is_fresh(day, now) {
            return Room::Unknown;
        }
        let most = i64::from(most);
        if count.sent >= most {
            return Room::Spent;
        }
        count.sent += 1;
        if count.sent * 5 >= most * 4 && !count.has_rung {
            count.has_rung = true;
            return Room::Alarm;
        }
        Room::Enough
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_rings_once_and_then_stops() {
        let (budget, whose, day) = (Budget::default(), OrganisationId("shahrdari".into()), Moment(0));
        assert_eq!(budget.take(&whose, day, Moment(1), 5), Room::Unknown);
        budget.counted(&whose, day, Moment(1), 2);
        let taken: Vec<Room> = (0..5).map(|_| budget.take(&whose, day, Moment(2), 5)).collect();
        assert_eq!(taken, [Room::Enough, Room::Alarm, Room::Enough, Room::Spent, Room::Spent]);
        budget.counted(&whose, day, Moment(3), 0);
        assert_eq!(budget.take(&whose, day, Moment(4), 5), Room::Spent, "two that count at once count once");
        assert_eq!(budget.take(&whose, Moment(86_400_000), Moment(5), 5), Room::Unknown, "another day");
        assert_eq!(budget.take(&whose, day, Moment(20_000), 5), Room::Unknown, "that count is old");
        budget.counted(&whose, day, Moment(20_000), 4);
        assert_eq!(budget.take(&whose, day, Moment(20_001), 5), Room::Enough, "it has rung today");
    }
}
