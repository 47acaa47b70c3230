//! The pictures of a file's pages, for whoever may open the file. They are made by us, so they may be shown on our pages.

use axum::body::Body;
use axum::extract::Path;
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use pishkhan_office::previews;

use super::file::{find, lost, refuse_unsafe};
use crate::problem::Problem;
use crate::visit::Visit;

/// A page's picture; its width is one of the two that there are.
pub async fn show(visit: Visit, path: Path<(String, String, String)>) -> Result<Response, Problem> {
    let Path((file, page, width)) = path;
    let number = |text: &str| text.parse::<u32>().map_err(|_| Problem::NotFound);
    let (page, width) = (number(&page)?, number(&width)?);
    let found = find(&visit, &file).await?;
    refuse_unsafe(&found.file)?;
    let is_there = (1..=found.file.pictured_pages()).contains(&page);
    if !is_there || ![previews::SMALL, previews::LARGE].contains(&width) {
        return Err(Problem::NotFound);
    }
    let stored = visit.app.vault.open_picture(&visit.organisation.id, &found.file.sha256, page, width).await;
    let stored = stored.map_err(|error| lost(&found.file, &error))?;
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static("image/webp")),
        (header::CONTENT_LENGTH, HeaderValue::from(stored.size)),
        (
            header::CONTENT_SECURITY_POLICY,
            HeaderValue::from_static("default-src 'none'; sandbox; frame-ancestors 'none'"),
        ),
        (header::CACHE_CONTROL, HeaderValue::from_static("private, no-store")),
    ];
    Ok((headers, Body::from_stream(stored.pieces)).into_response())
}
