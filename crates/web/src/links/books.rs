//! The addresses of the register, the reports, and the lists of letters behind a figure.

use pishkhan_office::ids::{RegisterId, UnitId};
use pishkhan_office::letters::Place;
use pishkhan_office::reports::{Range, Reason, Where};

use super::{Link, escaped, fixed};

/// What stands for the units of whoever asks.
pub const MINE: &str = "mine";

pub fn desk_register() -> Link {
    fixed("/desk/register")
}

/// A stretch of a book, from that number on.
pub fn desk_book(register: &RegisterId, year: i64, from: i64) -> Link {
    Link(format!("/desk/register?register={register}&year={year}&from={from}"))
}

/// A whole book as a table for spreadsheets.
pub fn desk_book_csv(register: &RegisterId, year: i64) -> Link {
    Link(format!("/desk/register.csv?register={register}&year={year}"))
}

/// The sheets of a book on which this number stands.
pub fn desk_book_pdf(register: &RegisterId, year: i64, from: i64) -> Link {
    Link(format!("/desk/register.pdf?register={register}&year={year}&from={from}"))
}

pub fn desk_reports() -> Link {
    fixed("/desk/reports")
}

/// The report of a range, of all or of one unit.
pub fn desk_report(range: Range, unit: Option<&UnitId>) -> Link {
    Link(format!("/desk/reports?range={}{}", range.as_str(), and_unit(unit)))
}

/// A table of it for spreadsheets.
pub fn desk_report_csv(table: &str, range: Range, unit: Option<&UnitId>) -> Link {
    Link(format!("/desk/reports.csv?table={table}&range={}{}", range.as_str(), and_unit(unit)))
}

pub fn desk_letters() -> Link {
    fixed("/desk/letters")
}

/// The letters behind a figure.
pub fn desk_letters_where(asked: &Where) -> Link {
    Link(format!("/desk/letters?{}", filters(asked)))
}

/// A further page of them.
pub fn desk_letters_after(asked: &Where, place: &Place) -> Link {
    Link(format!("/desk/letters?{}&after={}", filters(asked), place.text()))
}

/// All of them as a table for spreadsheets.
pub fn desk_letters_csv(asked: &Where) -> Link {
    Link(format!("/desk/letters.csv?{}", filters(asked)))
}

fn and_unit(unit: Option<&UnitId>) -> String {
    unit.map(|unit| format!("&unit={unit}")).unwrap_or_default()
}

fn filters(asked: &Where) -> String {
    let mut parts = vec![("by", asked.by.as_str().to_owned())];
    if let Some(span) = asked.span {
        parts.extend([("from", span.from.slashed()), ("to", span.to.slashed())]);
    }
    if asked.is_mine {
        parts.push(("unit", MINE.to_owned()));
    } else if let Some(unit) = &asked.unit {
        parts.push(("unit", unit.to_string()));
    }
    if let Some(outcome) = asked.outcome {
        parts.push(("outcome", outcome.as_str().to_owned()));
    }
    if let Some(open) = asked.open {
        parts.push(("open", open.as_str().to_owned()));
    }
    match &asked.reason {
        None => {}
        Some(Reason::Listed(id)) => parts.push(("reason", id.to_string())),
        Some(Reason::Other) => parts.push(("reason", "other".to_owned())),
    }
    if let Some(step) = asked.rating {
        parts.push(("rating", step.to_string()));
    }
    if let Some(told) = asked.told {
        parts.push(("sms", told.as_str().to_owned()));
    }
    if asked.is_late {
        parts.push(("late", "yes".to_owned()));
    }
    let parts = parts.into_iter().map(|(name, value)| format!("{name}={}", escaped(&value)));
    parts.collect::<Vec<_>>().join("&")
}
