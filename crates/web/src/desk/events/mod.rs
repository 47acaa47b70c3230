//! News of the desk, as server-sent events while somebody looks at it: the counts of their views, which letters stand in the list
//! now, and who else has the letter open. A page without it is as good, and older.
//!
//! Nothing here is told that the page itself would not show to the same person at the same moment: each look asks for the
//! session and reads with the sight of whoever it belongs to. The stream is no sign of life, so a session ends under it.

mod seats;
mod watcher;

use axum::Extension;
use axum::body::Body;
use axum::http::{HeaderMap, HeaderName, header};
use axum::response::{IntoResponse, Response};
use futures_util::stream;
use pishkhan_office::accounts::{SessionToken, sessions};
use pishkhan_office::ids::LetterId;
use pishkhan_office::letters;

pub use seats::Seats;

use super::asked::Asked;
use super::presence;
use crate::cookies;
use crate::problem::Problem;
use crate::serve::Stopping;
use crate::visit::Visit;
use watcher::Watcher;

/// What a browser says that asks for a stream.
const STREAM: &str = "text/event-stream";

pub async fn show(
    visit: Visit,
    stopping: Option<Extension<Stopping>>,
    headers: HeaderMap,
    asked: Asked,
) -> Result<Response, Problem> {
    let token = visit.cookie(cookies::DESK).and_then(SessionToken::parse).ok_or(Problem::DeskSignIn)?;
    let mut tx = visit.read().await?;
    let (_, staff) = sessions::find_staff(&mut tx, &token).await?.ok_or(Problem::DeskSignIn)?;
    let letter = match LetterId::parse(&asked.letter) {
        Some(id) => Some(letters::find_for_desk(&mut tx, &staff, &id).await?.ok_or(Problem::NotFound)?.id),
        None => None,
    };
    drop(tx);
    let seat =
        visit.app.seats().take(&visit.organisation.id, &staff.id).ok_or(Problem::TooMany { until: visit.now })?;
    let opened = match &letter {
        Some(letter) => Some(presence::still_there(&visit, &staff, letter).await?),
        None => None,
    };
    let stopping = stopping.map(|Extension(stopping)| stopping);
    let mut watcher = Watcher::new(visit, token, asked, letter, opened, seat, stopping);
    // Whoever opens the address in a window would wait for ever: they get what is true now.
    let body = if headers.get(header::ACCEPT).is_some_and(|kinds| kinds == STREAM) {
        Body::from_stream(stream::unfold(watcher, async |mut watcher| Some((watcher.next().await?, watcher))))
    } else {
        let Some(Ok(news)) = watcher.next().await else { return Err(Problem::Unavailable) };
        Body::from(news)
    };
    let told = [
        (header::CONTENT_TYPE, STREAM),
        // For proxies that would gather a page before they send it on.
        (HeaderName::from_static("x-accel-buffering"), "no"),
    ];
    Ok((told, body).into_response())
}
