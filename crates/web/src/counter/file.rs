//! Downloading: to the letter's own sender or a desk that may see it, always as an attachment, never shown in our name.

use axum::body::Body;
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use pishkhan_office::files::{self, File};
use pishkhan_office::ids::FileId;
use tokio::io::AsyncReadExt;

use super::asked::Named;
use crate::cookies;
use crate::links;
use crate::problem::Problem;
use crate::visit::Visit;
use crate::who;

/// How much is read at once.
const PIECE: usize = 64 * 1024;

pub async fn show(visit: Visit, Named(file): Named) -> Result<Response, Problem> {
    let id = FileId::parse(&file).ok_or(Problem::NotFound)?;
    let sender = who::sender(&visit).await?;
    let staff = who::staff(&visit).await?;
    if sender.is_none() && staff.is_none() {
        for cookie in [cookies::SESSION, cookies::DESK] {
            if who::is_carried_over(&visit, cookie).await? {
                return Err(Problem::NotFound);
            }
        }
        return Err(Problem::SignIn { next: links::file(&id).to_string() });
    }
    let mut tx = visit.read().await?;
    let mut found = None;
    if let Some((_, sender)) = &sender {
        found = files::find_for_sender(&mut tx, &sender.id, &id).await?;
    }
    if let (None, Some((_, staff))) = (&found, &staff) {
        found = files::find_for_desk(&mut tx, staff, &id).await?;
    }
    drop(tx);
    let file = found.ok_or(Problem::NotFound)?;
    let stored = visit.app.vault.open_file(&file.id).await.map_err(|error| {
        tracing::error!(file = %file.id, %error, "a file that a letter names can't be opened");
        Problem::Internal
    })?;
    let pieces = futures_util::stream::unfold(stored, |mut stored| async move {
        let mut piece = vec![0; PIECE];
        match stored.read(&mut piece).await {
            Ok(0) => None,
            Ok(read) => {
                piece.truncate(read);
                Some((Ok(bytes::Bytes::from(piece)), stored))
            }
            Err(error) => Some((Err(error), stored)),
        }
    });
    Ok((headers(&file), Body::from_stream(pieces)).into_response())
}

fn headers(file: &File) -> [(header::HeaderName, HeaderValue); 5] {
    let kind = HeaderValue::from_static(file.kind.content_type());
    let length = HeaderValue::from(file.size);
    [
        (header::CONTENT_TYPE, kind),
        (header::CONTENT_LENGTH, length),
        (header::CONTENT_DISPOSITION, disposition(file)),
        (
            header::CONTENT_SECURITY_POLICY,
            HeaderValue::from_static("default-src 'none'; sandbox; frame-ancestors 'none'"),
        ),
        (header::CACHE_CONTROL, HeaderValue::from_static("private, no-store")),
    ]
}

/// The sender's name for the file as RFC 6266 has it, and a plain one for old browsers. Nothing of the name can end the header.
fn disposition(file: &File) -> HeaderValue {
    let name = file.kind.name_with_ending(&file.name);
    let name = percent_encoding::utf8_percent_encode(&name, percent_encoding::NON_ALPHANUMERIC);
    let plain = format!("{}.{}", file.id, file.kind.as_str());
    HeaderValue::from_str(&format!("attachment; filename=\"{plain}\"; filename*=UTF-8''{name}"))
        .unwrap_or(HeaderValue::from_static("attachment"))
}
