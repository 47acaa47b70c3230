//! Dates: Jalali, Gregorian and the days of the week. The arithmetic is ICU's, which follows the official, astronomical
//! rule; the 2820-year formula of older libraries is not the law.

use icu::calendar::cal::Persian;
use icu::calendar::{Date, Gregorian, types};

use crate::digits::to_ascii;
use crate::text::stored_line;

/// A day of the Jalali (solar Hijri) calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct JalaliDate {
    /// The year, such as 1405.
    pub year: i32,
    /// The month, 1 (Farvardin) to 12 (Esfand).
    pub month: u8,
    /// The day of the month, from 1.
    pub day: u8,
}

/// A day of the Gregorian calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct GregorianDate {
    /// The year, such as 2026.
    pub year: i32,
    /// The month, 1 (January) to 12 (December).
    pub month: u8,
    /// The day of the month, from 1.
    pub day: u8,
}

/// A day of the week, which begins on Saturday.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(missing_docs, reason = "the names say it")]
pub enum Weekday {
    Saturday,
    Sunday,
    Monday,
    Tuesday,
    Wednesday,
    Thursday,
    Friday,
}

impl JalaliDate {
    /// The date, if the calendar has it: 1403/12/30 is one, 1404/12/30 is none.
    pub fn new(year: i32, month: u8, day: u8) -> Option<Self> {
        persian(year, month, day).map(Self::of)
    }

    /// The date that somebody typed as year, month and day, in any digits, with slashes, hyphens or dots between: ۱۴۰۵/۱/۱. Signs of
    /// direction, which come along when a date is copied, are no part of it.
    pub fn parse(text: &str) -> Option<Self> {
        let text = to_ascii(&stored_line(text));
        let mut parts = text.split(['/', '-', '.']);
        let mut part = |longest: usize| {
            let part = parts.next()?;
            let is_number = (1..=longest).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit());
            is_number.then(|| part.parse::<u16>().ok()).flatten()
        };
        let (year, month, day) = (part(4)?, part(2)?, part(2)?);
        let is_whole = parts.next().is_none() && year >= 1000;
        let date = JalaliDate::new(i32::from(year), u8::try_from(month).ok()?, u8::try_from(day).ok()?);
        date.filter(|_| is_whole)
    }

    /// The same day in the Jalali calendar, if the Gregorian one has it.
    pub fn from_gregorian(year: i32, month: u8, day: u8) -> Option<Self> {
        let date = Date::try_new_gregorian(year, month, day).ok()?;
        Some(Self::of(date.to_calendar(Persian)))
    }

    /// The same day in the Gregorian calendar; none if this isn't a date, or is thousands of years away.
    pub fn to_gregorian(self) -> Option<GregorianDate> {
        let date = persian(self.year, self.month, self.day)?.to_calendar(Gregorian);
        Some(GregorianDate {
            year: date.year().extended_year(),
            month: date.month().ordinal,
            day: date.day_of_month().0,
        })
    }

    /// The day of the week; none if this isn't a date.
    pub fn weekday(self) -> Option<Weekday> {
        persian(self.year, self.month, self.day).map(|date| date.weekday().into())
    }

    /// As tables and the registry block show it, in ASCII digits: `1405/09/01`.
    pub fn slashed(&self) -> String {
        format!("{:04}/{:02}/{:02}", self.year, self.month, self.day)
    }

    pub(super) fn of(date: Date<Persian>) -> Self {
        Self { year: date.year().extended_year(), month: date.month().ordinal, day: date.day_of_month().0 }
    }
}

impl GregorianDate {
    /// Year, month and day in ASCII digits: `2026/11/22`.
    pub fn slashed(&self) -> String {
        format!("{:04}/{:02}/{:02}", self.year, self.month, self.day)
    }
}

impl From<types::Weekday> for Weekday {
    fn from(weekday: types::Weekday) -> Self {
        match weekday {
            types::Weekday::Saturday => Weekday::Saturday,
            types::Weekday::Sunday => Weekday::Sunday,
            types::Weekday::Monday => Weekday::Monday,
            types::Weekday::Tuesday => Weekday::Tuesday,
            types::Weekday::Wednesday => Weekday::Wednesday,
            types::Weekday::Thursday => Weekday::Thursday,
            types::Weekday::Friday => Weekday::Friday,
        }
    }
}

fn persian(year: i32, month: u8, day: u8) -> Option<Date<Persian>> {
    Date::try_new_persian(year, month, day).ok()
}
