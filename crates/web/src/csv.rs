//! Tables for spreadsheets: CSV that opens in Persian everywhere and that no spreadsheet takes for a program.
//!
//! What strangers wrote stands in these cells, and a spreadsheet runs what begins with `=`, `+`, `-` or `@`: as a formula, it can
//! send the sheet away or start a program. Quotes don't help, since they are gone once the file is read. So an apostrophe is put
//! before each such sign that no letter or digit precedes in its cell, or since a sign at which some spreadsheet would divide the
//! cell further. Numbers of ours are written as numbers.

use axum::body::Body;
use axum::http::{HeaderName, HeaderValue, header};
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use futures_util::stream::{self, Stream, StreamExt};

/// A cell of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cell {
    /// Whatever somebody wrote.
    Text(String),
    /// A number of ours, in ASCII digits.
    Number(i64),
    /// A number of ours with one place behind the point.
    Tenths(u64),
}

/// Rows as text, to be sent.
#[derive(Default)]
pub struct Sheet(String);

/// So that spreadsheets read UTF-8.
const BYTE_ORDER_MARK: &str = "\u{feff}";

impl Cell {
    pub fn text(text: impl Into<String>) -> Cell {
        Cell::Text(text.into())
    }

    /// A count of ours.
    pub fn count(n: u64) -> Cell {
        Cell::Number(i64::try_from(n).unwrap_or(i64::MAX))
    }
}

impl Sheet {
    /// The beginning of a file.
    pub fn new() -> Sheet {
        Sheet(BYTE_ORDER_MARK.to_owned())
    }

    /// The middle of one.
    pub fn more() -> Sheet {
        Sheet::default()
    }

    pub fn row(&mut self, cells: impl IntoIterator<Item = Cell>) {
        for (place, cell) in cells.into_iter().enumerate() {
            if place > 0 {
                self.0.push(',');
            }
            match cell {
                Cell::Number(number) => self.0.push_str(&number.to_string()),
                Cell::Tenths(tenths) => {
                    self.0.push_str(&(tenths / 10).to_string());
                    self.0.push('.');
                    self.0.push_str(&(tenths % 10).to_string());
                }
                Cell::Text(text) => {
                    self.0.push('"');
                    self.0.push_str(&harmless(&text).replace('"', "\"\""));
                    self.0.push('"');
                }
            }
        }
        self.0.push_str("\r\n");
    }

    /// The file as an answer, under this name.
    pub fn answer(self, name: &str) -> Response {
        (headers(name), self.0).into_response()
    }
}

/// A file that is written while it is sent, so that a year of letters needs no more memory than a page of them. A part that fails
/// cuts the file off, and the reader's browser says so.
pub fn answer_in_parts<E>(name: &str, parts: impl Stream<Item = Result<Sheet, E>> + Send + 'static) -> Response
where
    E: Into<axum::BoxError> + Send + 'static,
{
    let parts = stream::once(async { Ok(Sheet::new()) }).chain(parts);
    let bytes = parts.map(|part| part.map(|sheet| Bytes::from(sheet.0)));
    (headers(name), Body::from_stream(bytes)).into_response()
}

fn headers(name: &str) -> [(HeaderName, HeaderValue); 3] {
    let name = percent_encoding::utf8_percent_encode(name, percent_encoding::NON_ALPHANUMERIC);
    let attachment = format!("attachment; filename=\"table.csv\"; filename*=UTF-8''{name}.csv");
    let attachment = HeaderValue::from_str(&attachment).unwrap_or(HeaderValue::from_static("attachment"));
    [
        (header::CONTENT_TYPE, HeaderValue::from_static("text/csv; charset=utf-8")),
        (header::CONTENT_DISPOSITION, attachment),
        (header::CACHE_CONTROL, HeaderValue::from_static("private, no-store")),
    ]
}

/// The text as no spreadsheet runs it, on one line.
fn harmless(text: &str) -> String {
    let mut made = String::with_capacity(text.len() + 1);
    let mut is_begin = true;
    for sign in text.chars() {
        let sign = if sign.is_control() { ' ' } else { sign };
        if is_begin && is_formula(sign) {
            made.push('\'');
        }
        is_begin = is_divider(sign) || (is_begin && !sign.is_alphanumeric() && !is_formula(sign));
        made.push(sign);
    }
    made
}

/// The signs with which a formula begins, in each width that they have.
fn is_formula(sign: char) -> bool {
    matches!(sign, '=' | '+' | '-' | '@' | '＝' | '＋' | '－' | '＠' | '﹦' | '﹢' | '﹣' | '﹫' | '−' | '⁼' | '₌')
}

/// The signs at which a spreadsheet of some country divides a line into cells.
fn is_divider(sign: char) -> bool {
    matches!(sign, ',' | ';' | '|' | '،' | '؛' | '\t' | '，' | '；' | '、')
}

#[cfg(test)]
mod tests;
