//! The working calendar of one unit, and the counting in it: which day is worked, and until when. Pure; all in Tehran's time.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use pishkhan_persian::{JalaliDate, TehranDay};
use pishkhan_store::Moment;

use super::closures::Closure;
use super::term::Term;
use super::week::{Extent, ValidWeek, Week};

const MINUTE: i64 = 60_000;
/// How many days are looked through for one that is worked. Weeks are sound and lists of closures end, so it is never needed.
const FAR: i64 = 20 * 366;

/// On which days and hours one unit works.
#[derive(Clone, Debug, Default)]
pub struct Calendar {
    /// The first that holds on a day counts; where none does, the week that is nobody's.
    weeks: Vec<Stretch>,
    /// What a closure leaves of a day.
    closures: BTreeMap<TehranDay, Extent>,
}

/// A week that holds in a stretch of days.
#[derive(Clone, Copy, Debug)]
struct Stretch {
    from: TehranDay,
    until: Option<TehranDay>,
    week: Week,
}

impl Calendar {
    /// The calendar that these make together. A unit's week stands before the organisation's, and of several the one that began last; of
    /// several closures of a day, the one that leaves less of it.
    pub fn of(mut weeks: Vec<ValidWeek>, closures: &[Closure]) -> Calendar {
        weeks.sort_by_key(|valid| (valid.unit.is_none(), Reverse(valid.from)));
        let stretch = |valid: ValidWeek| {
            let until = valid.until.and_then(JalaliDate::day_in_tehran);
            Some(Stretch { from: valid.from.day_in_tehran()?, until, week: valid.week })
        };
        let mut calendar = Calendar { weeks: weeks.into_iter().filter_map(stretch).collect(), ..Calendar::default() };
        for closure in closures {
            if let Some(day) = closure.date.day_in_tehran() {
                let left = calendar.closures.entry(day).or_insert(Extent::Whole);
                *left = closure.left.min(*left);
            }
        }
        calendar
    }

    /// The end of a term that begins now. A term in days ends with the last of so many working days after this one, at midnight; a term
    /// in hours ends when so many hours have been worked.
    pub fn due(&self, from: Moment, term: Term) -> Moment {
        match term {
            Term::Days(days) => self.end_of_days(from, i64::from(days)),
            Term::Hours(hours) => self.after_work(from, i64::from(hours) * 60 * MINUTE),
        }
    }

    /// A deadline that was paused, now that time goes on: as much is left as was left. What was overdue is overdue by as much. It never
    /// comes earlier than it was.
    pub fn resumed(&self, due: Moment, paused_at: Moment, now: Moment) -> Moment {
        let last = TehranDay::of(due.0);
        let resumed = if due <= paused_at {
            Moment(now.0.saturating_sub(paused_at.0 - due.0))
        } else if due.0 == last.end() {
            // The end of a day is the end of a term in days, which goes on in days.
            self.end_of_days(now, self.working_days(TehranDay::of(paused_at.0), last))
        } else {
            self.after_work(now, self.work_between(paused_at, due))
        };
        resumed.max(due)
    }

    /// What is due before this moment is nearly due: less than the work of one whole day is left for it.
    pub fn near(&self, now: Moment) -> Moment {
        let hours = self.week(TehranDay::of(now.0)).hours;
        let one_day = i64::from(hours.closes - hours.opens) * MINUTE;
        // The night after the last hour adds no work, so what ends in it is as near.
        self.walk(now, one_day, |left, worked| left < worked)
    }

    /// The working time between two moments, in milliseconds; nothing when the second isn't later.
    pub fn work_between(&self, from: Moment, until: Moment) -> i64 {
        if until <= from {
            return 0;
        }
        let last = TehranDay::of(until.0);
        let mut day = TehranDay::of(from.0);
        let mut work = 0;
        while day <= last {
            if let Some((opens, closes)) = self.hours(day) {
                work += (closes.min(until.0) - opens.max(from.0)).max(0);
            }
            day = day.plus(1);
        }
        work
    }

    /// The first moment at which so many milliseconds have been worked since `from`.
    pub fn after_work(&self, from: Moment, work: i64) -> Moment {
        self.walk(from, work, |left, worked| left <= worked)
    }

    /// How many days are worked after `from`, up to `until`. Half a day is a day.
    pub fn working_days(&self, from: TehranDay, until: TehranDay) -> i64 {
        let mut days = 0;
        for n in 1..=until.since(from) {
            days += i64::from(self.extent(from.plus(n)) != Extent::Off);
        }
        days
    }

    /// How many days are worked after the day of one moment, up to that of another.
    pub fn days_between(&self, from: Moment, until: Moment) -> u64 {
        let days = self.working_days(TehranDay::of(from.0), TehranDay::of(until.0));
        u64::try_from(days).unwrap_or(0)
    }

    /// How much of a day is worked.
    pub fn extent(&self, day: TehranDay) -> Extent {
        let worked = self.week(day).extent(day.weekday());
        self.closures.get(&day).map_or(worked, |left| worked.min(*left))
    }

    /// The end of the so-manieth working day after this one. With none to go it is today's, or the next working day's.
    fn end_of_days(&self, from: Moment, days: i64) -> Moment {
        let today = TehranDay::of(from.0);
        let first = i64::from(days > 0);
        let mut worked = (first..FAR).map(|n| today.plus(n)).filter(|day| self.extent(*day) != Extent::Off);
        let skipped = usize::try_from(days - first).unwrap_or_default();
        let last = worked.nth(skipped).unwrap_or_else(|| today.plus(FAR));
        Moment(last.end())
    }

    /// Walks through the working hours from a moment on, until what is left of the work is found to be worked within a day's.
    fn walk(&self, from: Moment, work: i64, is_within: impl Fn(i64, i64) -> bool) -> Moment {
        let first = TehranDay::of(from.0);
        let mut left = work;
        let mut day = first;
        while day.since(first) < FAR {
            if let Some((opens, closes)) = self.hours(day) {
                let begins = opens.max(from.0);
                let worked = closes - begins;
                if worked >= 0 && is_within(left, worked) {
                    return Moment(begins + left);
                }
                left -= worked.max(0);
            }
            day = day.plus(1);
        }
        Moment(day.end())
    }

    /// From when until when a day is worked.
    fn hours(&self, day: TehranDay) -> Option<(i64, i64)> {
        let hours = self.week(day).hours;
        let closes = match self.extent(day) {
            Extent::Off => return None,
            Extent::Half => hours.half_closes,
            Extent::Whole => hours.closes,
        };
        Some((day.at(hours.opens), day.at(closes)))
    }

    /// The week that is worked on a day.
    pub fn week(&self, day: TehranDay) -> Week {
        let holds = |it: &&Stretch| it.from <= day && it.until.is_none_or(|until| day <= until);
        self.weeks.iter().find(holds).map_or_else(Week::default, |it| it.week)
    }
}
