//! Pages go out compressed, since lines are slow; files and assets do not: they are packed already.
//!
//! What a page repeats of its reader's input could betray a secret beside it by the page's length, so the one secret that pages
//! carry, the form's token, looks different on each of them (see [`crate::visit`]).

use axum::http::header;
use tower_http::CompressionLevel;
use tower_http::compression::CompressionLayer;
use tower_http::compression::predicate::Predicate;

/// Only pages and JSON, and only from the size on at which it pays.
#[derive(Clone, Copy, Debug)]
pub struct Pages;

impl Predicate for Pages {
    fn should_compress<B: axum::body::HttpBody>(&self, response: &axum::http::Response<B>) -> bool {
        let kind = response.headers().get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or("");
        let is_page = kind.starts_with("text/html") || kind.starts_with("application/json");
        is_page && response.body().size_hint().exact().is_none_or(|size| size > 860)
    }
}

/// Brotli or gzip, at levels that cost a phone's page well under a millisecond.
pub fn layer() -> CompressionLayer<Pages> {
    CompressionLayer::new().quality(CompressionLevel::Precise(4)).compress_when(Pages)
}
