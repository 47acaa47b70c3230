//! An answer that is a file: always an attachment, never shown in our name, kept by nobody on the way.

use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};

/// The headers of a file with this name. `plain` is the name for old browsers, in ASCII and without quotes.
pub fn headers(
    content_type: &'static str,
    size: u64,
    plain: &str,
    name: &str,
) -> [(header::HeaderName, HeaderValue); 5] {
    [
        (header::CONTENT_TYPE, HeaderValue::from_static(content_type)),
        (header::CONTENT_LENGTH, HeaderValue::from(size)),
        (header::CONTENT_DISPOSITION, disposition(plain, name)),
        (
            header::CONTENT_SECURITY_POLICY,
            HeaderValue::from_static("default-src 'none'; sandbox; frame-ancestors 'none'"),
        ),
        (header::CACHE_CONTROL, HeaderValue::from_static("private, no-store")),
    ]
}

/// A PDF that was just printed.
pub fn pdf(plain: &str, name: &str, pdf: Vec<u8>) -> Response {
    (headers("application/pdf", pdf.len() as u64, plain, name), pdf).into_response()
}

/// The name as RFC 6266 has it, and the plain one for old browsers. Nothing of the name can end the header.
fn disposition(plain: &str, name: &str) -> HeaderValue {
    let name = percent_encoding::utf8_percent_encode(name, percent_encoding::NON_ALPHANUMERIC);
    HeaderValue::from_str(&format!("attachment; filename=\"{plain}\"; filename*=UTF-8''{name}"))
        .unwrap_or(HeaderValue::from_static("attachment"))
}
