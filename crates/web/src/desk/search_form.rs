//! The form of the search: what an address carries, read with care, and what is wrong with it. All of it may be forged.

use pishkhan_office::ids::{KindId, UnitId};
use pishkhan_office::persian::digits;
use pishkhan_office::search::{Asked, By, Filter, Query, STATES};
use pishkhan_office::senders::SenderKind;
use serde::Deserialize;

use super::days;
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
    /// Days in Jalali, or whole months or years.
    pub from: String,
    pub to: String,
    /// As what the text is taken: `code`, `words`, or as it may be.
    pub by: String,
    /// Where the page begins.
    pub after: String,
    /// Whether all that is older is looked through.
    pub far: String,
}

impl Typed {
    /// As the office is asked; or what is wrong, field by field.
    pub fn read(&self, page: &Page) -> Result<Asked, Vec<Fault>> {
        let (from, to) = (days::read(&self.from), days::read(&self.to));
        let faults: Vec<Fault> = match (&from, &to) {
            (Ok(Some(from)), Ok(Some(to))) if to.end <= from.start => {
                vec![Fault { field: "to", text: page.t("search-dates-crossed").to_owned() }]
            }
            _ => {
                let from = from.is_err().then(|| Fault::named(page, "from", "tray-from", "tray-bad-date"));
                let to = to.is_err().then(|| Fault::named(page, "to", "tray-to", "tray-bad-date"));
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
            from: from.map(|days| days.start),
            until: to.map(|days| days.end),
        };
        let by = match self.by.as_str() {
            "code" => Some(By::Code),
            "words" => Some(By::Words),
            _ => None,
        };
        Ok(Asked { query: Query::read(&self.q), filter, by, after: self.after.parse().ok(), is_far: self.is_far() })
    }

    fn is_far(&self) -> bool {
        !self.far.is_empty()
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
        if self.is_far() {
            return self.all_before(by, place);
        }
        self.link(&[("q", &self.q), ("by", word(by)), ("after", &place.to_string())])
    }

    /// All letters from before that place, however long it takes to look through them.
    pub fn all_before(&self, by: By, place: i64) -> Link {
        self.link(&[("q", &self.q), ("by", word(by)), ("after", &place.to_string()), ("far", "yes")])
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
        let [from, to] = [&self.from, &self.to].map(|typed| digits::to_ascii(typed.trim()));
        if [&from, &to].into_iter().any(|typed| typed.len() > 4) {
            return None;
        }
        Some(if from == to { from } else { String::new() })
    }

    fn link(&self, first: &[(&'static str, &str)]) -> Link {
        links::desk_search_for(&self.with_narrowing(first))
    }

    fn with_narrowing<'a>(&'a self, first: &[(&'static str, &'a str)]) -> Vec<(&'static str, &'a str)> {
        let rest = self.narrowing();
        [first, &rest].concat()
    }

    fn narrowing(&self) -> [(&'static str, &str); 7] {
        [
            ("unit", &self.unit),
            ("state", &self.state),
            ("kind", &self.kind),
            ("sender", &self.sender),
            ("file", &self.file),
            ("from", &self.from),
            ("to", &self.to),
        ]
    }
}

fn word(by: By) -> &'static str {
    match by {
        By::Code => "code",
        By::Words => "words",
    }
}
