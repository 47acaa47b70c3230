//! A line of the indicator book, on the screen and as cells of a table.

use pishkhan_office::persian::calendar::in_tehran;
use pishkhan_office::registry::{Book, BookEntry, BookReader, EntryKind, Line, Voiding};

use super::state_word;
use super::status::{Number, Status};
use crate::csv::Cell;
use crate::layout::Page;
use crate::links::{self, Link};

/// A line as the page shows it.
pub struct Row {
    pub number: String,
    /// Whether it is the one that was asked for.
    pub is_sought: bool,
    /// None where the number is missing.
    pub entry: Option<Shown>,
    /// What is wrong, where it is.
    pub missing: String,
}

pub struct Shown {
    pub printed: Number,
    pub url: Option<Link>,
    pub date: String,
    pub time: String,
    pub iso: String,
    pub sender: String,
    pub subject: String,
    pub unit: String,
    pub way: &'static str,
    pub status: Option<Status>,
    pub by: String,
    /// Who voided it, when and why.
    pub voided: Option<String>,
}

pub fn row(page: &Page, reader: &BookReader, book: &Book, line: &Line, sought: Option<i64>) -> Row {
    let number = page.digits(line.number().to_string());
    let is_sought = sought == Some(line.number());
    match line {
        Line::Missing(_) => {
            Row { missing: page.words.a("register-line-missing", "number", &number), number, is_sought, entry: None }
        }
        Line::Entry(entry) => {
            let entry = shown(page, reader, book, entry);
            Row { number, is_sought, entry: Some(entry), missing: String::new() }
        }
    }
}

fn shown(page: &Page, reader: &BookReader, book: &Book, entry: &BookEntry) -> Shown {
    let (sender, subject) = sender_and_subject(page, entry);
    Shown {
        printed: Number::of(page, &entry.printed, book.register.direction),
        url: (reader.reads_letters && entry.shown.is_some()).then(|| links::desk_letter(&entry.letter)),
        date: page.date(&entry.at),
        time: page.clock(&entry.at),
        iso: page.iso(&entry.at),
        sender,
        subject,
        unit: page.name_of(&entry.unit_name, &entry.unit_name_english).to_owned(),
        way: way(page, entry.kind),
        status: (!entry.state.is_empty()).then(|| state_word::status(page, &entry.state)),
        by: entry.by.clone(),
        voided: entry.voided.as_ref().map(|voided| {
            let places = [("name", voided.by.as_str()), ("when", &page.when(&voided.at)), ("reason", &voided.reason)];
            page.words.fill("register-voided", &places)
        }),
    }
}

/// What stands there of a confidential letter is that it is one.
pub fn sender_and_subject(page: &Page, entry: &BookEntry) -> (String, String) {
    if let Some(shown) = &entry.shown {
        return (shown.sender_name.clone(), shown.subject.clone());
    }
    let hidden = page.t("register-confidential");
    (hidden.to_owned(), hidden.to_owned())
}

pub fn way(page: &Page, kind: EntryKind) -> &'static str {
    match kind {
        EntryKind::Incoming => page.t("register-incoming"),
        EntryKind::Outgoing => page.t("register-outgoing"),
    }
}

/// Who voided it, when and why, without signs that only a screen understands.
pub fn voided_on(page: &Page, voided: &Voiding, when: &str) -> String {
    page.words.plain("register-voided", &[("name", &voided.by), ("when", when), ("reason", &voided.reason)])
}

/// The table's first row.
pub fn head(page: &Page) -> Vec<Cell> {
    [
        "register-row",
        "register-number",
        "register-date",
        "register-time",
        "register-sender",
        "register-subject",
        "own-number",
        "own-date",
        "register-unit",
        "register-way",
        "register-state",
        "register-by",
        "register-remark",
    ]
    .map(|key| Cell::text(page.t(key)))
    .to_vec()
}

/// The line as a row of the table; dates are Jalali and in ASCII digits, as machines sort them.
pub fn cells(page: &Page, line: &Line) -> Vec<Cell> {
    let number = Cell::Number(line.number());
    let entry = match line {
        Line::Entry(entry) => entry,
        Line::Missing(_) => {
            let mut cells = vec![number];
            cells.extend(std::iter::repeat_n(Cell::text(""), 11));
            cells
                .push(Cell::text(page.words.plain("register-line-missing", &[("number", &line.number().to_string())])));
            return cells;
        }
    };
    let at = in_tehran(entry.at.0);
    let remark = entry.voided.as_ref().map(|voided| voided_on(page, voided, &in_tehran(voided.at.0).date.slashed()));
    let (sender, subject) = sender_and_subject(page, entry);
    // An answer has no paper of the sender's.
    let own = entry.shown.as_ref().filter(|_| entry.kind == EntryKind::Incoming).map(|shown| &shown.own);
    let state = if entry.state.is_empty() { "" } else { state_word::status(page, &entry.state).text };
    vec![
        number,
        Cell::text(&entry.printed),
        Cell::text(at.date.slashed()),
        Cell::text(format!("{:02}:{:02}", at.hour, at.minute)),
        Cell::text(sender),
        Cell::text(subject),
        Cell::text(own.map(|own| own.number.as_str()).unwrap_or_default()),
        Cell::text(own.map(|own| own.date.as_str()).unwrap_or_default()),
        Cell::text(page.name_of(&entry.unit_name, &entry.unit_name_english)),
        Cell::text(way(page, entry.kind)),
        Cell::text(state),
        Cell::text(&entry.by),
        Cell::text(remark.unwrap_or_default()),
    ]
}
