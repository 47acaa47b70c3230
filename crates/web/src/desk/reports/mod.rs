//! Reports: four numbers, a chart, six tables. Each number leads to its letters, for whoever may read them, and so does what is made of them.

mod delivery;
mod numbers;
mod ratings;
mod sheets;
mod tables;
mod tiles;

use askama::Template;
use axum::extract::{FromRequestParts, Query};
use axum::http::request::Parts;
use axum::response::Response;
use pishkhan_office::actor;
use pishkhan_office::ids::UnitId;
use pishkhan_office::reasons::{self, Reason};
use pishkhan_office::reports::{self, By, Open, Outcome, Range, Report, Sight, Where};
use pishkhan_office::units::{self, Unit};
use pishkhan_office::{Tx, deadlines};
use serde::Deserialize;

use self::delivery::Delivery;
use self::ratings::Rated;
use self::tables::{Arrivals, OpenLetters, Reasons, Times};
use self::tiles::Tile;
use super::found::{self, Row};
use crate::layout::{Page, show as show_page};
use crate::links::{self, Link};
use crate::problem::Problem;
use crate::who::Staff;

/// How many letters of those that need somebody's eye are shown.
const ATTENTION: u32 = 8;

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    range: String,
    unit: String,
    table: String,
}

impl<S: Send + Sync> FromRequestParts<S> for Asked {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Asked, Problem> {
        let asked = Query::<Asked>::from_request_parts(parts, state).await;
        Ok(asked.map(|Query(asked)| asked).unwrap_or_default())
    }
}

/// A report with what its page needs to name things and to lead to letters.
pub(super) struct Reading {
    pub page: Page,
    pub sight: Sight,
    pub report: Report,
    /// The unit that was chosen.
    pub unit: Option<UnitId>,
    pub units: Vec<Unit>,
    pub reasons: Vec<Reason>,
}

#[derive(Template)]
#[template(path = "desk/reports.html")]
struct ReportsPage {
    page: Page,
    today: String,
    ranges: Vec<Chip>,
    range: &'static str,
    units: Vec<Choice>,
    has_letters: bool,
    /// Until when it counts, when it is behind.
    behind: Option<String>,
    tiles: Vec<Tile>,
    arrivals: Arrivals,
    open: OpenLetters,
    reasons: Reasons,
    times: Times,
    rated: Rated,
    delivery: Option<Delivery>,
    attention: Option<Vec<Row>>,
    attention_all: Link,
}

struct Chip {
    url: Link,
    label: &'static str,
    is_current: bool,
}

struct Choice {
    value: String,
    label: String,
    is_chosen: bool,
}

pub async fn show(staff: Staff, asked: Asked) -> Result<Response, Problem> {
    let page = staff.page("reports");
    let mut tx = staff.read().await?;
    let reading = read(&mut tx, page, &staff.actor, &asked).await?;
    let due = Where { by: By::Due, unit: reading.unit.clone(), ..Where::default() };
    let attention = if reading.sight.reads_registered() {
        let (found, _) = reports::letters_where(&mut tx, &staff.actor, &due, None, ATTENTION).await?;
        let near = deadlines::near(&mut tx, reading.page.now).await?;
        Some(found.into_iter().map(|found| found::row(&reading.page, near, found)).collect())
    } else {
        None
    };
    let (page, report) = (&reading.page, &reading.report);
    let view = ReportsPage {
        today: page.day(&page.now),
        ranges: Range::ALL.map(|range| chip(&reading, range)).into(),
        range: report.range.as_str(),
        units: unit_choices(&reading),
        has_letters: report.has_letters,
        behind: report.counts_until.map(|until| page.words.a("reports-behind", "time", page.when(&until))),
        tiles: tiles::tiles(&reading),
        arrivals: tables::arrivals(&reading),
        open: tables::open(&reading),
        reasons: tables::reasons(&reading),
        times: tables::times(&reading),
        rated: ratings::ratings(&reading),
        delivery: delivery::delivery(&reading),
        attention,
        attention_all: links::desk_letters_where(&due),
        page: reading.page.clone(),
    };
    Ok(show_page(&view))
}

