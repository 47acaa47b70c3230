//! The sieve of the tray as it stands in an address: read with care, and written again in one form, so that a kept view is
//! found again.

use pishkhan_office::Moment;
use pishkhan_office::ids::UnitId;
use pishkhan_office::letters::{Priority, Sieve, Spot, Tray};
use pishkhan_office::persian::calendar::{JalaliDate, start_of_jalali_day};
use pishkhan_office::persian::text::stored_line;

use super::asked::Asked;
use super::within::Wanted;
use super::{beside, trays};
use crate::form::Fields;
use crate::layout::{Fault, Page};
use crate::links;

/// The states by which one may ask; drafts are their senders' alone.
pub const STATES: [(&str, &str); 12] = [
    ("submitted", "desk-state-submitted"),
    ("returned", "desk-state-returned"),
    ("registered", "desk-state-registered"),
    ("in_progress", "desk-state-in-progress"),
    ("awaiting_sender", "desk-state-awaiting-sender"),
    ("answer_review", "desk-state-answer-review"),
    ("answered", "desk-state-answered"),
    ("objected", "desk-state-objected"),
    ("rejected", "desk-state-rejected"),
    ("withdrawn", "desk-state-withdrawn"),
    ("lapsed", "desk-state-lapsed"),
    ("closed", "desk-state-closed"),
];

/// What was asked for, and how the form shows it again.
pub struct Sieved {
    pub wanted: Wanted,
    /// The whole question in one form, without a spot.
    pub query: String,
    pub unit: String,
    pub state: String,
    pub sender: String,
    pub from: String,
    pub to: String,
    pub has_files: bool,
    pub is_late: bool,
    pub faults: Vec<Fault>,
}

impl Sieved {
    pub fn tray(&self) -> &'static str {
        trays::name(self.wanted.tray)
    }

    pub fn priorities(&self, page: &Page) -> Vec<(&'static str, &'static str, bool)> {
        beside::priorities(page, self.wanted.sieve.priority)
    }
}

/// Reads what was asked. What can't be read is told, shown again, and lets everything through.
pub fn read(page: &Page, tray: Tray, asked: &Asked) -> Sieved {
    let mut faults = Vec::new();
    let unit = UnitId::parse(&asked.unit);
    let state = STATES.iter().find(|(state, _)| *state == asked.state).map_or("", |(state, _)| *state);
    let mut sender = stored_line(&asked.sender);
    sender.truncate(sender.floor_char_boundary(200));
    let mut day = |typed: &str, field: &'static str, label: &'static str, end: bool| {
        day(typed, end).unwrap_or_else(|()| {
            faults.push(Fault::named(page, field, label, "tray-bad-date"));
            None
        })
    };
    let sieve = Sieve {
        unit: unit.clone(),
        state: state.to_owned(),
        has_files: !asked.files.is_empty(),
        is_overdue: !asked.late.is_empty(),
        sender: sender.clone(),
        submitted_from: day(&asked.from, "from", "tray-from", false),
        submitted_before: day(&asked.to, "to", "tray-to", true),
        priority: Priority::parse(&asked.priority),
    };
    let pairs = [
        ("unit", unit.as_ref().map_or("", UnitId::as_str)),
        ("state", state),
        ("sender", sender.as_str()),
        ("from", asked.from.trim()),
        ("to", asked.to.trim()),
        ("files", if sieve.has_files { "1" } else { "" }),
        ("late", if sieve.is_overdue { "1" } else { "" }),
        ("priority", sieve.priority.map_or("", Priority::as_str)),
    ];
    let query = links::query_of(&pairs);
    Sieved {
        query: links::joined(&[("show", trays::name(tray))], &query),
        unit: unit.map(|unit| unit.to_string()).unwrap_or_default(),
        state: state.to_owned(),
        from: asked.from.clone(),
        to: asked.to.clone(),
        has_files: sieve.has_files,
        is_late: sieve.is_overdue,
        sender,
        wanted: Wanted { tray, sieve, after: Spot::parse(&asked.after), query },
        faults,
    }
}

/// What a kept view asks for.
pub fn of_query(query: &str) -> Asked {
    let fields = Fields::of_query(query);
    let text = |name: &str| fields.get(name).to_owned();
    Asked {
        show: text("show"),
        unit: text("unit"),
        state: text("state"),
        sender: text("sender"),
        from: text("from"),
        to: text("to"),
        files: text("files"),
        late: text("late"),
        priority: text("priority"),
        ..Asked::default()
    }
}

/// What the address of a letter carries: a view, and the spot after which its page begins.
pub fn of_address(query: &str) -> Asked {
    Asked { after: Fields::of_query(query).get("after").to_owned(), ..of_query(query) }
}

/// The beginning of a typed Jalali day, or of the day after it; nothing typed is any day.
fn day(typed: &str, end: bool) -> Result<Option<Moment>, ()> {
    if typed.trim().is_empty() {
        return Ok(None);
    }
    let date = JalaliDate::parse(typed).ok_or(())?;
    let start = start_of_jalali_day(date).ok_or(())?;
    let day = 24 * 60 * 60 * 1000;
    // Noon of the next day is safe from days that were an hour longer or shorter.
    let begins =
        if end { pishkhan_office::persian::calendar::start_of_tehran_day(start + day + day / 2) } else { start };
    Ok(Some(Moment(begins)))
}
