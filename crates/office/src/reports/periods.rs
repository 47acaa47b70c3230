//! The days and months that figures are of, and the ranges that people choose. Pure.

use std::time::Duration;

use pishkhan_persian::JalaliDate;
use pishkhan_persian::calendar::{in_tehran, start_of_jalali_day, start_of_tehran_day};
use pishkhan_store::Moment;
use serde::{Deserialize, Serialize};

/// A Jalali day of Tehran (14050901), a Jalali month (140509), or now (0).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Period(pub i64);

impl Period {
    pub const NOW: Period = Period(0);

    pub fn day(at: Moment) -> Period {
        let date = in_tehran(at.0).date;
        Period(Period::month_of(date).0 * 100 + i64::from(date.day))
    }

    pub fn month(at: Moment) -> Period {
        Period::month_of(in_tehran(at.0).date)
    }

    fn month_of(date: JalaliDate) -> Period {
        Period(i64::from(date.year) * 100 + i64::from(date.month))
    }
}

/// An hour, counted since 1970.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Hour(i64);

const HOUR: i64 = 60 * 60 * 1000;

impl Hour {
    pub fn of(at: Moment) -> Hour {
        Hour(at.0.div_euclid(HOUR))
    }

    /// Its first moment.
    pub fn begin(self) -> Moment {
        Moment(self.0 * HOUR)
    }
}

/// Some days, both ends included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Span {
    pub from: JalaliDate,
    pub to: JalaliDate,
}

impl Span {
    /// From the first moment of its first day until the first one after its last; none if these are no dates.
    pub fn moments(&self) -> Option<(Moment, Moment)> {
        let last = start_of_jalali_day(self.to)?;
        Some((Moment(start_of_jalali_day(self.from)?), Moment(later(last, 1))))
    }

    /// Its figures are those of these periods: months if it is of whole months, else days.
    pub(super) fn periods(&self, is_of_months: bool) -> (Period, Period) {
        let (from, to) = (Period::month_of(self.from), Period::month_of(self.to));
        if is_of_months {
            return (from, to);
        }
        (Period(from.0 * 100 + i64::from(self.from.day)), Period(to.0 * 100 + i64::from(self.to.day)))
    }
}

/// What a report is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Range {
    Week,
    Month,
    Quarter,
    /// This Jalali year, from its first day.
    Year,
}

impl Range {
    pub const ALL: [Range; 4] = [Range::Week, Range::Month, Range::Quarter, Range::Year];

    /// Its word in addresses.
    pub fn as_str(self) -> &'static str {
        match self {
            Range::Week => "7",
            Range::Month => "30",
            Range::Quarter => "90",
            Range::Year => "year",
        }
    }

    pub fn parse(text: &str) -> Option<Range> {
        Range::ALL.into_iter().find(|range| range.as_str() == text)
    }

    /// Whether its columns are months.
    pub fn is_of_months(self) -> bool {
        self == Range::Year
    }

    /// The columns of its chart, oldest first: days, sevens of days, or months; the last one ends today, or with its month.
    pub fn columns(self, now: Moment) -> Vec<Span> {
        match self {
            Range::Week => days(now, 7, 1),
            Range::Month => days(now, 30, 1),
            Range::Quarter => days(now, 90, 7),
            Range::Year => {
                let today = in_tehran(now.0).date;
                (1..=today.month).filter_map(|month| month_span(today.year, month)).collect()
            }
        }
    }

    /// As long a time just before: as many days, or the year before until the same month.
    pub fn before(self, now: Moment) -> Vec<Span> {
        let back = match self {
            Range::Week => 7,
            Range::Month => 30,
            Range::Quarter => 90,
            Range::Year => {
                let today = in_tehran(now.0).date;
                return (1..=today.month).filter_map(|month| month_span(today.year - 1, month)).collect();
            }
        };
        self.columns(Moment(later(now.0, -back)))
    }
}

/// So many days until today, in columns of so many days, the last of which is whole.
fn days(now: Moment, all: i64, each: i64) -> Vec<Span> {
    let date = |back: i64| in_tehran(later(now.0, -back)).date;
    let columns = (all + each - 1) / each;
    (0..columns)
        .rev()
        .map(|column| Span { from: date((column * each + each).min(all) - 1), to: date(column * each) })
        .collect()
}

fn month_span(year: i32, month: u8) -> Option<Span> {
    let from = JalaliDate::new(year, month, 1)?;
    let to = (29..=31).rev().find_map(|day| JalaliDate::new(year, month, day))?;
    Some(Span { from, to })
}

/// The first moment of the day that is so many days later. By way of noon, which no change of clocks has moved into another day.
fn later(at: i64, days: i64) -> i64 {
    let day = i64::try_from(Duration::from_hours(24).as_millis()).unwrap_or(i64::MAX);
    start_of_tehran_day(start_of_tehran_day(at) + day / 2 + days * day)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Sunday 1 Azar 1405, 09:42.
    const NOW: Moment = Moment(1_795_327_920_000);

    fn slashed(spans: &[Span]) -> Vec<String> {
        spans.iter().map(|span| format!("{} {}", span.from.slashed(), span.to.slashed())).collect()
    }

    #[test]
    fn ranges_end_today_and_have_no_hole() {
        assert_eq!(Range::Week.columns(NOW).len(), 7);
        assert_eq!(Range::Month.columns(NOW).len(), 30);
        let weeks = Range::Quarter.columns(NOW);
        assert_eq!(weeks.len(), 13);
        for range in [Range::Week, Range::Month, Range::Quarter, Range::Year] {
            let spans: Vec<Span> = range.before(NOW).into_iter().chain(range.columns(NOW)).collect();
            let meets =
                |pair: &[Span]| pair[0].moments().map(|(_, end)| end) == pair[1].moments().map(|(from, _)| from);
            let is_year = range == Range::Year;
            assert!(is_year || spans.windows(2).all(meets), "{range:?}: {:?}", slashed(&spans));
        }
        assert_eq!(slashed(&weeks[12..]), ["1405/08/25 1405/09/01"]);
    }

    #[test]
    fn a_year_is_of_whole_months() {
        let months = slashed(&Range::Year.columns(NOW));
        assert_eq!(months.len(), 9);
        assert_eq!([months[0].as_str(), &months[8]], ["1405/01/01 1405/01/31", "1405/09/01 1405/09/30"]);
    }
}
