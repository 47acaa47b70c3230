//! The form of the search: what an address carries, read with care, and what is wrong with it. All of it may be forged.

use pishkhan_office::Moment;
use pishkhan_office::ids::{KindId, UnitId};
use pishkhan_office::persian::{JalaliDate, calendar, digits};
use pishkhan_office::search::{Asked, By, Filter, Query, STATES};
use pishkhan_office::senders::SenderKind;
use serde::Deserialize;

use crate::layout::{Fault, Page};
use crate::links::{self, Link};

/// What the form sends, as it was typed.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Typed {
    pub q: String,
    pub unit: String,
    pub state: String,
    pub kind: String,
    pub sender: String,
    pub file: String,
    pub from_year: String,
    pub from_month: String,
    pub from_day: String,
    pub to_year: String,
    pub to_month: String,
    pub to_day: String,
    /// As what the text is taken: `code`, `words`, or as it may be.
    pub by: String,
    /// Where the page begins.
    pub after: String,
}

/// A day of which the end may be left open: a year, a month of it, or a day of that.
struct Day {
    /// Its first moment.
    start: Moment,
    /// The first moment after it.
    end: Moment,
}

impl Typed {
    /// As the office is asked; or what is wrong, field by field.
    pub fn read(&self, page: &Page) -> Result<Asked, Vec<Fault>> {
        let from = day([&self.from_year, &self.from_month, &self.from_day]);
        let to = day([&self.to_year, &self.to_month, &self.to_day]);
        let faults: Vec<Fault> = match (&from, &to) {
            (Ok(Some(from)), Ok(Some(to))) if to.end <= from.start => {
                vec![Fault { field: "to-year", text: page.t("search-dates-crossed").to_owned() }]
            }
            _ => {
                let from = from.is_err().then(|| Fault::named(page, "from-year", "search-from", "search-bad-date"));
                let to = to.is_err().then(|| Fault::named(page, "to-year", "search-to", "search-bad-date"));
                from.into_iter().chain(to).collect()
            }
        };
        let (Ok(from), Ok(to), true) = (from, to, faults.is_empty()) else { return Err(faults) };
        let filter = Filter {
            unit: UnitId::parse(&self.unit),
            state: STATES.into_iter().find(|state| *state == self.state),
            kind: KindId::parse(&self.kind),
            sender_kind: SenderKind::parse(&self.sender),
            has_file: self.has_file(),
            from: from.map(|day| day.start),
            until: to.map(|day| day.end),
        };
        let by = match self.by.as_str() {
            "code" => Some(By::Code),
            "words" => Some(By::Words),
            _ => None,
        };
        Ok(Asked { query: Query::read(&self.q), filter, by, after: self.after.parse().ok() })
    }

    pub fn has_file(&self) -> bool {
        !self.file.is_empty()
    }

    /// Whether anything but the text narrows the search, so that its part of the form stands open.
    pub fn is_narrowed(&self) -> bool {
        self.narrowing().iter().any(|(_, value)| !value.is_empty())
    }

    /// The same search for another text.
    pub fn for_text(&self, text: &str) -> Link {
        self.link(&[("q", text)])
    }

    /// The same text as words, wherever they stand.
    pub fn as_words(&self) -> Link {
        self.link(&[("q", &self.q), ("by", "words")])
    }

    /// The next page of what was found in that way.
    pub fn page_after(&self, by: By, place: i64) -> Link {
        self.link(&[("q", &self.q), ("by", word(by)), ("after", &place.to_string())])
    }

    /// The first page of what was found in that way.
    pub fn first_page(&self, by: By) -> Link {
        self.link(&[("q", &self.q), ("by", word(by))])
    }

    /// The same text among all letters.
    pub fn without_filter(&self) -> Link {
        links::desk_search_for(&[("q", &self.q)])
    }

    /// All that was found in that way, as a table.
    pub fn table(&self, by: By) -> Link {
        links::desk_search_csv(&self.with_narrowing(&[("q", &self.q), ("by", word(by))]))
    }