/// One of the page's tables for spreadsheets.
pub async fn csv(staff: Staff, asked: Asked) -> Result<Response, Problem> {
    let page = staff.page("reports");
    let reading = read(&mut staff.read().await?, page, &staff.actor, &asked).await?;
    let (sheet, name) = match asked.table.as_str() {
        "arrivals" => (sheets::arrivals(&reading), "reports-arrivals"),
        "open" => (sheets::open(&reading), "reports-open"),
        "reasons" => (sheets::reasons(&reading), "reports-reasons"),
        "times" => (sheets::times(&reading), "reports-times"),
        "ratings" => (sheets::ratings(&reading), "reports-ratings"),
        "messages" => (delivery::sheet(&reading).ok_or(Problem::NotFound)?, "reports-messages"),
        _ => return Err(Problem::NotFound),
    };
    Ok(sheet.answer(reading.page.t(name)))
}

/// The report that was asked for, as far as this person may see it. A unit that isn't theirs does not exist.
async fn read(tx: &mut Tx, page: Page, staff: &actor::Staff, asked: &Asked) -> Result<Reading, Problem> {
    let sight = Sight::of(staff).ok_or(Problem::NotFound)?;
    let range = Range::parse(&asked.range).unwrap_or(Range::Month);
    let units: Vec<Unit> = units::list(tx).await?.into_iter().filter(|unit| sight.has(&unit.id)).collect();
    let unit = match asked.unit.as_str() {
        "" => None,
        text => {
            let unit = units.iter().find(|unit| unit.id.as_str() == text).ok_or(Problem::NotFound)?;
            Some(unit.id.clone())
        }
    };
    let report = reports::report(tx, &sight, staff.clearance, unit.as_ref(), range).await?;
    let reasons = reasons::list(tx).await?;
    Ok(Reading { page, sight, report, unit, units, reasons })
}

fn chip(reading: &Reading, range: Range) -> Chip {
    let label = match range {
        Range::Week => "reports-week",
        Range::Month => "reports-month",
        Range::Quarter => "reports-quarter",
        Range::Year => "reports-year",
    };
    Chip {
        url: links::desk_report(range, reading.unit.as_ref()),
        label: reading.page.t(label),
        is_current: range == reading.report.range,
    }
}

fn unit_choices(reading: &Reading) -> Vec<Choice> {
    let page = &reading.page;
    let all = match reading.sight {
        Sight::Whole { .. } => page.t("reports-all-units"),
        Sight::Units(_) => page.t("reports-my-units"),
    };
    let any = Choice { value: String::new(), label: all.to_owned(), is_chosen: reading.unit.is_none() };
    let each = reading.units.iter().map(|unit| Choice {
        value: unit.id.to_string(),
        label: unit.name_in(page.words.language).to_owned(),
        is_chosen: reading.unit.as_ref() == Some(&unit.id),
    });
    std::iter::once(any).chain(each).collect()
}

impl Reading {
    /// The letters behind a figure of the whole range.
    fn range_where(&self, by: By) -> Where {
        let columns = &self.report.columns;
        let span = columns.first().zip(columns.last());
        let span = span.map(|(first, last)| reports::Span { from: first.span.from, to: last.span.to });
        Where { by, span, unit: self.unit.clone(), ..Where::default() }
    }

    /// The letters behind a figure of the time before.
    fn before_where(&self, by: By) -> Where {
        let before = self.report.range.before(self.page.now);
        let span =
            before.first().zip(before.last()).map(|(first, last)| reports::Span { from: first.from, to: last.to });
        Where { span, ..self.range_where(by) }
    }

    /// The way to these letters, if the reader may read all that the figure counts.
    fn way(&self, asked: &Where) -> Option<Link> {
        let is_of_registered = matches!(asked.by, By::Answered | By::Rated)
            || asked.outcome == Some(Outcome::Accepted)
            || asked.open == Some(Open::Answer);
        let may = if is_of_registered { self.sight.reads_registered() } else { self.sight.reads_unregistered() };
        // Who sees some units reads other letters, too, such as those that were referred to them.
        let is_mine = asked.unit.is_none() && matches!(self.sight, Sight::Units(_));
        may.then(|| links::desk_letters_where(&Where { is_mine, ..asked.clone() }))
    }
}
