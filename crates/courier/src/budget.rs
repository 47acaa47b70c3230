//! What an organisation may still send today. A place of the day is held while a message is on its way, and kept when it went out.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use pishkhan_store::{Moment, OrganisationId};
use tokio::sync::{Mutex as Line, MutexGuard as Turn};

/// How long a count is believed; other processes send too.
const FRESH: Duration = Duration::from_secs(10);
/// How long it is believed when few places are left.
const FRESH_NEAR_THE_END: Duration = Duration::from_secs(1);
/// How many places are few: as many as the workers of a few processes have on their way.
const FEW: i64 = 200;

/// How much was sent today, as far as it was counted lately.
#[derive(Default)]
pub(crate) struct Budget {
    counts: Mutex<BTreeMap<OrganisationId, Count>>,
    /// Who counts, so that not all do at once.
    counting: Line<()>,
}

#[derive(Clone, Copy)]
struct Count {
    day: Moment,
    /// How many may go out; 0 for any number.
    most: i64,
    /// How many had gone out when it was counted.
    sent: i64,
    counted_at: Moment,
    /// How many went out since; some of them may be counted already.
    since: i64,
    /// How many are on their way.
    held: i64,
    /// How many places were ever kept, on any day.
    kept: i64,
    /// Whether it was told today that four fifths are used up, and that all are.
    has_rung: bool,
    has_ended: bool,
}

impl Count {
    fn of(day: Moment, kept: i64) -> Count {
        Count { day, most: 0, sent: 0, counted_at: day, since: 0, held: 0, kept, has_rung: false, has_ended: false }
    }

    fn is_fresh(&self, day: Moment, now: Moment) -> bool {
        let left = self.most - self.sent;
        let fresh = if self.most == 0 || left > FEW { FRESH } else { FRESH_NEAR_THE_END };
        let is_young = self.day == day && now.since(self.counted_at) < fresh;
        // The others may have sent as much.
        is_young && (self.most == 0 || self.since == 0 || self.since * 4 <= left)
    }
}

/// What one more message would mean.
pub(crate) enum Room {
    /// Nobody has counted lately.
    Unknown,
    /// There always is.
    Endless,
    /// There is a place, and it is held.
    Held(Place),
    /// None is left, as long as all that are on their way go out.
    OnTheirWay,
    /// None is left today.
    Spent {
        /// How many that were.
        most: i64,
        /// Whether nobody was told yet.
        is_news: bool,
    },
}

/// What was counted.
#[derive(Clone, Copy)]
pub(crate) struct Counted {
    pub day: Moment,
    pub at: Moment,
    /// How many may go out in a day; 0 for any number.
    pub most: u32,
    /// How many have.
    pub sent: i64,
    /// What [`Budget::begin_count`] said.
    pub kept_before: i64,
}

impl Budget {
    /// Waits for whoever counts at this moment, and takes their turn.
    pub async fn turn(&self) -> Turn<'_, ()> {
        self.counting.lock().await
    }

    /// What [`Budget::counted`] must be told of a count that begins now.
    pub fn begin_count(&self, organisation: &OrganisationId) -> i64 {
        self.counts().get(organisation).map_or(0, |count| count.kept)
    }

    /// Keeps what was counted, and how many may go out in a day. What went out during the count is added to it: rather twice than not at all.
    pub fn counted(&self, organisation: &OrganisationId, counted: Counted) {
        let Counted { day, at, most, sent, kept_before } = counted;
        let mut counts = self.counts();
        let count = counts.entry(organisation.clone()).or_insert(Count::of(day, 0));
        if count.day != day {
            *count = Count::of(day, count.kept);
        }
        count.most = i64::from(most);
        count.sent = sent;
        count.since = count.kept - kept_before;
        count.counted_at = at;
    }

    /// Holds one place.
    pub fn take(self: &Arc<Self>, organisation: &OrganisationId, day: Moment, now: Moment) -> Room {
        let mut counts = self.counts();
        let Some(count) = counts.get_mut(organisation).filter(|count| count.is_fresh(day, now)) else {
            return Room::Unknown;
        };
        let most = count.most;
        if most == 0 {
            return Room::Endless;
        }
        if count.sent >= most {
            let is_news = !count.has_ended;
            count.has_ended = true;
            return Room::Spent { most, is_news };
        }
        if count.sent + count.since + count.held >= most {
            // What went out since the count may be in it.
            return if count.since > 0 { Room::Unknown } else { Room::OnTheirWay };
        }
        count.held += 1;
        Room::Held(Place { budget: Arc::clone(self), organisation: organisation.clone(), day, most })
    }

    fn counts(&self) -> MutexGuard<'_, BTreeMap<OrganisationId, Count>> {
        self.counts.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A place of the day, for a message on its way. It is given back when it is dropped.
