//! Moments in Tehran.

use pishkhan_persian::calendar::{in_tehran, iso, jalali_year, start_of_jalali_day, start_of_tehran_day};
use pishkhan_persian::{GregorianDate, JalaliDate, TehranTime, Weekday};

const SECOND: i64 = 1_000;
const HOUR: i64 = 3_600 * SECOND;
const DAY: i64 = 24 * HOUR;

/// 2026-11-22, a Sunday, at 06:12 UTC: 9:42 in Tehran.
pub const SUNDAY_MORNING: i64 = 1_795_327_920 * SECOND;
/// 2025-03-20 20:30 UTC: the first moment of 1404.
const NOWRUZ_1404: i64 = 1_742_502_600 * SECOND;
/// 2022-03-21 20:30 UTC: 23:59:59 was followed by 01:00:00 on 22 March.
const SPRING_FORWARD: i64 = 1_647_894_600 * SECOND;
/// 2022-09-21 19:30 UTC: 23:59:59 was followed by 23:00:00 of the same day.
const FALL_BACK: i64 = 1_663_788_600 * SECOND;

#[test]
fn a_moment_has_both_dates_the_hour_and_the_weekday() {
    let expected = TehranTime {
        date: JalaliDate { year: 1405, month: 9, day: 1 },
        gregorian: GregorianDate { year: 2026, month: 11, day: 22 },
        hour: 9,
        minute: 42,
        weekday: Weekday::Sunday,
    };
    assert_eq!(in_tehran(SUNDAY_MORNING), expected);
}

#[test]
fn the_register_turns_its_year_at_midnight_of_tehran() {
    assert_eq!(jalali_year(NOWRUZ_1404 - 1), 1403);
    assert_eq!(jalali_year(NOWRUZ_1404), 1404);
    assert_eq!(in_tehran(NOWRUZ_1404 - 1).date.slashed(), "1403/12/30");
    assert_eq!(in_tehran(NOWRUZ_1404).date.slashed(), "1404/01/01");
}

#[test]
fn there_is_no_summer_time_since_2022() {
    for month in 0..12 {
        let moment = SUNDAY_MORNING + month * 30 * DAY;
        assert!(iso(moment).ends_with("T09:42:00+03:30"), "{}", iso(moment));
    }
}

#[test]
fn the_day_without_midnight_begins_at_one() {
    assert_eq!(iso(SPRING_FORWARD - SECOND), "2022-03-21T23:59:59+03:30");
    assert_eq!(iso(SPRING_FORWARD), "2022-03-22T01:00:00+04:30");
    for moment in [SPRING_FORWARD, SPRING_FORWARD + HOUR, SPRING_FORWARD + 23 * HOUR - 1] {
        assert_eq!(start_of_tehran_day(moment), SPRING_FORWARD);
    }
    assert_eq!(start_of_tehran_day(SPRING_FORWARD + 23 * HOUR), SPRING_FORWARD + 23 * HOUR);
    assert_eq!(start_of_tehran_day(SPRING_FORWARD - 1), SPRING_FORWARD - DAY);
}

#[test]
fn the_day_with_eleven_o_clock_twice_has_one_start() {
    assert_eq!(iso(FALL_BACK - SECOND), "2022-09-21T23:59:59+04:30");
    assert_eq!(iso(FALL_BACK), "2022-09-21T23:00:00+03:30");
    let start = FALL_BACK - DAY;
    assert_eq!(iso(start), "2022-09-21T00:00:00+04:30");
    for moment in [start, FALL_BACK - 1, FALL_BACK, FALL_BACK + HOUR - 1] {
        assert_eq!(start_of_tehran_day(moment), start);
    }
    assert_eq!(start_of_tehran_day(FALL_BACK + HOUR), FALL_BACK + HOUR);
}

#[test]
fn every_hour_of_a_century_belongs_to_a_day_that_began_before() {
    let first = -30 * 365 * DAY;
    for moment in (first..first + 100 * 365 * DAY).step_by(5 * 3_600_000 + 1) {
        let start = start_of_tehran_day(moment);
        assert!((0..25 * HOUR).contains(&(moment - start)), "{}", iso(moment));
        assert_eq!(in_tehran(start).date, in_tehran(moment).date);
        assert_ne!(in_tehran(start - 1).date, in_tehran(start).date);
    }
}

#[test]
fn milliseconds_before_1970_belong_to_the_second_before() {
    assert_eq!(iso(0), "1970-01-01T03:30:00+03:30");
    assert_eq!(iso(-1), "1970-01-01T03:29:59+03:30");
}

#[test]
fn absurd_moments_are_the_first_and_last_year() {
    assert_eq!(in_tehran(i64::MAX).gregorian.year, 9999);
    assert_eq!(in_tehran(i64::MIN).gregorian.year, -9999);
    for moment in [i64::MIN, i64::MIN + 1, -377_705_023_201_000, 253_402_207_200_999, i64::MAX - 1, i64::MAX] {
        assert!(start_of_tehran_day(moment).abs() < i64::MAX / 2);
        assert!(!iso(moment).is_empty());
        assert!(jalali_year(moment).abs() < 11_000);
    }
}

#[test]
fn a_day_begins_where_its_first_moment_is() {
    for moment in [SUNDAY_MORNING, NOWRUZ_1404, NOWRUZ_1404 - 1, SPRING_FORWARD, FALL_BACK] {
        assert_eq!(start_of_jalali_day(in_tehran(moment).date), Some(start_of_tehran_day(moment)));
    }
    assert_eq!(start_of_jalali_day(JalaliDate { year: 1404, month: 12, day: 30 }), None);
    assert_eq!(start_of_jalali_day(JalaliDate { year: i32::MAX, month: 1, day: 1 }), None);
}
