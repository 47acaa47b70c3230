//! The filters of a list of letters, as an address has them and as a form to change them.

use axum::extract::{FromRequestParts, Query};
use axum::http::request::Parts;
use pishkhan_office::ids::{ReasonId, UnitId};
use pishkhan_office::letters::RATING_STEPS;
use pishkhan_office::persian::JalaliDate;
use pishkhan_office::reasons;
use pishkhan_office::reports::{By, Fate, Open, Outcome, Reason, Span, Told, Where};
use pishkhan_office::units::Unit;
use serde::Deserialize;

use crate::counter::rating::step_word;
use crate::delivery::fate_word;
use crate::layout::{Fault, Page};
use crate::links::MINE;
use crate::problem::Problem;

/// The filters as an address has them. What can't be read is not asked, and the page's form shows what was understood.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    by: String,
    from: String,
    to: String,
    unit: String,
    outcome: String,
    open: String,
    reason: String,
    rating: String,
    sms: String,
    late: String,
    /// Where the page begins.
    pub after: String,
}

impl<S: Send + Sync> FromRequestParts<S> for Asked {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Asked, Problem> {
        let asked = Query::<Asked>::from_request_parts(parts, state).await;
        Ok(asked.map(|Query(asked)| asked).unwrap_or_default())
    }
}

impl Asked {
    /// What was understood of them.
    pub fn filters(&self) -> Where {
        let (from, to) = (JalaliDate::parse(&self.from), JalaliDate::parse(&self.to));
        let span = match (from, to) {
            (Some(from), Some(to)) => Some(Span { from, to }),
            // One day was named: from it on, or until it, as far as a calendar reaches.
            (Some(from), None) => Some(Span { from, to: JalaliDate { year: 1999, month: 1, day: 1 } }),
            (None, Some(to)) => Some(Span { from: JalaliDate { year: 1300, month: 1, day: 1 }, to }),
            (None, None) => None,
        };
        let reason = match self.reason.as_str() {
            "other" => Some(Reason::Other),
            text => ReasonId::parse(text).map(Reason::Listed),
        };
        let told = Told::parse(&self.sms);
        // What became of messages is asked of messages.
        let by = if told.is_some() { By::Message } else { By::parse(&self.by).unwrap_or_default() };
        Where {
            by,
            span,
            unit: UnitId::parse(&self.unit),
            is_mine: self.unit == MINE,
            outcome: Outcome::parse(&self.outcome),
            open: Open::parse(&self.open),
            reason,
            rating: self.rating.parse().ok().filter(|step| (1..=RATING_STEPS).contains(step)),
            told,
            is_late: self.late == "yes",
        }
    }
}

/// The form, with what was chosen.
pub struct Form {
    pub selects: Vec<Select>,
    /// What the two fields for days hold, as it was typed.
    pub from: String,
    pub to: String,
    /// Days that were typed and are in no calendar.
    pub faults: Vec<Fault>,
    pub is_late: bool,
}

/// A field from whose list one is chosen.
pub struct Select {
    pub name: &'static str,
    pub label: &'static str,
    pub choices: Vec<Choice>,
}

pub struct Choice {
    pub value: String,
    pub label: String,
    pub is_chosen: bool,
}

impl Form {
    pub fn of(page: &Page, asked: &Asked, filters: &Where, units: Vec<Unit>, reasons: Vec<reasons::Reason>) -> Form {
        let language = page.words.language;
        let orders = By::ALL.map(|by| choice(by.as_str(), page.t(order_word(by)), by == filters.by));
        let outcomes = Outcome::ALL
            .map(|outcome| choice(outcome.as_str(), page.t(outcome_word(outcome)), filters.outcome == Some(outcome)));
        let open = Open::ALL.map(|open| choice(open.as_str(), page.t(open_word(open)), filters.open == Some(open)));
        let units = units
            .into_iter()
            .map(|unit| choice(unit.id.as_str(), unit.name_in(language), filters.unit.as_ref() == Some(&unit.id)));
        let mine = filters.is_mine.then(|| choice(MINE, page.t("reports-my-units"), true));
        let listed = reasons.into_iter().map(|reason| {
            let is_chosen = filters.reason == Some(Reason::Listed(reason.id.clone()));
            choice(reason.id.as_str(), reason.short_in(language), is_chosen)
        });
        let ratings = (1..=RATING_STEPS)
            .map(|step| choice(&step.to_string(), step_word(page, step), filters.rating == Some(step)));
        let told = Fate::ALL.map(Told::As).into_iter().chain([Told::Lost]);
        let told = told.map(|told| choice(told.as_str(), told_word(page, told), filters.told == Some(told)));
        let other = choice("other", page.t("reports-other-reason"), filters.reason == Some(Reason::Other));
        let bad_day = |typed: &str, field, label| {
            let is_bad = !typed.trim().is_empty() && JalaliDate::parse(typed).is_none();
            is_bad.then(|| Fault::named(page, field, label, "letters-bad-day"))
        };
        let bad_days = [bad_day(&asked.from, "from", "letters-from"), bad_day(&asked.to, "to", "letters-to")];
        let select = |name, label, choices| Select { name, label: page.t(label), choices };
        Form {
            selects: vec![
                select("by", "letters-order", orders.into()),
                select("outcome", "letters-outcome", or_any(page, outcomes)),
                select("open", "letters-open", or_any(page, open)),
                select("unit", "letters-unit", or_any(page, mine.into_iter().chain(units))),
                select("reason", "letters-reason", or_any(page, listed.chain([other]))),
                select("rating", "letters-rating", or_any(page, ratings)),
                select("sms", "letters-sms", or_any(page, told)),
            ],
            faults: bad_days.into_iter().flatten().collect(),
            from: page.digits(asked.from.trim()),
            to: page.digits(asked.to.trim()),
            is_late: filters.is_late,
        }
    }

    /// What is wrong with a field.
    pub fn fault(&self, field: &str) -> Option<&str> {
        self.faults.iter().find(|fault| fault.field == field).map(|fault| fault.text.as_str())
    }
}

/// All, if none of these is chosen.
fn or_any(page: &Page, choices: impl IntoIterator<Item = Choice>) -> Vec<Choice> {
    let choices: Vec<Choice> = choices.into_iter().collect();
    let any = choice("", page.t("letters-any"), choices.iter().all(|choice| !choice.is_chosen));
    std::iter::once(any).chain(choices).collect()
}

fn choice(value: &str, label: &str, is_chosen: bool) -> Choice {
    Choice { value: value.to_owned(), label: label.to_owned(), is_chosen }
}

fn order_word(by: By) -> &'static str {
    match by {
        By::Arrived => "letters-by-arrived",
        By::Decided => "letters-by-decided",
        By::Answered => "letters-by-answered",
        By::Rated => "letters-by-rated",
        By::Message => "letters-by-message",
        By::Due => "letters-by-due",
    }
}

fn outcome_word(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Accepted => "reports-accepted",
        Outcome::Rejected => "reports-rejected",
        Outcome::Returned => "reports-returned",
        Outcome::Waiting => "reports-waiting",
        Outcome::Ended => "reports-ended",
    }
}

fn told_word(page: &Page, told: Told) -> &'static str {
    match told {
        Told::As(fate) => fate_word(page, fate),
        Told::Lost => page.t("letters-sms-lost"),
    }
}

fn open_word(open: Open) -> &'static str {
    match open {
        Open::Review => "reports-open-review",
        Open::Answer => "reports-open-answer",
        Open::Ruling => "reports-open-ruling",
    }
}
