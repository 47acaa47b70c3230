//! The sieve of the tray as it stands in an address: read with care, and written again in one form, so that a kept view is
//! found again.

use pishkhan_office::ids::UnitId;
use pishkhan_office::letters::{Priority, Sieve, Spot, Tray};
use pishkhan_office::persian::text::stored_line;
use pishkhan_office::units::Unit;

use super::asked::Asked;
use super::within::Wanted;
use super::{beside, days, trays};
use crate::form::Fields;
use crate::layout::{Fault, Page};
use crate::links::{self, Link};

/// The states by which one may ask; drafts are their senders' alone.
pub const STATES: [(&str, &str); 12] = [
    ("submitted", "desk-state-submitted"),
    ("returned", "desk-state-returned"),
    ("registered", "desk-state-registered"),
    ("in_progress", "desk-state-at-work"),
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
    /// What the address has of it, name and value, as kept views have it.
    pairs: Vec<(&'static str, String)>,
}

/// A filter that is active, and the way to the list without it.
pub struct Chip {
    pub text: String,
    pub url: Link,
}

impl Sieved {
    pub fn tray(&self) -> &'static str {
        trays::name(self.wanted.tray)
    }

    pub fn priorities(&self, page: &Page) -> Vec<(&'static str, &'static str, bool)> {
        beside::priorities(page, self.wanted.sieve.priority)
    }

    /// The filters that are active; `units` are the organisation's.
    pub fn chips(&self, page: &Page, units: &[Unit]) -> Vec<Chip> {
        let chip = |(name, value): &(&'static str, String)| {
            let text = self.said(page, units, name, value)?;
            Some(Chip { text, url: self.without(name) })
        };
        self.pairs.iter().filter(|(_, value)| !value.is_empty()).filter_map(chip).collect()
    }

    /// What a filter asks for, in words; None of a day that can't be read, since it lets everything through.
    fn said(&self, page: &Page, units: &[Unit], name: &str, value: &str) -> Option<String> {
        let sieve = &self.wanted.sieve;
        let of = |label: &'static str, value: &str| {
            page.words.fill("tray-sieved-by", &[("field", page.t(label)), ("value", value)])
        };
        match name {
            "unit" => {
                let unit = units.iter().find(|unit| unit.id.as_str() == value);
                Some(of("desk-unit", unit.map_or("", |unit| page.name_of(&unit.name, &unit.name_english))))
            }
            "state" => {
                let state = STATES.into_iter().find(|(state, _)| *state == value);
                state.map(|(_, word)| of("tray-state", page.t(word)))
            }
            "priority" => {
                let chosen = self.priorities(page).into_iter().find(|(_, _, is_chosen)| *is_chosen);
                chosen.map(|(_, word, _)| of("priority-title", word))
            }
            "sender" => Some(of("tray-sender", value)),
            "from" => sieve.submitted_from.map(|_| of("tray-from", &page.digits(value))),
            "to" => sieve.submitted_before.map(|_| of("tray-to", &page.digits(value))),
            "files" => Some(page.t("tray-with-files").to_owned()),
            "late" => Some(page.t("tray-late").to_owned()),
            _ => None,
        }
    }

    /// The list without that filter.
    fn without(&self, name: &str) -> Link {
        let others = self.pairs.iter().filter(|(other, _)| *other != name);
        let others: Vec<(&str, &str)> = others.map(|(name, value)| (*name, value.as_str())).collect();
        links::desk_tray_sieved(self.tray(), &links::query_of(&others), None)
    }
}

/// Reads what was asked. What can't be read is told, shown again, and lets everything through.
pub fn read(page: &Page, tray: Tray, asked: &Asked) -> Sieved {
    let mut faults = Vec::new();
    let unit = UnitId::parse(&asked.unit);
    let state = STATES.iter().find(|(state, _)| *state == asked.state).map_or("", |(state, _)| *state);
    let mut sender = stored_line(&asked.sender);
    sender.truncate(sender.floor_char_boundary(200));
    let mut stretch = |typed: &str, field: &'static str, label: &'static str| {
        days::read(typed).unwrap_or_else(|_| {
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
        submitted_from: stretch(&asked.from, "from", "tray-from").map(|days| days.start),
        submitted_before: stretch(&asked.to, "to", "tray-to").map(|days| days.end),
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
    let pairs = pairs.into_iter().map(|(name, value)| (name, value.to_owned())).collect();
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
        pairs,
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
