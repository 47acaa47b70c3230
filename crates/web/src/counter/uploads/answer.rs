//! Answers to programs: a status, headers, and a short text where people may get to read it.

use std::sync::Arc;
use std::time::{Duration, UNIX_EPOCH};

use axum::body::Body;
use axum::extract::Request;
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use pishkhan_office::files::ArrivalError;
use pishkhan_office::letters::AttachError;
use pishkhan_office::uploads::{CreateError, EndError, ReceiveError, Upload};

use super::asked::VERSION;
use super::body::Lent;
use crate::arrivals;
use crate::layout::Page;
use crate::problem::Problem;
use crate::visit::Visit;

/// Why a request was not done.
#[derive(Debug)]
pub enum Refusal {
    /// It is not in the version of tus that we speak, or in none.
    OtherVersion,
    SignedOut,
    /// Not there, or not theirs: the two look the same.
    NotFound,
    Expired,
    Malformed(&'static str),
    /// The header that must be a number.
    NoNumber(&'static str),
    /// The body is not said to be bytes of a file.
    WrongKind,
    NoMethod,
    WrongOffset,
    TooMuch,
    OtherSum,
    /// The letter takes no more files.
    Closed,
    Full,
    /// The file is refused, or could not be stored.
    File {
        name: String,
        error: ArrivalError,
    },
    Problem(Problem),
}

impl Refusal {
    pub fn of_creation(name: String, error: CreateError) -> Refusal {
        match error {
            CreateError::NoLetter => Refusal::NotFound,
            CreateError::Closed => Refusal::Closed,
            CreateError::Full => Refusal::Full,
            CreateError::TokenTaken => Refusal::Malformed("the token is of another upload"),
            CreateError::File(error) => Refusal::File { name, error },
            CreateError::Store(error) => error.into(),
        }
    }

    pub fn of_receiving(name: String, error: ReceiveError) -> Refusal {
        match error {
            ReceiveError::SessionEnded => Refusal::SignedOut,
            ReceiveError::Gone | ReceiveError::Letter(AttachError::NoLetter) => Refusal::NotFound,
            ReceiveError::WrongOffset => Refusal::WrongOffset,
            ReceiveError::TooMuch => Refusal::TooMuch,
            ReceiveError::OtherSum => Refusal::OtherSum,
            ReceiveError::File(error) => {
                if error.is_ours() {
                    tracing::error!(%error, "an upload could not be taken in");
                }
                Refusal::File { name, error }
            }
            ReceiveError::Letter(AttachError::Full) => Refusal::Full,
            ReceiveError::Letter(AttachError::Closed) => Refusal::Closed,
            ReceiveError::Letter(AttachError::Store(error)) | ReceiveError::Store(error) => error.into(),
        }
    }

    pub fn of_end(error: EndError) -> Refusal {
        match error {
            EndError::Gone => Refusal::NotFound,
            EndError::Submitted => Refusal::Closed,
            EndError::Store(error) => error.into(),
        }
    }

    fn status(&self) -> StatusCode {
        match self {
            Refusal::OtherVersion => StatusCode::PRECONDITION_FAILED,
            Refusal::SignedOut => StatusCode::UNAUTHORIZED,
            Refusal::NotFound => StatusCode::NOT_FOUND,
            Refusal::Expired => StatusCode::GONE,
            Refusal::Malformed(_) | Refusal::NoNumber(_) => StatusCode::BAD_REQUEST,
            Refusal::WrongKind => StatusCode::UNSUPPORTED_MEDIA_TYPE,
            Refusal::NoMethod => StatusCode::METHOD_NOT_ALLOWED,
            Refusal::WrongOffset => StatusCode::CONFLICT,
            // tus's own: "Checksum Mismatch".
            Refusal::OtherSum => StatusCode::from_u16(460).unwrap_or(StatusCode::BAD_REQUEST),
            Refusal::Closed => StatusCode::FORBIDDEN,
            Refusal::TooMuch | Refusal::File { error: ArrivalError::TooLarge(_), .. } => StatusCode::PAYLOAD_TOO_LARGE,
            Refusal::File { error: ArrivalError::Quota { .. }, .. } => StatusCode::TOO_MANY_REQUESTS,
            Refusal::File { error, .. } if error.is_ours() => StatusCode::SERVICE_UNAVAILABLE,
            Refusal::Full | Refusal::File { .. } => StatusCode::UNPROCESSABLE_ENTITY,
            Refusal::Problem(problem) => problem.status(),
        }
    }
}

impl Refusal {
    fn text(&self, page: &Page, most_files: u64) -> String {
        let words = page.words;
        match self {
            Refusal::OtherVersion => format!("Tus-Resumable: {VERSION} must be said"),
            Refusal::SignedOut => words.t("upload-signed-out").to_owned(),
            Refusal::NotFound | Refusal::Expired => words.t("upload-gone").to_owned(),
            Refusal::Malformed(why) => (*why).to_owned(),
            Refusal::NoNumber(header) => format!("{header} must be a number"),
            Refusal::WrongKind => "bytes are sent as application/offset+octet-stream".to_owned(),
            Refusal::NoMethod => "X-HTTP-Method-Override names no method that is known here".to_owned(),
            Refusal::WrongOffset => "the upload is elsewhere: ask by HEAD".to_owned(),
            Refusal::TooMuch => "more bytes than Upload-Length".to_owned(),
            Refusal::OtherSum => "the bytes have another sum".to_owned(),
            Refusal::Closed => words.t("upload-closed").to_owned(),
            Refusal::Full => words.a("file-too-many", "most", page.number(most_files)),
            Refusal::File { name, error } => arrivals::fault(page, name, error),
            Refusal::Problem(Problem::Unavailable) => words.t("problem-unavailable-text").to_owned(),
            Refusal::Problem(_) => words.t("problem-internal-text").to_owned(),
        }
    }
}

impl IntoResponse for Refusal {
    /// A bare answer that carries the refusal; [`in_words`] knows the reader's language.
    fn into_response(self) -> Response {
        let mut response = answer(self.status(), &[]);
        response.extensions_mut().insert(Arc::new(self));
        response
    }
}

/// Says refusals in words: in the reader's language where our page shows them to people, in English what only programs meet.
pub async fn in_words(visit: Visit, request: Request, next: Next) -> Response {
    let (head, body) = request.into_parts();
    let lent = Lent::new(body);
    let mut response = next.run(Request::from_parts(head, lent.body())).await;
    if let Some(refusal) = response.extensions_mut().remove::<Arc<Refusal>>() {
        let page = visit.page("");
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("text/plain; charset=utf-8"));
        match &*refusal {
            Refusal::OtherVersion => {
                headers.insert("tus-version", HeaderValue::from_static(VERSION));
            }
            Refusal::File { error: ArrivalError::Quota { until }, .. } => {
                headers.insert(header::RETRY_AFTER, HeaderValue::from(until.seconds_since(page.now).max(1)));
            }
            _ => {}
        }
        lent.drain().await;
        *response.body_mut() = Body::from(refusal.text(&page, u64::from(visit.app.rules.letters.files)));
    }
    response
}

/// An answer with these headers; an empty value is none.
pub fn answer(status: StatusCode, said: &[(&'static str, String)]) -> Response {
    let mut response = status.into_response();
    let headers = response.headers_mut();
    headers.insert("tus-resumable", HeaderValue::from_static(VERSION));
    for (name, value) in said.iter().filter(|(_, value)| !value.is_empty()) {
        if let Ok(value) = HeaderValue::from_str(value) {
            headers.insert(HeaderName::from_static(name), value);
        }
    }
    response
}

/// The answer with the time at which an upload that is not whole will be forgotten.
pub fn with_expiry(mut response: Response, upload: &Upload) -> Response {
    if upload.finished_at.is_none() {
        let at = UNIX_EPOCH + Duration::from_millis(u64::try_from(upload.expires_at.0).unwrap_or(0));
        if let Ok(at) = HeaderValue::from_str(&httpdate::fmt_http_date(at)) {
            response.headers_mut().insert("upload-expires", at);
        }
    }
    response
}
