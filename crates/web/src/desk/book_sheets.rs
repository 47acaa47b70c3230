//! The indicator book as sheets of paper: a PDF of some two thousand lines at most, printed by the press from what was read before,
//! so that no line of the database waits for it. Void entries stand in it, struck through, with their reasons.

use std::iter;

use axum::response::Response;
use pishkhan_office::paper::{BookRow, BookSheets, Columns, Head, LINES_IN_A_FILE, Order};
use pishkhan_office::registry::{self, Book, BookReader, Line};

use super::register::{Asked, find};
use super::{book_line, status::Number};
use crate::attachment;
use crate::layout::Page;
use crate::links::{self, Link};
use crate::problem::Problem;
use crate::who::Confirmed;

/// A file of the book, to be offered.
pub struct Offer {
    pub url: Link,
    pub text: String,
}

/// The files in which the whole book can be had, in the order of its numbers.
pub fn offers(page: &Page, book: &Book) -> Vec<Offer> {
    let files = iter::successors(Some(1), |from| Some(from + LINES_IN_A_FILE));
    let stretches: Vec<(i64, i64)> =
        files.take_while(|from| *from <= book.last_number).map(|from| (from, last_of(book, from))).collect();
    let is_one = stretches.len() == 1;
    let offer = |(from, to): (i64, i64)| Offer {
        url: links::desk_book_pdf(&book.register.id, book.year, from),
        text: if is_one { page.t("register-pdf").to_owned() } else { stretch(page, "register-pdf-part", from, to) },
    };
    stretches.into_iter().map(offer).collect()
}

/// The stretch of the book in which the number stands that was asked for; the last one without.
pub async fn pdf(Confirmed(staff): Confirmed, asked: Asked) -> Result<Response, Problem> {
    let reader = BookReader::of(&staff.actor).ok_or(Problem::NotFound)?;
    let page = staff.page("register");
    let (book, from, lines) = {
        let mut tx = staff.read().await?;
        let book = find(&mut tx, &page, &reader, &asked).await?;
        let from = first_of_file(&book, asked.sought()).ok_or(Problem::NotFound)?;
        let lines = registry::lines(&mut tx, &reader, &book, from, LINES_IN_A_FILE).await?;
        (book, from, lines)
    };
    let order = order(&page, &staff.actor.name, &book, from, &lines);
    let pdf = staff.app.press.print(&order, &[]).await?;
    let places = [
        ("register", book.register.name.as_str()),
        ("year", &page.digits(book.year.to_string())),
        ("from", &page.digits(from.to_string())),
    ];
    let name = format!("{}.pdf", page.words.plain("paper-book-file", &places).replace(['/', '\\'], "-"));
    Ok(attachment::pdf(&format!("register-{}-{from}.pdf", book.year), &name, pdf))
}

/// Where the file begins that has this number; None if the book hasn't.
fn first_of_file(book: &Book, sought: Option<i64>) -> Option<i64> {
    let number = sought.unwrap_or(book.last_number);
    (1..=book.last_number).contains(&number).then(|| number - (number - 1) % LINES_IN_A_FILE)
}

fn last_of(book: &Book, from: i64) -> i64 {
    (from + LINES_IN_A_FILE - 1).min(book.last_number)
}

fn stretch(page: &Page, key: &'static str, from: i64, to: i64) -> String {
    let number = |n: i64| page.digits(n.to_string());
    page.words.plain(key, &[("from", &number(from)), ("to", &number(to))])
}

fn order(page: &Page, by: &str, book: &Book, from: i64, lines: &[Line]) -> Order {
    let year = page.words.plain("paper-book-year", &[("year", &page.digits(book.year.to_string()))]);
    let title = format!("{} {year}", book.register.name);
    let organisation = page.organisation_name.clone();
    let page_of = page.words.plain("paper-page-of", &[("page", "{page}"), ("pages", "{pages}")]);
    Order::RegisterBook(BookSheets {
        head: Head::new(page.words.language, page.now, title, organisation, page_of),
        heading: book.register.name.clone(),
        year,
        part: stretch(page, "paper-book-part", from, last_of(book, from)),
        printed: page.words.plain(
            "paper-book-printed",
            &[("date", &page.date(&page.now)), ("time", &page.clock(&page.now)), ("name", by)],
        ),
        columns: Columns {
            row: page.t("register-row"),
            number: page.t("register-number"),
            date: page.t("register-date"),
            sender: page.t("register-sender"),
            subject: page.t("register-subject"),
            unit: page.t("register-unit"),
            way: page.t("register-way"),
            remark: page.t("register-remark"),
        },
        rows: lines.iter().map(|line| row(page, book, line)).collect(),
    })
}

fn row(page: &Page, book: &Book, line: &Line) -> BookRow {
    let row = page.digits(line.number().to_string());
    let entry = match line {
        Line::Entry(entry) => entry,
        Line::Missing(_) => {
            let remark = page.words.plain("register-line-missing", &[("number", &row)]);
            return BookRow { row, remark, number_direction: page.dir(), ..BookRow::default() };
        }
    };
    let printed = Number::of(page, &entry.printed, book.register.direction);
    let (sender, subject) = book_line::sender_and_subject(page, entry);
    BookRow {
        row,
        number: printed.text,
        number_direction: printed.dir,
        date: format!("{} {}", page.date(&entry.at), page.clock(&entry.at)),
        sender,
        subject,
        unit: page.name_of(&entry.unit_name, &entry.unit_name_english).to_owned(),
        way: book_line::way(page, entry.kind),
        remark: entry
            .voided
            .as_ref()
            .map(|voided| book_line::voided_on(page, voided, &page.date(&voided.at)))
            .unwrap_or_default(),
        is_void: entry.voided.is_some(),
    }
}
