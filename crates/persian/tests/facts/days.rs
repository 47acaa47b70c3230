//! Days as numbers, and dates as people type them.

use pishkhan_persian::calendar::{in_tehran, iso, start_of_tehran_day};
use pishkhan_persian::{JalaliDate, TehranDay, Weekday};

use crate::tehran::SUNDAY_MORNING;

const DAY: i64 = 24 * 3_600_000;

fn day(year: i32, month: u8, day: u8) -> TehranDay {
    JalaliDate::new(year, month, day).and_then(JalaliDate::day_in_tehran).expect("a date of the calendar")
}

#[test]
fn a_moment_belongs_to_the_day_of_its_date() {
    let sunday = TehranDay::of(SUNDAY_MORNING);
    assert_eq!(sunday, day(1405, 9, 1));
    assert_eq!(sunday.weekday(), Weekday::Sunday);
    assert_eq!(sunday.start(), start_of_tehran_day(SUNDAY_MORNING));
    assert_eq!(iso(sunday.at(7 * 60 + 30)), "2026-11-22T07:30:00+03:30");
    assert_eq!(iso(sunday.end()), "2026-11-22T23:59:59+03:30");
    assert_eq!(sunday.at(24 * 60), sunday.plus(1).start());
}

#[test]
fn days_are_counted_over_the_leap_year() {
    assert_eq!(day(1403, 12, 30).plus(1), day(1404, 1, 1));
    assert_eq!(day(1404, 12, 29).plus(1), day(1405, 1, 1));
    assert_eq!(day(1409, 1, 1).since(day(1408, 1, 1)), 366);
    assert_eq!(day(1404, 1, 1).since(day(1405, 1, 1)), -365);
}

#[test]
fn every_day_of_a_century_has_its_date_its_weekday_and_its_moments() {
    let first = day(1350, 1, 1);
    for n in 0..36_525 {
        let day = first.plus(n);
        let date = day.date();
        assert_eq!(date.day_in_tehran(), Some(day));
        assert_eq!(date.weekday(), Some(day.weekday()));
        assert_eq!(in_tehran(day.start()).date, date);
        assert_eq!(in_tehran(day.end()).date, date);
        assert_eq!(TehranDay::of(day.at(12 * 60)), day);
        assert_eq!(day.end() + 1, day.plus(1).start());
    }
}

#[test]
fn what_the_clocks_leap_over_is_later_and_what_they_show_twice_is_the_first() {
    // The last summer time: midnight of 2 Farvardin 1401 did not exist, and 23:30 of 30 Shahrivar came twice.
    assert_eq!(iso(day(1401, 1, 2).start()), "2022-03-22T01:00:00+04:30");
    assert_eq!(iso(day(1401, 1, 2).at(30)), "2022-03-22T01:30:00+04:30");
    assert_eq!(iso(day(1401, 6, 30).at(23 * 60 + 30)), "2022-09-21T23:30:00+04:30");
    assert_eq!(day(1401, 6, 30).end() - day(1401, 6, 30).start() + 1, DAY + 3_600_000);
}

#[test]
fn days_end_where_the_calendar_ends() {
    for millis in [i64::MIN, 0, i64::MAX] {
        let day = TehranDay::of(millis);
        for days in [i64::MIN, -1, 0, 1, i64::MAX] {
            let other = day.plus(days);
            assert!(other.end() > other.start() && other.at(u16::MAX) > other.end(), "{other:?}");
            assert_eq!(TehranDay::of(other.start()), other);
        }
    }
}

#[test]
fn typed_dates_are_read_in_any_digits() {
    let date = JalaliDate::new(1405, 3, 14);
    for typed in ["1405/03/14", "۱۴۰۵/۳/۱۴", "١٤٠٥-٠٣-١٤", "1405.3.14", "  1405/3/14 ", "\u{200F}1405/3/14\u{202C}"]
    {
        assert_eq!(JalaliDate::parse(typed), date, "{typed}");
    }
    for typed in [
        "",
        "1405",
        "1405/3",
        "1405/13/1",
        "1405/3/32",
        "1404/12/30",
        "05/03/14",
        "1405/3/14/1",
        "1405//14",
        "+405/3/14",
        "14050314",
        "1405/3/۱۴م",
        "1405/003/14",
        "999/1/1",
        "1405 3 14",
    ] {
        assert_eq!(JalaliDate::parse(typed), None, "{typed}");
    }
}
