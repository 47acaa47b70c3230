//! The Jalali calendar.

use pishkhan_persian::{GregorianDate, JalaliDate, Weekday};

fn jalali(year: i32, month: u8, day: u8) -> JalaliDate {
    JalaliDate::new(year, month, day).expect("a date of the calendar")
}

fn gregorian(year: i32, month: u8, day: u8) -> GregorianDate {
    GregorianDate { year, month, day }
}

fn is_leap(year: i32) -> bool {
    JalaliDate::new(year, 12, 30).is_some()
}

#[test]
fn verified_dates_are_the_same_days() {
    for (date, day, weekday) in [
        (jalali(1397, 4, 19), gregorian(2018, 7, 10), Weekday::Tuesday),
        (jalali(1403, 12, 30), gregorian(2025, 3, 20), Weekday::Thursday),
        (jalali(1405, 9, 1), gregorian(2026, 11, 22), Weekday::Sunday),
        (jalali(1408, 12, 30), gregorian(2030, 3, 20), Weekday::Wednesday),
        (jalali(1409, 1, 1), gregorian(2030, 3, 21), Weekday::Thursday),
        (jalali(1357, 11, 22), gregorian(1979, 2, 11), Weekday::Sunday),
    ] {
        assert_eq!(date.to_gregorian(), Some(day));
        assert_eq!(date.weekday(), Some(weekday));
        assert_eq!(JalaliDate::from_gregorian(day.year, day.month, day.day), Some(date));
    }
}

#[test]
fn leap_years_are_those_of_the_table() {
    let leap: Vec<i32> = (1370..=1445).filter(|year| is_leap(*year)).collect();
    let table = [
        1370, 1375, 1379, 1383, 1387, 1391, 1395, 1399, 1403, 1408, 1412, 1416, 1420, 1424, 1428, 1432, 1436, 1441,
        1445,
    ];
    assert_eq!(leap, table);
}

#[test]
fn leap_years_follow_the_rule_of_33_years() {
    for year in 1178..=1501 {
        assert_eq!(is_leap(year), (25 * year + 11) % 33 < 8, "{year}");
    }
}

#[test]
fn every_day_of_two_centuries_comes_back_and_follows_the_day_before() {
    let mut expected_weekday = jalali(1300, 1, 1).weekday().expect("a date");
    let mut days = 0;
    let mut last: Option<GregorianDate> = None;
    for year in 1300..=1500 {
        for month in 1..=12 {
            let days_in_month = match month {
                1..=6 => 31,
                7..=11 => 30,
                _ => 29 + u8::from(is_leap(year)),
            };
            assert_eq!(JalaliDate::new(year, month, days_in_month + 1), None, "{year}/{month}");
            for day in 1..=days_in_month {
                let date = jalali(year, month, day);
                let same = date.to_gregorian().expect("a near date");
                assert_eq!(JalaliDate::from_gregorian(same.year, same.month, same.day), Some(date));
                assert_eq!(date.weekday(), Some(expected_weekday), "{}", date.slashed());
                assert!(last.is_none_or(|last| last < same), "{}", date.slashed());
                last = Some(same);
                expected_weekday = next(expected_weekday);
                days += 1;
            }
        }
    }
    assert_eq!(days, 201 * 365 + (1300..=1500).filter(|year| is_leap(*year)).count());
}

#[test]
fn days_that_do_not_exist_are_none() {
    for (year, month, day) in [
        (1404, 12, 30),
        (1407, 12, 30),
        (1405, 0, 1),
        (1405, 13, 1),
        (1405, 1, 0),
        (1405, 7, 31),
        (i32::MAX, 1, 1),
        (i32::MIN, 255, 255),
    ] {
        assert_eq!(JalaliDate::new(year, month, day), None);
        let forged = JalaliDate { year, month, day };
        assert_eq!(forged.to_gregorian(), None);
        assert_eq!(forged.weekday(), None);
        assert!(!forged.slashed().is_empty());
    }
    assert_eq!(JalaliDate::from_gregorian(2023, 2, 29), None);
    assert_eq!(JalaliDate::from_gregorian(i32::MAX, 1, 1), None);
}

#[test]
fn the_ends_of_the_calendar_do_not_panic() {
    for year in [-9999, -622, 0, 9999] {
        let date = JalaliDate::from_gregorian(year, 1, 1).expect("a Gregorian date");
        assert!(date.to_gregorian().is_none_or(|day| day.year == year));
        assert!(
            JalaliDate::new(year, 1, 1).is_some_and(|date| date.weekday().is_some() && date.to_gregorian().is_some())
        );
    }
}

#[test]
fn figures_are_padded_with_zeros() {
    assert_eq!(jalali(1405, 9, 1).slashed(), "1405/09/01");
    assert_eq!(jalali(622, 12, 29).slashed(), "0622/12/29");
}

fn next(weekday: Weekday) -> Weekday {
    match weekday {
        Weekday::Saturday => Weekday::Sunday,
        Weekday::Sunday => Weekday::Monday,
        Weekday::Monday => Weekday::Tuesday,
        Weekday::Tuesday => Weekday::Wednesday,
        Weekday::Wednesday => Weekday::Thursday,
        Weekday::Thursday => Weekday::Friday,
        Weekday::Friday => Weekday::Saturday,
    }
}

#[test]
fn a_typed_date_is_read_in_every_script() {
    for typed in ["1405/9/1", "1405/09/01", " ۱۴۰۵-۰۹-۰۱ ", "١٤٠٥.٩.١"] {
        assert_eq!(JalaliDate::parse(typed), Some(jalali(1405, 9, 1)), "{typed}");
    }
    for typed in ["", "1405", "1405/9", "1405/9/1/2", "1404/12/30", "5/9/1", "1405/13/1", "1405/9/x", "-405/1/1"] {
        assert_eq!(JalaliDate::parse(typed), None, "{typed}");
    }
}
