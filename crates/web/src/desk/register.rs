//! The register on the screen: a hundred lines of an indicator book at a time, and the whole book as a table.

use askama::Template;
use axum::extract::{FromRequestParts, Query};
use axum::http::request::Parts;
use axum::response::Response;
use futures_util::stream;
use pishkhan_office::Tx;
use pishkhan_office::ids::RegisterId;
use pishkhan_office::persian::calendar::jalali_year;
use pishkhan_office::persian::digits;
use pishkhan_office::registry::{self, Book, BookReader, Line, Register};
use pishkhan_office::units;
use serde::Deserialize;

use super::book_line::{self, Row};
use super::book_sheets::{self, Offer};
use crate::csv::{self, Cell, Sheet};
use crate::layout::{Page, show as show_page};
use crate::links::{self, Link};
use crate::problem::Problem;
use crate::visit::Visit;
use crate::who::{Confirmed, Staff};

/// How many lines a page has.
const PAGE: i64 = 100;
/// How many are read at once for the table.
const PART: i64 = 200;

/// Which book and which number; what is not there, or no number, is not asked.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    register: String,
    year: String,
    from: String,
}

impl<S: Send + Sync> FromRequestParts<S> for Asked {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Asked, Problem> {
        let asked = Query::<Asked>::from_request_parts(parts, state).await;
        Ok(asked.map(|Query(asked)| asked).unwrap_or_default())
    }
}

impl Asked {
    /// The number that was asked for.
    pub fn sought(&self) -> Option<i64> {
        digits::to_ascii(self.from.trim()).parse().ok()
    }
}

#[derive(Template)]
#[template(path = "desk/register.html")]
struct RegisterPage {
    page: Page,
    registers: Vec<Choice>,
    years: Vec<Choice>,
    name: String,
    year: String,
    rows: Vec<Row>,
    /// Which numbers these are, of how many.
    stretch: String,
    /// What was asked for and isn't there (yet).
    unknown: Option<String>,
    /// How many numbers are missing in the whole book, and the way to the first.
    missing: Option<(String, Option<Link>)>,
    before: Option<Link>,
    after: Option<Link>,
    first: Option<Link>,
    last: Option<Link>,
    csv: Link,
    sheets: Vec<Offer>,
}

/// A thing to choose in the form.
struct Choice {
    value: String,
    label: String,
    is_chosen: bool,
}

pub async fn show(staff: Staff, asked: Asked) -> Result<Response, Problem> {
    let reader = BookReader::of(&staff.actor).ok_or(Problem::NotFound)?;
    let page = staff.page("register");
    let mut tx = staff.read().await?;
    let book = find(&mut tx, &page, &reader, &asked).await?;
    let registers = registry::list(&mut tx).await?;
    let years = registry::years_of(&mut tx, &book.register.id).await?;
    let check = registry::last_check(&mut tx, &book).await?.filter(|check| check.missing != 0);
    let sought = asked.sought();
    let from = first_line(&book, sought);
    let lines = registry::lines(&mut tx, &reader, &book, from, PAGE).await?;
    let there = |from: i64| links::desk_book(&book.register.id, book.year, from);
    let to = lines.last().map_or(from - 1, Line::number);
    let this_year = i64::from(jalali_year(page.now.0));
    let all_years: std::collections::BTreeSet<i64> = years.into_iter().chain([this_year, book.year]).collect();
    let number = |n: i64| page.number(u64::try_from(n).unwrap_or(0));
    let view = RegisterPage {
        registers: registers.into_iter().map(|register| choice(register, &book)).collect(),
        years: all_years.into_iter().rev().map(|year| year_choice(&page, year, &book)).collect(),
        name: book.register.name.clone(),
        year: page.digits(book.year.to_string()),
        stretch: page.words.fill(
            "register-stretch",
            &[("from", &number(from)), ("to", &number(to)), ("last", &number(book.last_number))],
        ),
        unknown: sought.filter(|sought| !(1..=book.last_number.max(to)).contains(sought)).map(|sought| {
            let last = number(book.last_number);
            page.words.fill("register-unknown", &[("number", &page.digits(sought.to_string())), ("last", &last)])
        }),
        missing: check.map(|check| {
            let text = page.words.n("register-missing", u64::try_from(check.missing).unwrap_or(0));
            (text, check.first_missing.map(there))
        }),
        before: (from > 1).then(|| there((from - PAGE).max(1))),
        after: (to < book.last_number).then(|| there(to + 1)),
        first: (from > PAGE + 1).then(|| there(1)),
        last: (to + PAGE < book.last_number).then(|| there((book.last_number - PAGE + 1).max(1))),
        csv: links::desk_book_csv(&book.register.id, book.year),
        sheets: book_sheets::offers(&page, &book),
        rows: lines.iter().map(|line| book_line::row(&page, &reader, &book, line, sought)).collect(),
        page,
    };
    Ok(show_page(&view))
}

