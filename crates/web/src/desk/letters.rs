//! The letters behind a figure: a list by filters, which can be changed, read on by key, and taken along as a table.

use askama::Template;
use axum::extract::{FromRequestParts, Query};
use axum::http::request::Parts;
use axum::response::Response;
use futures_util::stream;
use pishkhan_office::actor;
use pishkhan_office::ids::{ReasonId, UnitId};
use pishkhan_office::letters::Place;
use pishkhan_office::persian::JalaliDate;
use pishkhan_office::reports::{self, By, Found, Outcome, Reason, Sight, Span, Where};
use pishkhan_office::units::{self, Unit};
use serde::Deserialize;

use super::found::{self, Row};
use crate::csv::{self, Cell, Sheet};
use crate::layout::{Page, show as show_page};
use crate::links::{self, Link};
use crate::problem::Problem;
use crate::visit::Visit;
use crate::who::Staff;

/// How many letters a page has, and how many are read at once for the table.
const PAGE: u32 = 50;
const PART: u32 = 500;

/// The filters as an address has them. What can't be read is not asked, and the page's form shows what was understood.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    by: String,
    from: String,
    to: String,
    unit: String,
    outcome: String,
    reason: String,
    late: String,
    after: String,
}

impl<S: Send + Sync> FromRequestParts<S> for Asked {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Asked, Problem> {
        let asked = Query::<Asked>::from_request_parts(parts, state).await;
        Ok(asked.map(|Query(asked)| asked).unwrap_or_default())
    }
}

impl Asked {
    fn filters(&self) -> Where {
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
        Where {
            by: By::parse(&self.by).unwrap_or_default(),
            span,
            unit: UnitId::parse(&self.unit),
            outcome: Outcome::parse(&self.outcome),
            reason,
            is_late: self.late == "yes",
        }
    }
}

#[derive(Template)]
#[template(path = "desk/letters.html")]
struct LettersPage {
    page: Page,
    orders: Vec<Choice>,
    outcomes: Vec<Choice>,
    units: Vec<Choice>,
    /// What the two fields for days hold: what was typed where it was understood.
    from: String,
    to: String,
    /// A day that was typed and is in no calendar.
    has_bad_day: bool,
    is_late: bool,
    reason: String,
    rows: Vec<Row>,
    first: Option<Link>,
    next: Option<Link>,
    csv: Link,
}

/// A thing to choose in the form.
struct Choice {
    value: String,
    label: String,
    is_chosen: bool,
}

pub async fn show(staff: Staff, asked: Asked) -> Result<Response, Problem> {
    let sight = readers_sight(&staff.actor)?;
    let page = staff.page("reports");
    let filters = asked.filters();
    let after = Place::parse(&asked.after);
    let mut tx = staff.read().await?;
    let (found, next) = reports::letters_where(&mut tx, &staff.actor, &filters, after.as_ref(), PAGE).await?;
    let units = units::list(&mut tx).await?.into_iter().filter(|unit| sight.has(&unit.id));
    let is_bad = |typed: &str| !typed.trim().is_empty() && JalaliDate::parse(typed).is_none();
    let view = LettersPage {
        orders: By::ALL.map(|by| choice(by.as_str(), page.t(order_word(by)), by == filters.by)).into(),
        outcomes: outcomes(&page, &filters),
        units: unit_choices(&page, units, filters.unit.as_ref()),
        has_bad_day: is_bad(&asked.from) || is_bad(&asked.to),
        from: page.digits(asked.from.trim()),
        to: page.digits(asked.to.trim()),
        is_late: filters.is_late,
        reason: filters.reason.as_ref().map(|_| asked.reason.clone()).unwrap_or_default(),
        first: after.map(|_| links::desk_letters_where(&filters)),
        next: next.map(|place| links::desk_letters_after(&filters, &place)),
        csv: links::desk_letters_csv(&filters),
        rows: found.into_iter().map(|found| found::row(&page, found)).collect(),
        page,
    };
    Ok(show_page(&view))
}

/// All letters of the filters as a table, read while it is sent.
pub async fn csv(staff: Staff, asked: Asked) -> Result<Response, Problem> {
    readers_sight(&staff.actor)?;
    let page = staff.page("reports");
    let name = page.t("letters-title");
    let head = found::head(&page);
    let filters = asked.filters();
    let begin = Reading { visit: staff.visit, actor: staff.actor, page, filters, after: None, head: Some(head) };
    Ok(csv::answer_in_parts(name, stream::try_unfold(Some(begin), Reading::go_on)))
}

/// A list on its way out.
struct Reading {
    visit: Visit,
    actor: actor::Staff,
    page: Page,
    filters: Where,
    after: Option<Place>,
    head: Option<Vec<Cell>>,
}

impl Reading {
    async fn go_on(reading: Option<Reading>) -> Result<Option<(Sheet, Option<Reading>)>, std::io::Error> {
        let Some(mut reading) = reading else { return Ok(None) };
        let (found, next) = reading.part().await.map_err(|problem| {
            tracing::warn!(?problem, "a list of letters could not be read to its end");
            std::io::Error::other("the list could not be read to its end")
        })?;
        let mut sheet = Sheet::more();
        if let Some(head) = reading.head.take() {
            sheet.row(head);
        }
        for found in &found {
            sheet.row(found::cells(&reading.page, found));
        }
        let rest = next.map(|place| Reading { after: Some(place), ..reading });
        Ok(Some((sheet, rest)))
    }

    async fn part(&self) -> Result<(Vec<Found>, Option<Place>), Problem> {
        let mut tx = self.visit.read().await?;
        Ok(reports::letters_where(&mut tx, &self.actor, &self.filters, self.after.as_ref(), PART).await?)
    }
}

/// For those who read letters; administrators see figures only.
fn readers_sight(staff: &actor::Staff) -> Result<Sight, Problem> {
    Sight::of(staff).filter(Sight::reads_registered).ok_or(Problem::NotFound)
}

fn order_word(by: By) -> &'static str {
    match by {
        By::Arrived => "letters-by-arrived",
        By::Decided => "letters-by-decided",
        By::Answered => "letters-by-answered",
        By::Due => "letters-by-due",
    }
}

fn outcomes(page: &Page, filters: &Where) -> Vec<Choice> {
    let words = [
        (Outcome::Waiting, "reports-waiting"),
        (Outcome::Accepted, "reports-accepted"),
        (Outcome::Rejected, "reports-rejected"),
    ];
    let any = choice("", page.t("letters-any"), filters.outcome.is_none());
    let each = words.map(|(outcome, word)| choice(outcome.as_str(), page.t(word), filters.outcome == Some(outcome)));
    std::iter::once(any).chain(each).collect()
}

fn unit_choices(page: &Page, units: impl Iterator<Item = Unit>, chosen: Option<&UnitId>) -> Vec<Choice> {
    let any = choice("", page.t("letters-any"), chosen.is_none());
    let each = units.map(|unit| choice(unit.id.as_str(), unit.name_in(page.words.language), chosen == Some(&unit.id)));
    std::iter::once(any).chain(each).collect()
}

fn choice(value: &str, label: &str, is_chosen: bool) -> Choice {
    Choice { value: value.to_owned(), label: label.to_owned(), is_chosen }
}
