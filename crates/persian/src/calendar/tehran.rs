//! Moments as Tehran's clocks and calendars show them. The zone's rules are compiled in: hosts with stale files still
//! keep a summer time that was abolished in 2022.

use std::sync::LazyLock;

use icu::calendar::Date;
use icu::calendar::cal::{Gregorian, Persian};
use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::{TimeZone, TimeZoneDatabase};

use super::{GregorianDate, JalaliDate, TehranDay, Weekday};

/// A moment in Tehran, to the minute.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TehranTime {
    /// The day in the Jalali calendar.
    pub date: JalaliDate,
    /// The same day in the Gregorian calendar.
    pub gregorian: GregorianDate,
    /// The hour, 0 to 23.
    pub hour: u8,
    /// The minute, 0 to 59.
    pub minute: u8,
    /// The day of the week.
    pub weekday: Weekday,
}

/// What Tehran's clocks and calendars show at this moment, in milliseconds since 1970. Moments before the year −9999
/// and after 9999 are taken as the first and the last of these years.
pub fn in_tehran(millis: i64) -> TehranTime {
    let clock = clock_in_tehran(millis);
    let day = Day::of(clock);
    TehranTime {
        date: JalaliDate::of(day.persian),
        gregorian: GregorianDate {
            year: i32::from(clock.year()),
            month: clock.month().unsigned_abs(),
            day: clock.day().unsigned_abs(),
        },
        hour: clock.hour().unsigned_abs(),
        minute: clock.minute().unsigned_abs(),
        weekday: day.gregorian.weekday().into(),
    }
}

/// The year of the register at this moment. It turns at midnight of 1 Farvardin in Tehran.
pub fn jalali_year(millis: i64) -> i32 {
    in_tehran(millis).date.year
}

/// The first moment of this moment's day in Tehran. Not always midnight: 22 March 2022 began at one o'clock.
pub fn start_of_tehran_day(millis: i64) -> i64 {
    let moment = timestamp(millis).to_zoned(TEHRAN.clone());
    // Only the very first day of jiff's calendar has no start.
    moment
        .start_of_day()
        .map_or_else(|_| moment.timestamp().as_millisecond(), |start| start.timestamp().as_millisecond())
}

/// The first moment of that day in Tehran; none if this isn't a date.
pub fn start_of_jalali_day(date: JalaliDate) -> Option<i64> {
    date.day_in_tehran().map(TehranDay::start)
}

/// The moment in RFC 3339 with Tehran's offset, to the second, for machines: `2026-11-22T09:42:00+03:30`.
pub fn iso(millis: i64) -> String {
    let moment = timestamp(millis);
    let offset = TEHRAN.to_offset(moment);
    let clock = offset.to_datetime(moment);
    let (year, month, day) = (clock.year(), clock.month(), clock.day());
    let (hour, minute, second) = (clock.hour(), clock.minute(), clock.second());
    format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}{}", offset_text(offset.seconds()))
}

/// `+03:30`; with seconds in the days when Tehran still went by its sun.
fn offset_text(seconds: i32) -> String {
    let sign = if seconds < 0 { '-' } else { '+' };
    let (hours, minutes, rest) = (seconds.abs() / 3600, seconds.abs() / 60 % 60, seconds.abs() % 60);
    if rest == 0 {
        format!("{sign}{hours:02}:{minutes:02}")
    } else {
        format!("{sign}{hours:02}:{minutes:02}:{rest:02}")
    }
}

/// What Tehran's clock shows at this moment, with its Gregorian date.
pub(crate) fn clock_in_tehran(millis: i64) -> DateTime {
    TEHRAN.to_datetime(timestamp(millis))
}

/// The moment at which Tehran's clock shows this; what it leaps over is taken as much later.
pub(crate) fn moment_in_tehran(clock: DateTime) -> i64 {
    let moment = TEHRAN.to_ambiguous_timestamp(clock).compatible();
    // Only the hours at the very ends of jiff's calendar are no moments.
    moment.unwrap_or(if clock.year() < 0 { Timestamp::MIN } else { Timestamp::MAX }).as_millisecond()
}

/// A day in both calendars, as ICU's formatters take it.
pub(crate) struct Day {
    pub(crate) gregorian: Date<Gregorian>,
    pub(crate) persian: Date<Persian>,
}

impl Day {
    /// The day that the clock shows.
    pub(crate) fn of(clock: DateTime) -> Day {
        let gregorian =
            Date::try_new_gregorian(i32::from(clock.year()), clock.month().unsigned_abs(), clock.day().unsigned_abs())
                .expect("every date of jiff, from -9999 to 9999, is one of ICU's");
        Day { gregorian, persian: gregorian.to_calendar(Persian) }
    }
}

static TEHRAN: LazyLock<TimeZone> = LazyLock::new(|| {
    TimeZoneDatabase::bundled().get("Asia/Tehran").expect("the zone data is compiled in by a feature of jiff")
});

fn timestamp(millis: i64) -> Timestamp {
    let nearest = if millis < 0 { Timestamp::MIN } else { Timestamp::MAX };
    Timestamp::from_millisecond(millis).unwrap_or(nearest)
}
