//! The letters behind a figure: a list by filters, which can be changed, read on by key, and taken along as a table.

use askama::Template;
use axum::response::Response;
use futures_util::stream;
use pishkhan_office::letters::Place;
use pishkhan_office::reports::{self, By, Found, Sight, Where};
use pishkhan_office::{actor, deadlines, reasons, units};

use super::found::{self, Row};
use super::letters_form::{Asked, Form};
use crate::csv::{self, Cell, Sheet};
use crate::layout::{Page, show as show_page};
use crate::links::{self, Link};
use crate::problem::Problem;
use crate::visit::Visit;
use crate::who::{Confirmed, Staff};

/// How many letters a page has.
const PAGE: u32 = 50;
/// How many are read at once for the table. Each part first finds how far it goes, ten thousand steps along an index, however few it has.
const PART: u32 = 2_000;

#[derive(Template)]
#[template(path = "desk/letters.html")]
struct LettersPage {
    page: Page,
    form: Form,
    /// Whether it has each letter once for each of its messages.
    is_by_messages: bool,
    rows: Vec<Row>,
    first: Option<Link>,
    next: Option<Link>,
    csv: Link,
}

pub async fn show(staff: Staff, asked: Asked) -> Result<Response, Problem> {
    let sight = readers_sight(&staff.actor)?;
    let page = staff.page("reports");
    let filters = asked.filters();
    let after = filters.place(&asked.after);
    let mut tx = staff.read().await?;
    let (found, next) = reports::letters_where(&mut tx, &staff.actor, &filters, after.as_ref(), PAGE).await?;
    let units = units::list(&mut tx).await?.into_iter().filter(|unit| sight.has(&unit.id)).collect();
    let reasons = reasons::list(&mut tx).await?;
    let near = deadlines::near(&mut tx, page.now).await?;
    let view = LettersPage {
        is_by_messages: filters.by == By::Message,
        form: Form::of(&page, &asked, &filters, units, reasons),
        first: after.map(|_| links::desk_letters_where(&filters)),
        next: next.map(|place| links::desk_letters_after(&filters, &place)),
        csv: links::desk_letters_csv(&filters),
        rows: found.into_iter().map(|found| found::row(&page, near, found)).collect(),
        page,
    };
    Ok(show_page(&view))
}

/// All letters of the filters as a table, read while it is sent.
pub async fn csv(Confirmed(staff): Confirmed, asked: Asked) -> Result<Response, Problem> {
    readers_sight(&staff.actor)?;
    let page = staff.page("reports");
    let name = page.t("letters-title");
    let filters = asked.filters();
    let head = found::head(&page, filters.by == By::Message);
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
pub(super) fn readers_sight(staff: &actor::Staff) -> Result<Sight, Problem> {
    Sight::of(staff).filter(Sight::reads_registered).ok_or(Problem::NotFound)
}