pub(crate) struct Place {
    budget: Arc<Budget>,
    organisation: OrganisationId,
    day: Moment,
    most: i64,
}

impl Place {
    /// The message went out, or may have. When four fifths are used up, and that was not told yet today, it answers of how many.
    pub fn keep(self) -> Option<i64> {
        let mut counts = self.budget.counts();
        // Dropping this place takes the lock, too, after it is free.
        let count = counts.get_mut(&self.organisation)?;
        count.kept += 1;
        if count.day != self.day {
            return None;
        }
        count.since += 1;
        let rings = !count.has_rung && (count.sent + count.since) * 5 >= self.most * 4;
        count.has_rung |= rings;
        drop(counts);
        rings.then_some(self.most)
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        if let Some(count) = self.budget.counts().get_mut(&self.organisation).filter(|count| count.day == self.day) {
            count.held -= 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const DAY: Moment = Moment(0);

    fn whose() -> OrganisationId {
        OrganisationId("shahrdari".into())
    }

    fn room(budget: &Arc<Budget>, at: i64) -> Room {
        budget.take(&whose(), DAY, Moment(at))
    }

    fn takes(budget: &Arc<Budget>, at: i64) -> Option<Place> {
        match room(budget, at) {
            Room::Held(place) => Some(place),
            Room::Unknown | Room::Endless | Room::OnTheirWay | Room::Spent { .. } => None,
        }
    }

    fn counts(budget: &Arc<Budget>, at: i64, most: u32, sent: i64) {
        let kept_before = budget.begin_count(&whose());
        budget.counted(&whose(), Counted { day: DAY, at: Moment(at), most, sent, kept_before });
    }

    #[test]
    fn a_place_is_used_up_by_what_went_out_and_by_nothing_else() {
        let budget = Arc::new(Budget::default());
        assert!(matches!(room(&budget, 1), Room::Unknown));
        counts(&budget, 1, 5, 2);
        let places: Vec<Place> = (0..3).filter_map(|_| takes(&budget, 2)).collect();
        assert_eq!(places.len(), 3);
        assert!(matches!(room(&budget, 2), Room::OnTheirWay));
        drop(places);
        let places: Vec<Place> = (0..4).filter_map(|_| takes(&budget, 3)).collect();
        assert_eq!(places.len(), 3, "what failed gave its place back");
        let rung: Vec<Option<i64>> = places.into_iter().map(Place::keep).collect();
        assert_eq!(rung, [None, Some(5), None], "four of five, told once");
        assert!(matches!(room(&budget, 4), Room::Unknown), "nobody says so before it is counted");
        counts(&budget, 4, 5, 5);
        assert!(matches!(room(&budget, 5), Room::Spent { is_news: true, .. }));
        assert!(matches!(room(&budget, 5), Room::Spent { is_news: false, .. }));
        assert!(matches!(budget.take(&whose(), Moment(86_400_000), Moment(5)), Room::Unknown), "another day");
        counts(&budget, 6, 8, 5);
        assert!(takes(&budget, 6).is_some(), "it was raised");
    }

    #[test]
    fn what_goes_out_during_a_count_is_counted() {
        let budget = Arc::new(Budget::default());
        counts(&budget, 1, 10, 0);
        let place = takes(&budget, 2).expect("there is room");
        let kept_before = budget.begin_count(&whose());
        place.keep();
        budget.counted(&whose(), Counted { day: DAY, at: Moment(3), most: 10, sent: 5, kept_before });
        let places: Vec<Place> = (0..5).filter_map(|_| takes(&budget, 4)).collect();
        assert_eq!(places.len(), 4, "five, that one, and four more");
    }

    #[test]
    fn near_the_end_a_count_is_soon_old() {
        let budget = Arc::new(Budget::default());
        counts(&budget, 0, 5, 2);
        assert!(matches!(room(&budget, 1_500), Room::Unknown));
        for most in [0, 5_000] {
            counts(&budget, 0, most, 2);
            assert!(matches!(room(&budget, 1_500), Room::Held(_) | Room::Endless));
            assert!(matches!(room(&budget, 10_000), Room::Unknown));
        }
    }
}
