//! What every page knows: its language, its organisation, who reads it, and how to say times and numbers.

use std::borrow::Borrow;

use askama::Template;
use axum::http::{StatusCode, header};
use axum::response::{Html, IntoResponse, Response};
use pishkhan_office::Moment;
use pishkhan_office::actor::{Role, Staff};
use pishkhan_office::persian::{Language, calendar, display};
use pishkhan_office::registry::BookReader;
use pishkhan_office::reports::Sight;
use pishkhan_office::senders::Here;
use pishkhan_office::words::Words;

/// The frame of a page.
#[derive(Clone, Debug)]
pub struct Page {
    pub words: Words,
    pub organisation_name: String,
    pub form_token: String,
    /// Where this page is, for the switches that come back to it.
    pub here: String,
    /// Whether staff read it; what files lead to has one address for both sides.
    pub is_at_desk: bool,
    /// Which item of the menu is this page's.
    pub section: &'static str,
    /// Who is signed in; an empty name is somebody who hasn't given one yet.
    pub sender_name: Option<String>,
    pub theme: Option<Theme>,
    pub now: Moment,
    /// How lately senders must have been here, so that messages go to their numbers.
    pub least_here: Here,
    /// Which books are open to whoever reads the page.
    pub books: Books,
    /// How many matters of messages need somebody; administrators are told.
    pub matters: u64,
    /// Whether single keys do something here; somebody of the staff may have switched them off.
    pub has_keys: bool,
}

/// The books of the desk that somebody may open.
#[derive(Clone, Copy, Debug, Default)]
#[expect(clippy::struct_excessive_bools, reason = "one for each entry of the menu")]
pub struct Books {
    pub register: bool,
    pub reports: bool,
    /// Not a book: the form at the counter.
    pub filing: bool,
    /// Not a book either: how messages fare.
    pub routes: bool,
    /// Nor this: numbers that are somebody else's now.
    pub numbers: bool,
}

impl Books {
    /// Those of a member of staff.
    pub fn of(staff: &Staff) -> Books {
        Books {
            register: BookReader::of(staff).is_some(),
            reports: Sight::of(staff).is_some(),
            filing: staff.has(Role::Reviewer),
            routes: staff.has(Role::Administrator),
            numbers: staff.has(Role::Administrator),
        }
    }
}

/// A theme that somebody chose; without one the device decides.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Theme {
    Light,
    Dark,
}

/// A thing to mend in a form: the input's id, and what to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    pub field: &'static str,
    pub text: String,
}

impl Fault {
    /// What is wrong with that field, for the place beside it.
    pub fn of<'a>(faults: &'a [Fault], field: &str) -> Option<&'a str> {
        faults.iter().find(|fault| fault.field == field).map(|fault| fault.text.as_str())
    }

    /// A fault that says in which field it is, by the field's label: where several can have the same, their lines are told apart.
    pub fn named(page: &Page, field: &'static str, label: &'static str, key: &'static str) -> Fault {
        Fault { field, text: page.words.fill("form-fault-of", &[("field", page.t(label)), ("fault", page.t(key))]) }
    }
}

impl Page {
    pub fn language_code(&self) -> &'static str {
        self.words.language.code()
    }

    pub fn dir(&self) -> &'static str {
        self.words.language.dir()
    }

    pub fn other_language(&self) -> &'static str {
        match self.words.language {
            Language::Persian => "en",
            Language::English => "fa",
        }
    }

    /// The chosen theme's word, or nothing.
    pub fn theme(&self) -> &'static str {
        match self.theme {
            Some(Theme::Light) => "light",
            Some(Theme::Dark) => "dark",
            None => "",
        }
    }

    /// A sentence.
    pub fn t(&self, key: &'static str) -> &'static str {
        self.words.t(key)
    }

    /// A day in words: «یکشنبه ۱ آذر».
    pub fn day(&self, at: &Moment) -> String {
        display::date_words(self.words.language, at.0, self.now.0)
    }

    /// A day and time in words: «امروز، ساعت ۹:۴۲».
    pub fn when(&self, at: &Moment) -> String {
        display::date_and_time_words(self.words.language, at.0, self.now.0)
    }

    /// From when on something is open again, in words. It is the next whole minute: whoever comes at the time that they were told must not be
    /// refused once more.
    pub fn again_when(&self, at: &Moment) -> String {
        self.when(&whole_minute(*at))
    }

    /// The same as a time of the day.
    pub fn again_at(&self, at: &Moment) -> String {
        self.clock(&whole_minute(*at))
    }

    /// A date for tables and the registry block: ۱۴۰۵/۰۹/۰۱.
    pub fn date(&self, at: &Moment) -> String {
        display::date_short(self.words.language, at.0)
    }

    /// A time of the day.
    pub fn clock(&self, at: &Moment) -> String {
        display::clock_time(self.words.language, at.0)
    }

    /// For `<time datetime>`.
    pub fn iso(&self, at: &Moment) -> String {
        calendar::iso(at.0)
    }

    /// A size in words.
    pub fn size(&self, bytes: impl Borrow<u64>) -> String {
        display::bytes(self.words.language, *bytes.borrow())
    }

    pub fn number(&self, n: impl Borrow<u64>) -> String {
        display::number(self.words.language, *n.borrow())
    }

    /// A code or number as the reader's digits have it.
    pub fn digits(&self, text: impl AsRef<str>) -> String {
        display::digits(self.words.language, text.as_ref())
    }

    /// The one of two names that the reader reads.
    pub fn name_of<'a>(&self, name: &'a str, english: &'a str) -> &'a str {
        match self.words.language {
            Language::English if !english.is_empty() => english,
            Language::Persian | Language::English => name,
        }
    }
}

/// The first whole minute that is not before this moment.
fn whole_minute(at: Moment) -> Moment {
    const MINUTE: i64 = 60_000;
    Moment(at.0.saturating_add(MINUTE - 1).div_euclid(MINUTE).saturating_mul(MINUTE))
}

/// A page as an answer. Pages are private: nothing is kept by anybody on the way.
pub fn show(template: &impl Template) -> Response {
    show_as(StatusCode::OK, template)
}

/// A page as an answer of that status.
pub fn show_as(status: StatusCode, template: &impl Template) -> Response {
    match template.render() {
        Ok(text) => (status, [(header::CACHE_CONTROL, "private, no-store")], Html(text)).into_response(),
        Err(error) => {
            tracing::error!(%error, "a page could not be rendered");
            crate::problem::Problem::Internal.into_response()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_who_comes_at_the_minute_that_they_were_told_is_too_early() {
        let told = [0, 1, 59_999, 60_000, 60_001].map(|at| whole_minute(Moment(at)).0);
        assert_eq!(told, [0, 60_000, 60_000, 60_000, 120_000]);
    }
}
