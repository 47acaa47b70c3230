//! The plain page for those who came to a host that is nobody's: both languages, no organisation, no session.

use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use pishkhan_office::persian::Language;
use pishkhan_office::words::Words;

use crate::layout::show_as;

#[derive(Template)]
#[template(path = "stranger.html")]
struct StrangerPage {
    persian: &'static str,
    english: &'static str,
}

/// The sentence of that key in both languages.
pub fn page(status: StatusCode, key: &'static str) -> Response {
    let say = |language| Words::of(language).t(key);
    show_as(status, &StrangerPage { persian: say(Language::Persian), english: say(Language::English) })
}
