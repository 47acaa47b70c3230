//! What an organisation may still send today. A place of the day is held while a message is on its way, and kept when it went out.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use pishkhan_store::{Moment, OrganisationId, Result};

use crate::gateways::{Channel, Urgency};
use crate::outbox::{self, Claimed};
use crate::round::Courier;
use crate::rules::day_of;

/// How long a count is believed; other processes send too.
const FRESH: Duration = Duration::from_secs(10);
/// How long it is believed when few places are left.
const FRESH_NEAR_THE_END: Duration = Duration::from_secs(1);
/// How many places are few: more than all that the workers of a few processes have on their way.
const FEW: i64 = 200;
/// When it is looked again whether there is room: somebody may have raised the budget, and tomorrow may be sooner.
const SPENT: Duration = Duration::from_mins(30);
/// The same while the last places are on their way; those that fail come back.
const ON_THEIR_WAY: Duration = Duration::from_mins(1);

/// How much was sent today, as far as it was counted lately.
#[derive(Default)]
pub(crate) struct Budget(Mutex<BTreeMap<OrganisationId, Count>>);

#[derive(Clone, Copy)]
struct Count {
    day: Moment,
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
        Count { day, sent: 0, counted_at: day, since: 0, held: 0, kept, has_rung: false, has_ended: false }
    }

    fn is_fresh(&self, day: Moment, now: Moment, most: i64) -> bool {
        let fresh = if self.sent + self.since + FEW < most { FRESH } else { FRESH_NEAR_THE_END };
        self.day == day && now.since(self.counted_at) < fresh
    }
}

/// What one more message would mean.
pub(crate) enum Room {
    /// Nobody has counted lately.
    Unknown,
    /// There is a place, and it is held.
    Held(Place),
    /// None is left, as long as all that are on their way go out.
    OnTheirWay,
    /// None is left today.
    Spent {
        /// Whether nobody was told yet.
        is_news: bool,
    },
}

impl Budget {
    /// What [`Budget::counted`] must be told of a count that begins now.
    pub fn begin_count(&self, organisation: &OrganisationId) -> i64 {
        self.counts().get(organisation).map_or(0, |count| count.kept)
    }

    /// Keeps what was counted. What went out during the count is added to it: rather twice than not at all.
    pub fn counted(&self, organisation: &OrganisationId, day: Moment, now: Moment, sent: i64, kept_before: i64) {
        let mut counts = self.counts();
        let count = counts.entry(organisation.clone()).or_insert(Count::of(day, 0));
        if count.day != day {
            *count = Count::of(day, count.kept);
        }
        count.sent = sent;
        count.since = count.kept - kept_before;
        count.counted_at = now;
    }

    /// Holds one place of `most`.
    pub fn take(self: &Arc<Self>, organisation: &OrganisationId, day: Moment, now: Moment, most: u32) -> Room {
        let most = i64::from(most);
        let mut counts = self.counts();
        let Some(count) = counts.get_mut(organisation).filter(|count| count.is_fresh(day, now, most)) else {
            return Room::Unknown;
        };
        if count.sent >= most {
            let is_news = !count.has_ended;
            count.has_ended = true;
            return Room::Spent { is_news };
        }
        if count.sent + count.since + count.held >= most {
            // What went out since the count may be in it.
            return if count.since > 0 { Room::Unknown } else { Room::OnTheirWay };
        }
        count.held += 1;
        Room::Held(Place { budget: Arc::clone(self), organisation: organisation.clone(), day, most })
    }

    fn counts(&self) -> MutexGuard<'_, BTreeMap<OrganisationId, Count>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
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
    /// The message went out, or may have. Answers whether four fifths are used up, which was not told yet today.
    fn keep(self) -> bool {
        let mut counts = self.budget.counts();
        // Dropping this place takes the lock, too, after it is free.
        let Some(count) = counts.get_mut(&self.organisation) else { return false };
        count.kept += 1;
        if count.day != self.day {
            return false;
        }
        count.since += 1;
        let rings = !count.has_rung && (count.sent + count.since) * 5 >= self.most * 4;
        count.has_rung |= rings;
        drop(counts);
        rings
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        if let Some(count) = self.budget.counts().get_mut(&self.organisation).filter(|count| count.day == self.day) {
            count.held -= 1;
        }
    }
}