/// The whole book as a table, in the order of its numbers, read while it is sent.
pub async fn csv(Confirmed(staff): Confirmed, asked: Asked) -> Result<Response, Problem> {
    let reader = BookReader::of(&staff.actor).ok_or(Problem::NotFound)?;
    let page = staff.page("register");
    let book = find(&mut staff.read().await?, &page, &reader, &asked).await?;
    let name = format!("{} {}", book.register.name, book.year);
    let head = book_line::head(&page);
    let begin = Reading { visit: staff.visit, page, reader, book, from: 1, head: Some(head) };
    Ok(csv::answer_in_parts(&name, stream::try_unfold(begin, Reading::go_on)))
}

/// A book on its way out.
struct Reading {
    visit: Visit,
    page: Page,
    reader: BookReader,
    book: Book,
    from: i64,
    head: Option<Vec<Cell>>,
}

impl Reading {
    /// The next part; each is read in a turn of its own, so that a slow line holds no connection to the database.
    async fn go_on(mut self) -> Result<Option<(Sheet, Reading)>, std::io::Error> {
        let lines = self.lines().await.map_err(|problem| {
            tracing::warn!(?problem, "a book could not be read to its end");
            std::io::Error::other("the book could not be read to its end")
        })?;
        if lines.is_empty() && self.head.is_none() {
            return Ok(None);
        }
        let mut sheet = Sheet::more();
        if let Some(head) = self.head.take() {
            sheet.row(head);
        }
        for line in &lines {
            sheet.row(book_line::cells(&self.page, line));
        }
        self.from += PART;
        Ok(Some((sheet, self)))
    }

    async fn lines(&self) -> Result<Vec<Line>, Problem> {
        let mut tx = self.visit.read().await?;
        Ok(registry::lines(&mut tx, &self.reader, &self.book, self.from, PART).await?)
    }
}

/// The book that was asked for; else this year's of the first register that letters come in by.
pub(super) async fn find(tx: &mut Tx, page: &Page, reader: &BookReader, asked: &Asked) -> Result<Book, Problem> {
    let this_year = i64::from(jalali_year(page.now.0));
    let year = match digits::to_ascii(asked.year.trim()).parse() {
        Ok(year @ 1300..=1999) => year,
        _ => this_year,
    };
    let id = match RegisterId::parse(&asked.register) {
        Some(id) => id,
        None => incoming(tx).await?.ok_or(Problem::NotFound)?.id,
    };
    registry::find_book(tx, reader, &id, year).await?.ok_or(Problem::NotFound)
}

/// The first register by which a unit's letters come in; where there are no units yet, the first of all.
async fn incoming(tx: &mut Tx) -> Result<Option<Register>, Problem> {
    let units = units::list(tx).await?;
    let mut registers = registry::list(tx).await?;
    let place = registers.iter().position(|register| units.iter().any(|unit| unit.register == register.id));
    Ok((!registers.is_empty()).then(|| registers.remove(place.unwrap_or(0))))
}

/// Where the page begins: at the number that was asked for, or so that it ends with the last one.
fn first_line(book: &Book, sought: Option<i64>) -> i64 {
    let last_page = (book.last_number - PAGE + 1).max(1);
    sought.filter(|sought| (1..=book.last_number).contains(sought)).unwrap_or(last_page)
}

fn choice(register: Register, book: &Book) -> Choice {
    Choice { value: register.id.to_string(), is_chosen: register.id == book.register.id, label: register.name }
}

fn year_choice(page: &Page, year: i64, book: &Book) -> Choice {
    Choice { value: year.to_string(), label: page.digits(year.to_string()), is_chosen: year == book.year }
}