    /// The first page of what was found in that way, with this in these fields of the form instead.
    pub fn with(&self, by: By, fields: &[&'static str], value: &str) -> Link {
        let mut all = vec![("q", self.q.as_str()), ("by", word(by))];
        all.extend(self.narrowing().into_iter().filter(|(name, _)| !fields.contains(name)));
        all.extend(fields.iter().map(|name| (*name, value)));
        links::desk_search_for(&all)
    }

    /// The whole year to which the search is narrowed, empty when it isn't to one; None where days or months are asked for, which a
    /// whole year would widen.
    pub fn year(&self) -> Option<String> {
        let parts = [&self.from_month, &self.from_day, &self.to_month, &self.to_day];
        if parts.iter().any(|part| !part.trim().is_empty()) {
            return None;
        }
        let [from, to] = [&self.from_year, &self.to_year].map(|year| digits::to_ascii(year.trim()));
        Some(if from == to { from } else { String::new() })
    }

    fn link(&self, first: &[(&'static str, &str)]) -> Link {
        links::desk_search_for(&self.with_narrowing(first))
    }

    fn with_narrowing<'a>(&'a self, first: &[(&'static str, &'a str)]) -> Vec<(&'static str, &'a str)> {
        let rest = self.narrowing();
        [first, &rest].concat()
    }

    fn narrowing(&self) -> [(&'static str, &str); 11] {
        [
            ("unit", &self.unit),
            ("state", &self.state),
            ("kind", &self.kind),
            ("sender", &self.sender),
            ("file", &self.file),
            ("from_year", &self.from_year),
            ("from_month", &self.from_month),
            ("from_day", &self.from_day),
            ("to_year", &self.to_year),
            ("to_month", &self.to_month),
            ("to_day", &self.to_day),
        ]
    }
}

fn word(by: By) -> &'static str {
    match by {
        By::Code => "code",
        By::Words => "words",
    }
}

/// The day of three fields; None when all are empty. Without a day it is a month, without a month a year.
fn day(fields: [&String; 3]) -> Result<Option<Day>, ()> {
    let typed = fields.map(|field| digits::to_ascii(field.trim()));
    if typed.iter().all(String::is_empty) {
        return Ok(None);
    }
    let number = |text: &str| if text.is_empty() { Ok(None) } else { text.parse::<u16>().map(Some).map_err(|_| ()) };
    let [year, month, day] = [number(&typed[0])?, number(&typed[1])?, number(&typed[2])?];
    let year = year.filter(|year| (1300..1600).contains(year)).map(i32::from).ok_or(())?;
    if month.is_none() && day.is_some() {
        return Err(());
    }
    let part = |number: Option<u16>| u8::try_from(number.unwrap_or(1)).map_err(|_| ());
    let first = JalaliDate::new(year, part(month)?, part(day)?).ok_or(())?;
    let next = match (month, day) {
        (None, _) => JalaliDate { year: year + 1, ..first },
        (Some(_), None) if first.month == 12 => JalaliDate { year: year + 1, month: 1, day: 1 },
        (Some(_), None) => JalaliDate { month: first.month + 1, ..first },
        (Some(_), Some(_)) => first,
    };
    let start = start_of(first).ok_or(())?;
    let end = start_of(next).ok_or(())?;
    let end = if next == first { calendar::start_of_tehran_day(start + 36 * HOUR) } else { end };
    Ok(Some(Day { start: Moment(start), end: Moment(end) }))
}

const HOUR: i64 = 3_600_000;

/// The first moment of the day in Tehran.
fn start_of(date: JalaliDate) -> Option<i64> {
    let day = date.to_gregorian()?;
    // Days since 1970 by the calendar of four centuries, counted from March so that the leap day is the last.
    let (year, month) = if day.month > 2 { (day.year, day.month - 3) } else { (day.year - 1, day.month + 9) };
    let (era, of_era) = (i64::from(year).div_euclid(400), i64::from(year).rem_euclid(400));
    let of_year = (153 * i64::from(month) + 2) / 5 + i64::from(day.day) - 1;
    let days = era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468;
    Some(calendar::start_of_tehran_day(days * 24 * HOUR + 9 * HOUR))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn days(fields: [&str; 3]) -> Result<Option<(String, String)>, ()> {
        let [year, month, day_] = fields.map(ToOwned::to_owned);
        let found = day([&year, &month, &day_])?;
        Ok(found.map(|day| (calendar::iso(day.start.0), calendar::iso(day.end.0))))
    }

    #[test]
    fn a_day_a_month_and_a_year_are_read_in_any_digits() {
        let from_to = |from: &str, to: &str| Ok(Some((from.to_owned(), to.to_owned())));
        let midnight = "T00:00:00+03:30";
        assert_eq!(
            days(["۱۴۰۹", "٨", "19"]),
            from_to(&format!("2030-11-10{midnight}"), &format!("2030-11-11{midnight}"))
        );
        assert_eq!(
            days(["1409", "8", ""]),
            from_to(&format!("2030-10-23{midnight}"), &format!("2030-11-22{midnight}"))
        );
        assert_eq!(
            days(["1409", "12", ""]),
            from_to(&format!("2031-02-20{midnight}"), &format!("2031-03-21{midnight}"))
        );
        assert_eq!(days(["1409", "", ""]), from_to(&format!("2030-03-21{midnight}"), &format!("2031-03-21{midnight}")));
        assert_eq!(days([" ", "", ""]), Ok(None));
    }

    #[test]
    fn what_the_calendar_does_not_have_is_no_day() {
        for fields in [
            ["1404", "12", "30"],
            ["1409", "13", ""],
            ["1409", "", "3"],
            ["", "3", "3"],
            ["09", "1", "1"],
            ["x", "", ""],
            ["1409", "-1", ""],
        ] {
            assert_eq!(days(fields), Err(()), "{fields:?}");
        }
    }
}
