//! `pishkhan-bench bare`: the least that a page costs. Axum and askama, no database, no session, no guard; for each request a
//! page of twenty rows with the same bytes and headers as a sample of ours.

use std::path::Path;
use std::sync::Arc;

use askama::Template;
use axum::Router;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderName, HeaderValue};
use axum::response::{Html, IntoResponse, Response};
use axum::routing::get;
use axum::serve::ListenerExt;
use tokio::net::TcpListener;

use crate::Outcome;
use crate::child;

const ROWS: usize = 20;
/// How many texts of a row are escaped, as the fields of a record are.
const FIELDS: usize = 8;

/// A page of ours: its headers, and its text cut into rows.
struct Sample {
    headers: HeaderMap,
    rows: Vec<Cut>,
}

/// A row's markup and texts in turns; `rest` is what comes after the last field.
#[derive(Debug, Default)]
struct Cut {
    parts: Vec<(String, String)>,
    rest: String,
}

#[derive(Template)]
#[template(path = "bare.html")]
struct Page<'a> {
    rows: Vec<Row<'a>>,
}

struct Row<'a> {
    parts: Vec<Part<'a>>,
    rest: &'a str,
}

struct Part<'a> {
    markup: &'a str,
    /// Its own, as if it came from a record.
    text: String,
}

pub async fn run(sample: &Path) -> Outcome<()> {
    let sample = Arc::new(Sample::parse(&std::fs::read_to_string(sample)?)?);
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    child::tell_address(listener.local_addr()?);
    let router = Router::new().fallback(get(show)).with_state(sample);
    // A failure here only means that small answers wait a little, which the run would show.
    let listener = listener.tap_io(|stream| drop(stream.set_nodelay(true)));
    axum::serve(listener, router).with_graceful_shutdown(child::until_parent_leaves()).await?;
    Ok(())
}

async fn show(State(sample): State<Arc<Sample>>) -> Response {
    let page = Page { rows: sample.rows.iter().map(Cut::row).collect() };
    let text = page.render().expect("a string takes any text");
    (sample.headers.clone(), Html(text)).into_response()
}

impl Sample {
    /// Reads an answer as it came over the line.
    fn parse(answer: &str) -> Outcome<Sample> {
        let (head, page) = answer.split_once("\r\n\r\n").ok_or("the sample has no headers")?;
        let mut headers = HeaderMap::new();
        for (name, value) in head.lines().filter_map(|line| line.split_once(':')) {
            // The server adds these itself.
            if !["content-length", "content-type", "date"].contains(&name) {
                headers.append(HeaderName::try_from(name)?, HeaderValue::from_str(value.trim())?);
            }
        }
        Ok(Sample { headers, rows: cut(page) })
    }
}

impl Cut {
    fn row(&self) -> Row<'_> {
        let parts = self.parts.iter().map(|(markup, text)| Part { markup, text: text.clone() });
        Row { parts: parts.collect(), rest: &self.rest }
    }
}

/// Cuts a page into rows of about the same length, each beginning with a tag.
fn cut(page: &str) -> Vec<Cut> {
    let mut rows: Vec<Cut> = Vec::with_capacity(ROWS);
    let mut written = 0;
    let tags = page.split_inclusive('>');
    for piece in tags {
        if rows.len() * page.len() <= written * ROWS {
            rows.push(Cut::default());
        }
        written += piece.len();
        if let Some(row) = rows.last_mut() {
            row.take(piece);
        }
    }
    rows
}

impl Cut {
    /// Takes a text and the tag that ends it. What escaping would change is taken for markup: it was escaped before.
    fn take(&mut self, piece: &str) {
        let (text, tag) = piece.split_at(piece.find('<').unwrap_or(piece.len()));
        let is_text = !text.trim().is_empty() && !text.contains(['&', '"', '\'', '>']);
        if is_text && self.parts.len() < FIELDS {
            let markup = std::mem::take(&mut self.rest);
            self.parts.push((markup, text.to_owned()));
            self.rest.push_str(tag);
        } else {
            self.rest.push_str(piece);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bare_page_has_the_same_bytes() {
        let card = "<li><a href=\"#\">A &amp; B</a> <b>1</b>\n<i title='x > y'>plain \"text\"</i></li>\n";
        let page = format!("<!doctype html>\n<p>Hello{}</p>\n", card.repeat(50));
        let rows = cut(&page);
        assert_eq!(rows.len(), ROWS);
        assert!(rows.iter().all(|row| !row.parts.is_empty()));
        let shown = Page { rows: rows.iter().map(Cut::row).collect() };
        assert_eq!(shown.render().expect("it renders"), page);
    }
}
