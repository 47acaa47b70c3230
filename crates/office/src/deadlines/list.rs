//! A list of closures as an office writes it in a spreadsheet: date, kind and reason on each line. Pure.

use std::collections::BTreeMap;

use pishkhan_persian::display::Language;
use pishkhan_persian::text::{search_key, stored_line};
use pishkhan_persian::{JalaliDate, digits};

use super::closures::Closure;
use super::week::Extent;
use crate::words::Words;

/// What stands between the cells of a line.
const BETWEEN: [char; 5] = [',', ';', '\t', '،', '؛'];

/// A line of the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed {
    pub date: JalaliDate,
    /// What is left of the day.
    pub left: Extent,
    pub reason: String,
}

/// A line that can't be read, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    pub line: usize,
    pub why: FaultKind,
}

#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FaultKind {
    #[error("it is not date, kind and reason")]
    Parts,
    #[error("{0} is no Jalali date such as 1405/01/01")]
    Date(String),
    #[error("the kind {0} is neither whole nor half")]
    Kind(String),
    #[error("the reason is 1 to {} characters", Closure::REASON_CHARACTERS)]
    Reason,
    #[error("line {0} has the same date")]
    Twice(usize),
}

/// Reads a list: on each line a Jalali date in any digits, `whole` or `half` in either language, and the reason, with commas, semicolons
/// or tabs between. Empty lines, and those that begin with `#`, are passed over. All faults are told at once.
pub fn read_list(text: &str) -> Result<Vec<Listed>, Vec<Fault>> {
    let mut faults = Vec::new();
    let mut lines = BTreeMap::new();
    let mut read = Vec::new();
    for (place, line) in text.trim_start_matches('\u{FEFF}').lines().enumerate() {
        let number = place + 1;
        if line.trim().is_empty() || line.trim_start().starts_with('#') {
            continue;
        }
        match read_line(line) {
            Ok(listed) => match lines.insert(listed.date, number) {
                Some(before) => faults.push(Fault { line: number, why: FaultKind::Twice(before) }),
                None => read.push(listed),
            },
            Err(why) => faults.push(Fault { line: number, why }),
        }
    }
    if faults.is_empty() { Ok(read) } else { Err(faults) }
}

fn read_line(line: &str) -> Result<Listed, FaultKind> {
    let mut parts = line.splitn(3, BETWEEN);
    let (Some(date), Some(kind), Some(reason)) = (parts.next(), parts.next(), parts.next()) else {
        return Err(FaultKind::Parts);
    };
    // A spreadsheet ends a line with an empty cell for each that another line has.
    let reason = reason.trim_end_matches(|sign: char| sign.is_whitespace() || BETWEEN.contains(&sign));
    let [date, kind, reason] = [date, kind, reason].map(unquoted);
    let date = JalaliDate::parse(&date)
        .filter(|date| Closure::is_in_reach(*date))
        .ok_or_else(|| FaultKind::Date(digits::to_ascii(&date)))?;
    let left = extent_left(&kind).ok_or(FaultKind::Kind(kind))?;
    let reason = stored_line(&reason);
    if reason.is_empty() || reason.chars().count() > Closure::REASON_CHARACTERS {
        return Err(FaultKind::Reason);
    }
    Ok(Listed { date, left, reason })
}

/// What a closure of this kind leaves of the day.
fn extent_left(kind: &str) -> Option<Extent> {
    // Half-spaces are typed as spaces, or not at all.
    let key = |text: &str| search_key(text).replace(' ', "");
    let is = |said: &str| key(said) == key(kind);
    let [persian, english] = [Language::Persian, Language::English].map(Words::of);
    if is(persian.t("calendar-closed-whole")) || is(english.t("calendar-closed-whole")) {
        Some(Extent::Off)
    } else if is(persian.t("calendar-closed-half")) || is(english.t("calendar-closed-half")) {
        Some(Extent::Half)
    } else {
        None
    }
}

/// A cell of a spreadsheet's line, without the quotation marks that it may stand in.
fn unquoted(cell: &str) -> String {
    let cell = cell.trim();
    let inner = cell.strip_prefix('"').and_then(|rest| rest.strip_suffix('"'));
    inner.map_or_else(|| cell.to_owned(), |inner| inner.replace("\"\"", "\""))
}
