//! A letter in a list of letters behind a figure.

use pishkhan_office::Moment;
use pishkhan_office::persian::calendar::in_tehran;
use pishkhan_office::registry::Direction;
use pishkhan_office::reports::{Found, FoundMessage};

use super::state_word;
use super::status::{self, Due, Number, Status};
use crate::csv::Cell;
use crate::delivery::{fate_word, kind};
use crate::layout::Page;
use crate::links::{self, Link};

/// A letter as a table shows it.
pub struct Row {
    pub url: Link,
    pub subject: String,
    pub sender: String,
    pub unit: String,
    pub arrived: String,
    pub iso: String,
    pub number: Option<Number>,
    pub status: Status,
    pub due: Option<Due>,
    /// For which message it stands there, in a list by messages.
    pub message: Option<Told>,
}

/// A message, what became of it, and when it left or was given up.
pub struct Told {
    pub kind: &'static str,
    pub fate: &'static str,
    pub at: String,
    pub iso: String,
}

/// `near` is the moment before which a step is nearly due.
pub fn row(page: &Page, near: Moment, found: Found) -> Row {
    let direction = found.direction.as_deref().and_then(Direction::parse);
    let at = found.at;
    let told = |message: FoundMessage| Told {
        kind: kind(page, &message.kind),
        fate: fate_word(page, message.fate),
        at: page.date(&at),
        iso: page.iso(&at),
    };
    Row {
        url: links::desk_letter(&found.id),
        unit: page.name_of(&found.unit_name, &found.unit_name_english).to_owned(),
        arrived: page.date(&found.arrived),
        iso: page.iso(&found.arrived),
        number: found.number.as_deref().zip(direction).map(|(text, direction)| Number::of(page, text, direction)),
        status: state_word::status(page, &found.state),
        due: found.due.map(|due| status::due(page, due, near)),
        message: found.message.map(told),
        subject: found.subject,
        sender: found.sender_name,
    }
}

/// The table's first row.
pub fn head(page: &Page, is_by_messages: bool) -> Vec<Cell> {
    let letter = [
        "letters-subject",
        "letters-sender",
        "letters-unit",
        "letters-arrived",
        "letters-number",
        "letters-state",
        "letters-due",
    ];
    let message: &[&'static str] =
        if is_by_messages { &["letters-message", "letters-sms", "letters-sms-at"] } else { &[] };
    letter.into_iter().chain(message.iter().copied()).map(|key| Cell::text(page.t(key))).collect()
}

/// The letter as a row of the table; dates are Jalali and in ASCII digits.
pub fn cells(page: &Page, found: &Found) -> Vec<Cell> {
    let date = |at: Moment| in_tehran(at.0).date.slashed();
    let mut cells = vec![
        Cell::text(&found.subject),
        Cell::text(&found.sender_name),
        Cell::text(page.name_of(&found.unit_name, &found.unit_name_english)),
        Cell::text(date(found.arrived)),
        Cell::text(found.number.clone().unwrap_or_default()),
        Cell::text(state_word::status(page, &found.state).text),
        Cell::text(found.due.map(date).unwrap_or_default()),
    ];
    if let Some(message) = &found.message {
        cells.extend([kind(page, &message.kind), fate_word(page, message.fate)].map(Cell::text));
        cells.push(Cell::text(date(found.at)));
    }
    cells
}
