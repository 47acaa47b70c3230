//! Requests that no page ever sees, and what their senders are told.

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::Response;

use crate::{stranger, tenant};

/// After so many seconds a busy server may be asked again.
const RETRY_AFTER: &str = "10";

/// Why a request is not let in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// It is no HTTP, or can be read in two ways.
    Malformed,
    /// It did not come whole in time.
    Slow,
    LongAddress,
    LargeHead,
    /// A method or a coding that we don't have.
    Unknown,
    Version,
    /// Too many connections.
    Busy,
}

impl Refusal {
    const ALL: [Refusal; 7] = [
        Refusal::Malformed,
        Refusal::Slow,
        Refusal::LongAddress,
        Refusal::LargeHead,
        Refusal::Unknown,
        Refusal::Version,
        Refusal::Busy,
    ];

    pub fn status(self) -> u16 {
        match self {
            Refusal::Malformed => 400,
            Refusal::Slow => 408,
            Refusal::LongAddress => 414,
            Refusal::LargeHead => 431,
            Refusal::Unknown => 501,
            Refusal::Version => 505,
            Refusal::Busy => 503,
        }
    }

    /// The refusal with this status, as the gate wrote it into an address.
    pub fn of_address(path: &str) -> Refusal {
        let is_meant = |refusal: &Refusal| path.strip_prefix('/') == Some(refusal.status().to_string().as_str());
        Refusal::ALL.into_iter().find(is_meant).unwrap_or(Refusal::Malformed)
    }

    /// A short page in both languages, as nobody's language is known, with the protecting headers.
    pub fn page(self) -> Response {
        let key = match self {
            Refusal::Malformed | Refusal::Unknown | Refusal::Version => "refusal-malformed",
            Refusal::Slow => "refusal-slow",
            Refusal::LongAddress => "refusal-long-address",
            Refusal::LargeHead => "refusal-large-head",
            Refusal::Busy => "refusal-busy",
        };
        let status = StatusCode::from_u16(self.status()).unwrap_or(StatusCode::BAD_REQUEST);
        let mut response = tenant::protected(stranger::page(status, key), false);
        if self == Refusal::Busy {
            response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from_static(RETRY_AFTER));
        }
        response
    }

    /// The page, and the word that the connection ends with it; for HTTP/1.
    pub fn last_page(self) -> Response {
        let mut response = self.page();
        response.headers_mut().insert(header::CONNECTION, HeaderValue::from_static("close"));
        response
    }

    /// The same as it goes over the line, for connections that never reach hyper.
    pub async fn on_the_line(self) -> Vec<u8> {
        let (parts, body) = self.last_page().into_parts();
        let body = axum::body::to_bytes(body, usize::MAX).await.unwrap_or_default();
        let mut line = format!("HTTP/1.1 {}\r\ncontent-length: {}\r\n", parts.status, body.len()).into_bytes();
        for (name, value) in &parts.headers {
            line.extend_from_slice(name.as_str().as_bytes());
            line.extend_from_slice(b": ");
            line.extend_from_slice(value.as_bytes());
            line.extend_from_slice(b"\r\n");
        }
        line.extend_from_slice(b"\r\n");
        line.extend_from_slice(&body);
        line
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_refusal_is_found_again_by_its_status() {
        for refusal in Refusal::ALL {
            assert_eq!(Refusal::of_address(&format!("/{}", refusal.status())), refusal);
            assert_eq!(refusal.page().status().as_u16(), refusal.status());
        }
    }
}
