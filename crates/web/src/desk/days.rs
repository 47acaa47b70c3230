//! Days as staff type them to narrow a list: one field takes a day, a whole month or a whole year, in any digits.

use pishkhan_office::Moment;
use pishkhan_office::persian::calendar::{JalaliDate, start_of_jalali_day, start_of_tehran_day};
use pishkhan_office::persian::digits;
use pishkhan_office::persian::text::stored_line;

const HOUR: i64 = 3_600_000;

/// What was typed, as a stretch of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Days {
    /// Its first moment.
    pub start: Moment,
    /// The first moment after it.
    pub end: Moment,
}

/// What was typed is in no calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NoDays;

/// The days that were typed as year, month and day, with slashes, hyphens or dots between, or with nothing. Without a day it is a month, without
/// a month a year; None when nothing was typed.
pub fn read(typed: &str) -> Result<Option<Days>, NoDays> {
    let typed = digits::to_ascii(&stored_line(typed));
    if typed.is_empty() {
        return Ok(None);
    }
    let (start, end) = numbers(&typed).and_then(|numbers| bounds(&numbers)).ok_or(NoDays)?;
    Ok(Some(Days { start: Moment(start), end: Moment(end) }))
}

/// The numbers in what was typed.
fn numbers(typed: &str) -> Option<Vec<u16>> {
    // The keys that a phone shows for numbers may have nothing to put between them.
    let is_close = matches!(typed.len(), 6 | 8) && typed.bytes().all(|byte| byte.is_ascii_digit());
    let parts: Vec<&str> = if is_close {
        [&typed[..4], &typed[4..6], &typed[6..]].into_iter().filter(|part| !part.is_empty()).collect()
    } else {
        typed.split(['/', '-', '.']).map(str::trim).collect()
    };
    parts.into_iter().map(number).collect()
}

fn number(part: &str) -> Option<u16> {
    let is_number = (1..=4).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit());
    is_number.then(|| part.parse().ok()).flatten()
}

/// The first moment of a year, of a month in it or of a day in that, and the first one after it.
fn bounds(numbers: &[u16]) -> Option<(i64, i64)> {
    let part = |at: usize| numbers.get(at).map_or(Some(1), |number| u8::try_from(*number).ok());
    let year = numbers.first().copied().filter(|year| (1300..1600).contains(year)).map(i32::from)?;
    let first = JalaliDate::new(year, part(1)?, part(2)?)?;
    let start = start_of_jalali_day(first)?;
    let next = match numbers {
        [_] | [_, 12] => JalaliDate::new(year + 1, 1, 1)?,
        [_, _] => JalaliDate::new(year, first.month + 1, 1)?,
        // Noon of the next day is safe from days that were an hour longer or shorter.
        [_, _, _] => return Some((start, start_of_tehran_day(start + 36 * HOUR))),
        _ => return None,
    };
    Some((start, start_of_jalali_day(next)?))
}

#[cfg(test)]
mod tests {
    use pishkhan_office::persian::calendar;

    use super::*;

    fn days(typed: &str) -> Result<Option<(String, String)>, NoDays> {
        Ok(read(typed)?.map(|days| (calendar::iso(days.start.0), calendar::iso(days.end.0))))
    }

    #[test]
    fn a_day_a_month_and_a_year_are_read_in_any_digits() {
        let from_to = |from: &str, to: &str| {
            let midnight = "T00:00:00+03:30";
            Ok(Some((format!("{from}{midnight}"), format!("{to}{midnight}"))))
        };
        for typed in
            ["۱۴۰۹/٨/19", "1409-08-19", " 1409 / 8 / 19 ", "۱۴۰۹.۰۸.۱۹", "۱۴۰۹۰۸۱۹", "\u{200F}1409/08/19\u{2069}"]
        {
            assert_eq!(days(typed), from_to("2030-11-10", "2030-11-11"), "{typed}");
        }
        for typed in ["1409/8", "۱۴۰۹۰۸"] {
            assert_eq!(days(typed), from_to("2030-10-23", "2030-11-22"), "{typed}");
        }
        assert_eq!(days("1409/12"), from_to("2031-02-20", "2031-03-21"));
        assert_eq!(days("۱۴۰۹"), from_to("2030-03-21", "2031-03-21"));
        assert_eq!(days(" "), Ok(None));
    }

    #[test]
    fn what_the_calendar_does_not_have_is_no_day() {
        let none = [
            "1404/12/30",
            "1409/13",
            "1409//3",
            "/3/3",
            "09/1/1",
            "x",
            "1409/-1",
            "1409/1/1/1",
            "31/31/31",
            "99999/1/1",
        ];
        for typed in none.into_iter().chain(["14091301", "140913", "۱۴۰۹۰", "الف"]) {
            assert_eq!(days(typed), Err(NoDays), "{typed}");
        }
    }
}
