//! Days of Tehran as numbers, so that days can be counted and a clock can be read on each.

use icu::calendar::cal::Persian;
use icu::calendar::types::RataDie;
use icu::calendar::{Date, Gregorian};
use jiff::civil;

use super::tehran::{Day, clock_in_tehran, moment_in_tehran};
use super::{JalaliDate, Weekday};

/// A day in Tehran, counted from 1 January 1970. What lies before the year −9999 is taken as a day of its first January, and what
/// lies after 9999 as one of its last December.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TehranDay(i64);

/// 8 January of the year −9999 and 24 December of 9999: beyond them some hours are no moments of jiff's any more.
const BOUNDS: (i64, i64) = (-4_371_580, 2_932_889);
/// 1 January 1970, as ICU counts days.
const EPOCH: i64 = 719_163;
const WEEK: [Weekday; 7] = [
    Weekday::Saturday,
    Weekday::Sunday,
    Weekday::Monday,
    Weekday::Tuesday,
    Weekday::Wednesday,
    Weekday::Thursday,
    Weekday::Friday,
];

impl TehranDay {
    /// The day that Tehran has at this moment, in milliseconds since 1970.
    pub fn of(millis: i64) -> TehranDay {
        let day = Day::of(clock_in_tehran(millis));
        TehranDay(day.gregorian.to_rata_die().to_i64_date() - EPOCH).bounded()
    }

    /// The day so many days after this one, or before it.
    #[must_use]
    pub fn plus(self, days: i64) -> TehranDay {
        TehranDay(self.0.saturating_add(days)).bounded()
    }

    /// How many days this is after `earlier`; below zero when it is before it.
    pub fn since(self, earlier: TehranDay) -> i64 {
        self.0 - earlier.0
    }

    /// The day's Jalali date.
    pub fn date(self) -> JalaliDate {
        JalaliDate::of(Date::from_rata_die(RataDie::new(self.0 + EPOCH), Persian))
    }

    /// The day of the week.
    pub fn weekday(self) -> Weekday {
        // 1 January 1970 was a Thursday.
        let place = usize::try_from((self.0 + 5).rem_euclid(7)).unwrap_or_default();
        WEEK[place]
    }

    /// The first moment of the day.
    pub fn start(self) -> i64 {
        self.at(0)
    }

    /// The last millisecond of the day.
    pub fn end(self) -> i64 {
        TehranDay(self.0 + 1).at(0) - 1
    }

    /// The moment at which the clocks show so many minutes after the day's midnight. What they show twice is taken the first time; what
    /// they leap over is taken as much later. Beyond the last day all days have 24 hours.
    pub fn at(self, minute: u16) -> i64 {
        let wanted = self.0.saturating_add(i64::from(minute) / (24 * 60));
        let minute = minute % (24 * 60);
        let there = TehranDay(wanted).bounded();
        let beyond = (wanted - there.0) * 24 * 60 * 60 * 1_000;
        let date = Date::from_rata_die(RataDie::new(there.0 + EPOCH), Gregorian);
        let (year, month, day) = (date.year().extended_year(), date.month().ordinal, date.day_of_month().0);
        let (hour, minute) = (minute / 60, minute % 60);
        let [month, day, hour, minute] =
            [u16::from(month), u16::from(day), hour, minute].map(|it| i8::try_from(it).unwrap_or(1));
        let clock = civil::datetime(i16::try_from(year).unwrap_or(i16::MAX), month, day, hour, minute, 0, 0);
        moment_in_tehran(clock) + beyond
    }

    fn bounded(self) -> TehranDay {
        TehranDay(self.0.clamp(BOUNDS.0, BOUNDS.1))
    }
}

impl Weekday {
    /// The seven days, from Saturday on.
    pub const ALL: [Weekday; 7] = WEEK;
}

impl JalaliDate {
    /// The day in Tehran; none if this isn't a date.
    pub fn day_in_tehran(self) -> Option<TehranDay> {
        let date = Date::try_new_persian(self.year, self.month, self.day).ok()?;
        Some(TehranDay(date.to_rata_die().to_i64_date() - EPOCH).bounded())
    }
}