/// Whether a message may go out today.
pub(crate) enum Permit {
    /// It may; a place of the day is held for it, unless it needs none.
    Goes(Option<Place>),
    /// It is put off until then, for that reason.
    Waits(Moment, &'static str),
}

impl Courier {
    /// Whether the organisation may send one more today. Codes have limits of their own, before they are asked for; e-mail costs nothing; and
    /// what a gateway may have already had its place.
    pub(crate) async fn permit(&self, message: &Claimed) -> Result<Permit> {
        let (most, now) = (self.rules.messages_per_day, self.clock.now());
        let is_code = Urgency::of(&message.template) == Urgency::Awaited;
        if most == 0 || is_code || Channel::of(&message.to) == Channel::Mail || message.is_bound() {
            return Ok(Permit::Goes(None));
        }
        let (whose, day) = (&message.organisation, day_of(now));
        let mut room = self.budget.take(whose, day, now, most);
        if matches!(room, Room::Unknown) {
            let kept_before = self.budget.begin_count(whose);
            let mut tx = self.db.read(whose, now).await?;
            let sent = outbox::sent_since(&mut tx, day).await?;
            drop(tx);
            self.budget.counted(whose, day, now, sent, kept_before);
            room = self.budget.take(whose, day, now, most);
        }
        Ok(match room {
            Room::Held(place) => Permit::Goes(Some(place)),
            Room::OnTheirWay | Room::Unknown => {
                Permit::Waits(now.plus(ON_THEIR_WAY), "the last messages of the day's budget are on their way")
            }
            Room::Spent { is_news } => {
                if is_news {
                    let organisation = whose.as_str();
                    tracing::error!(organisation, most, "the day's messages are sent; the others wait for tomorrow");
                }
                let tomorrow = day_of(day.plus(Duration::from_hours(36)));
                Permit::Waits(now.plus(SPENT).min(tomorrow), "the day's budget is spent")
            }
        })
    }

    /// A message went out, or may have: its place of the day is used up.
    pub(crate) fn keep(&self, message: &Claimed, place: Option<Place>) {
        if place.is_some_and(Place::keep) {
            let (organisation, most) = (message.organisation.as_str(), self.rules.messages_per_day);
            tracing::error!(organisation, most, "four fifths of the day's messages are sent");
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

    fn takes(budget: &Arc<Budget>, at: i64) -> Option<Place> {
        match budget.take(&whose(), DAY, Moment(at), 5) {
            Room::Held(place) => Some(place),
            Room::Unknown | Room::OnTheirWay | Room::Spent { .. } => None,
        }
    }

    fn counts(budget: &Arc<Budget>, at: i64, sent: i64) {
        budget.counted(&whose(), DAY, Moment(at), sent, budget.begin_count(&whose()));
    }

    #[test]
    fn a_place_is_used_up_by_what_went_out_and_by_nothing_else() {
        let budget = Arc::new(Budget::default());
        assert!(matches!(budget.take(&whose(), DAY, Moment(1), 5), Room::Unknown));
        counts(&budget, 1, 2);
        let places: Vec<Place> = (0..3).filter_map(|_| takes(&budget, 2)).collect();
        assert_eq!(places.len(), 3);
        assert!(matches!(budget.take(&whose(), DAY, Moment(2), 5), Room::OnTheirWay));
        drop(places);
        let places: Vec<Place> = (0..4).filter_map(|_| takes(&budget, 3)).collect();
        assert_eq!(places.len(), 3, "what failed gave its place back");
        let rung: Vec<bool> = places.into_iter().map(Place::keep).collect();
        assert_eq!(rung, [false, true, false], "four of five, told once");
        assert!(
            matches!(budget.take(&whose(), DAY, Moment(4), 5), Room::Unknown),
            "nobody says so before it is counted"
        );
        counts(&budget, 4, 5);
        assert!(matches!(budget.take(&whose(), DAY, Moment(5), 5), Room::Spent { is_news: true }));
        assert!(matches!(budget.take(&whose(), DAY, Moment(5), 5), Room::Spent { is_news: false }));
        assert!(matches!(budget.take(&whose(), Moment(86_400_000), Moment(5), 5), Room::Unknown), "another day");
    }

    #[test]
    fn what_goes_out_during_a_count_is_counted() {
        let budget = Arc::new(Budget::default());
        counts(&budget, 1, 0);
        let place = takes(&budget, 2).expect("there is room");
        let kept_before = budget.begin_count(&whose());
        place.keep();
        budget.counted(&whose(), DAY, Moment(3), 3, kept_before);
        let places: Vec<Place> = (0..5).filter_map(|_| takes(&budget, 4)).collect();
        assert_eq!(places.len(), 1, "three, that one, and one more");
    }

    #[test]
    fn near_the_end_a_count_is_soon_old() {
        let (budget, far) = (Arc::new(Budget::default()), 5_000);
        counts(&budget, 0, 2);
        assert!(matches!(budget.take(&whose(), DAY, Moment(1_500), 5), Room::Unknown));
        assert!(matches!(budget.take(&whose(), DAY, Moment(1_500), far), Room::Held(_)));
        assert!(matches!(budget.take(&whose(), DAY, Moment(10_000), far), Room::Unknown));
    }
}
