//! Moments as Tehran's clocks and calendars show them. The zone's rules are compiled in: hosts with stale files still
//! keep a summer time that was abolished in 2022.

use std::sync::LazyLock;

use icu::calendar::Date;
use icu::calendar::cal::{Gregorian, Persian};
use jiff::tz::{TimeZone, TimeZoneDatabase};
use jiff::{Timestamp, Zoned};

use super::{GregorianDate, JalaliDate, Weekday};

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
    let moment = zoned(millis);
    let gregorian = gregorian_date(millis);
    let persian = gregorian.to_calendar(Persian);
    TehranTime {
        date: JalaliDate {
            year: persian.year().extended_year(),
            month: persian.month().ordinal,
            day: persian.day_of_month().0,
        },
        gregorian: GregorianDate {
            year: i32::from(moment.year()),
            month: moment.month().unsigned_abs(),
            day: moment.day().unsigned_abs(),
        },
        hour: moment.hour().unsigned_abs(),
        minute: moment.minute().unsigned_abs(),
        weekday: gregorian.weekday().into(),
    }
}

/// The year of the register at this moment. It turns at midnight of 1 Farvardin in Tehran.
pub fn jalali_year(millis: i64) -> i32 {
    in_tehran(millis).date.year
}

/// The first moment of this moment's day in Tehran. Not always midnight: 22 March 2022 began at one o'clock.
pub fn start_of_tehran_day(millis: i64) -> i64 {
    let moment = zoned(millis);
    // Only the very first day of jiff's calendar has no start.
    moment
        .start_of_day()
        .map_or_else(|_| moment.timestamp().as_millisecond(), |start| start.timestamp().as_millisecond())
}

/// The moment in RFC 3339 with Tehran's offset, to the second, for machines: `2026-11-22T09:42:00+03:30`.
pub fn iso(millis: i64) -> String {
    let moment = zoned(millis);
    format!("{}{}", moment.strftime("%Y-%m-%dT%H:%M:%S"), moment.strftime("%:z"))
}

pub(crate) fn gregorian_date(millis: i64) -> Date<Gregorian> {
    let day = zoned(millis).date();
    Date::try_new_gregorian(i32::from(day.year()), day.month().unsigned_abs(), day.day().unsigned_abs())
        .expect("every date of jiff, from -9999 to 9999, is one of ICU's")
}

static TEHRAN: LazyLock<TimeZone> = LazyLock::new(|| {
    TimeZoneDatabase::bundled().get("Asia/Tehran").expect("the zone data is compiled in by a feature of jiff")
});

fn zoned(millis: i64) -> Zoned {
    let nearest = if millis < 0 { Timestamp::MIN } else { Timestamp::MAX };
    Timestamp::from_millisecond(millis).unwrap_or(nearest).to_zoned(TEHRAN.clone())
}
